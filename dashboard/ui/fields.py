"""Every key that may stand in the address of a page, and what it may hold."""

from __future__ import annotations

import re

from dashboard.data.version import is_run_id
from dashboard.ui import marks
from dashboard.ui.i18n import DEFAULT_LANGUAGE, LANGUAGES
from dashboard.ui.urlstate import Field

WINDOWS = ("m1", "m3", "m6", "m12", "all")
DIMENSIONS = (
    "all",
    "channel",
    "campaign",
    "content",
    "industry",
    "job_level",
    "product",
    "segment",
    "owner_id",
)
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

_PICK = re.compile(
    r"(month|term|week|delay|handed_over|contact|owner):[\w.-]{1,80}(:[\w.-]{1,80})?"
)

LANGUAGE = Field("lang", DEFAULT_LANGUAGE, LANGUAGES)
VERSION = Field("v", "", accepts=is_run_id)
# the names of owners are hidden from everybody who looks at the screen
MEETING = Field("meeting", "", ("", "1"))
WINDOW = Field("window", "m3", WINDOWS)
ROI_WINDOW = Field("roi_window", "m12", WINDOWS)
DIMENSION = Field("dim", "all", DIMENSIONS)
VALUE = Field("value", "all")
METRIC = Field("metric", "sql_rate", GAP_METRICS)
BASIS = Field("basis", "cohort", ("cohort", "period", "kaplan_meier"))
FUNNEL_TYPE = Field("funnel", "imputed", ("imputed", "all_stages", "any_stages"))
COMPARED_WITH = Field("vs", "previous", ("previous", "target"))
# the mark of a chart whose leads are listed, and which of them; see dashboard/ui/marks.py
MARK = Field("mark", "", accepts=lambda raw: not raw or marks.read(raw) is not None)
TAKEN = Field("taken", "all", ("all", "yes", "no"))
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
# the rule that holds rows back, and the kind of link between ids, that the page of data opens
REASON = Field("reason", "")
LINK = Field("link", "", ("", "email", "explicit_id", "merge", "decision", "conflict"))
MOVEMENT = Field("movement", "", ("", "dropped", "gained"))

# returned leads: which of them the list below the charts shows
RETURN_WINDOW = Field("ret_window", "m12", WINDOWS)
RETURN_CHANNEL = Field("channel", "")
RETURN_REASON = Field("reason", "")
STANDING = Field(
    "standing",
    "",
    ("", "nurturing", "cooling_down", "excluded", "mql", "sql", "won"),
)
TRAIT = Field("trait", "")
CELL = Field("cell", "count", ("count", "share"))

# the mark of a figure whose hand-overs are listed, as kind:key or kind:key:other
PICK = Field("pick", "", accepts=lambda raw: _PICK.fullmatch(raw) is not None)

_FRAME = (LANGUAGE, VERSION, MEETING)
_SEGMENT = (DIMENSION, VALUE)
PAGES: dict[str, tuple[Field, ...]] = {
    "home": (*_FRAME, WINDOW, *_SEGMENT, METRIC),
    "funnel": (
        *_FRAME,
        WINDOW,
        *_SEGMENT,
        BASIS,
        FUNNEL_TYPE,
        STEP,
        BY,
        COMPARED_WITH,
        MARK,
        TAKEN,
    ),
    "returns": (
        *_FRAME,
        RETURN_WINDOW,
        RETURN_CHANNEL,
        RETURN_REASON,
        STANDING,
        TRAIT,
        CELL,
        LEAD,
        FRAMEWORK,
    ),
    "handoff": (*_FRAME, WINDOW, PICK, LEAD, FRAMEWORK),
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
    "data": (*_FRAME, REASON, LINK),
    "definitions": (*_FRAME, READ_VERSION, FROM_VERSION, TO_VERSION, MOVEMENT),
}
# what each page is called in the address; the first one has no name there
ADDRESSES = {name: "" if name == "home" else name for name in PAGES}
