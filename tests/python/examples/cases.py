"""Hand-made leads for the shipped examples, worked out by hand from examples/agreements/ and docs/rules.md."""

from __future__ import annotations

from tests.python.examples.account_engagement_cases import ACCOUNT_ENGAGEMENT
from tests.python.examples.article_cases import ARTICLE, SLA
from tests.python.examples.bownow_cases import BOWNOW_1, BOWNOW_2
from tests.python.examples.hubspot_cases import GRID
from tests.python.examples.small_cases import OTHER_PRODUCT, SMALL

CASES = [
    *ARTICLE,
    *SLA,
    *BOWNOW_1,
    *BOWNOW_2,
    *ACCOUNT_ENGAGEMENT,
    *GRID,
    *SMALL,
    *OTHER_PRODUCT,
]
