"""Evidence of a meeting as files: a workbook and slides with charts that stay charts.

`pack` says what is in them, `workbook` and `slides` write it. Any page can fill a `Pack`.
"""

from dashboard.ui.evidence.pack import Chart, Pack, Section, Series, conditions
from dashboard.ui.evidence.slides import to_pptx
from dashboard.ui.evidence.workbook import to_xlsx

__all__ = ["Chart", "Pack", "Section", "Series", "conditions", "to_pptx", "to_xlsx"]
