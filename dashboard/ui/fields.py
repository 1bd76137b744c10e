"""Every key that may stand in the address of a page, and what it may hold."""

from __future__ import annotations

import re

from dashboard.data.version import is_run_id
from dashboard.ui.i18n import DEFAULT_LANGUAGE, LANGUAGES
from dashboard.ui.urlstate import Field

WINDOWS = ("m1", "m3", "m6", "m12", "all")
DIMENSIONS = ("all", "channel", "campaign", "content", "industry", "job_level", "product")
STEPS = (
    "lead-mql",
    "mql-sql",
    "sql-opportunity",
    "opportunity-won",
    "sql-won",
    "lead-won",
    "sql-returned",
)
# the metric that holds the target of a step
STEP_METRICS = {
    "lead-mql": "mql_rate",
    "mql-sql": "sql_rate",
    "sql-opportunity": "meeting_rate",
    "sql-won": "win_rate_cohort",
    "sql-returned": "return_rate",
}
GAP_METRICS = (
    "sql_rate",
    "mql_rate",
    "meeting_rate",
    "win_rate_cohort",
    "win_rate_decided",
    "return_rate",
    "leads",
    "mqls",
    "sqls",
    "opportunities",
    "won",
    "won_amount",
)
STAGES = ("lead", "mql", "sql", "opportunity", "won", "lost", "returned")
SORTS = ("score", "near_mql", "newest", "active", "company", "owner")

_NUMBER = re.compile(r"-?\d{1,4}", re.ASCII)
_PAGE = re.compile(r"[1-9]\d{0,4}", re.ASCII)
_CAPACITY = re.compile(r"[1-9]\d{0,2}", re.ASCII)

LANGUAGE = Field("lang", DEFAULT_LANGUAGE, LANGUAGES)
VERSION = Field("v", "", accepts=is_run_id)
WINDOW = Field("window", "m3", WINDOWS)
ROI_WINDOW = Field("roi_window", "m12", WINDOWS)
DIMENSION = Field("dim", "all", DIMENSIONS)
VALUE = Field("value", "all")
METRIC = Field("metric", "sql_rate", GAP_METRICS)
BASIS = Field("basis", "cohort", ("cohort", "period"))
STEP = Field("step", "mql-sql", STEPS)
BY = Field("by", "channel", DIMENSIONS[1:])
# a company may have models of its own; which there are is in the version
MODEL = Field("model", "linear")
ROI_BASIS = Field("roi_basis", "close_date", ("close_date", "touch_date", "cohort"))
CONTENT_OUTCOME = Field("content_outcome", "sql", ("sql", "opportunity", "won"))
STAGE = Field("stage", "", ("", *STAGES))
GRADE = Field("grade", "")
MIN_SCORE = Field("min_score", "", accepts=lambda raw: _NUMBER.fullmatch(raw) is not None)
SEARCH = Field("q", "")
OWNER = Field("owner", "")
# how many leads each owner can take on
PER_OWNER = Field("per_owner", "", accepts=lambda raw: _CAPACITY.fullmatch(raw) is not None)
SORT = Field("sort", "score", SORTS)
PAGE_NO = Field("p", "1", accepts=lambda raw: _PAGE.fullmatch(raw) is not None)
LEAD = Field("lead", "")
# a company may have frameworks of its own; which there are is in the version
FRAMEWORK = Field("framework", "BANT")
# versions of the agreement; which one is the default depends on what is in force
READ_VERSION = Field("read", "")
FROM_VERSION = Field("from", "")
TO_VERSION = Field("to", "")
MOVEMENT = Field("movement", "", ("", "dropped", "gained"))

_FRAME = (LANGUAGE, VERSION)
_SEGMENT = (DIMENSION, VALUE)
PAGES: dict[str, tuple[Field, ...]] = {
    "home": (*_FRAME, WINDOW, *_SEGMENT, METRIC),
    "funnel": (*_FRAME, WINDOW, *_SEGMENT, BASIS, STEP, BY),
    "channel_roi": (*_FRAME, ROI_WINDOW, MODEL, ROI_BASIS, CONTENT_OUTCOME),
    "leads": (
        *_FRAME,
        *_SEGMENT,
        STAGE,
        GRADE,
        MIN_SCORE,
        SEARCH,
        OWNER,
        PER_OWNER,
        SORT,
        PAGE_NO,
        LEAD,
        FRAMEWORK,
    ),
    "definitions": (*_FRAME, READ_VERSION, FROM_VERSION, TO_VERSION, MOVEMENT),
}
# what each page is called in the address; the first one has no name there
ADDRESSES = {name: "" if name == "home" else name for name in PAGES}
