"""Rows of the agreement as words. What comes back is text: the caller escapes it for its place."""

from __future__ import annotations

import re
from collections.abc import Collection

from dashboard.ui.context import Context
from dashboard.ui.format import missing
from dashboard.ui.text import clean

_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_BOTH = " / "
# where the codes of a field have their names
_KINDS = {
    "industry": "industry",
    "job_level": "job_level",
    "source_channel": "channel",
    "channel": "channel",
    "to_stage": "stage",
}


def given(value: object) -> bool:
    """Whether the agreement says anything here."""
    return not missing(value) and value != ""


def label(row: object, ctx: Context) -> str:
    """What a row is called."""
    return clean(row.label_ja if ctx.tr.is_japanese else row.label_en)  # type: ignore[attr-defined]


def localized(text: object, ctx: Context) -> str:
    """The half of `日本語 / English` that fits the page; all where there are no two halves."""
    parts = clean(text).split(_BOTH)
    for cut in range(1, len(parts)):
        left, right = _BOTH.join(parts[:cut]), _BOTH.join(parts[cut:])
        if _JAPANESE.search(left) and not _JAPANESE.search(right):
            return left if ctx.tr.is_japanese else right
    return _BOTH.join(parts)


def joined(items: list[str], ctx: Context, key: str = "term.and_so_on") -> str:
    """A list in one line."""
    return ctx.tr(key).join(items)


def points(value: object, ctx: Context) -> str:
    """Points with their sign."""
    sign = "+" if float(value) > 0 else ""  # type: ignore[arg-type]
    return ctx.tr("term.points", n=sign + ctx.fmt.points(value))


def _name(subject: object, field: object, code: str, ctx: Context) -> str:
    if field == "content_answer" and ":" in code:
        question, answer = code.split(":", 1)
        names = (ctx.labels("question", question), ctx.labels("answer_state", answer))
        return ctx.tr("term.answer", question=names[0], answer=names[1])
    if field == "is_opted_out":
        return ctx.tr.get(f"term.{code}", clean(code))
    kind = _KINDS.get(str(field))
    return ctx.labels(kind, code) if kind else clean(code)


def condition(row: object, ctx: Context) -> str:
    """`業種: 製造業、IT`: who or what a row asks about."""
    tr = ctx.tr
    subject, field = row.subject, row.field  # type: ignore[attr-defined]
    about = "" if subject == "lead" else ctx.tr.get(f"term.subject.{subject}", "")
    if not about and subject != "lead":
        about = ctx.labels("activity_type", subject)
    if given(field):
        name = tr.get(f"term.field.{field}", clean(field))
        about = tr("term.field_of", subject=about, field=name) if about else name
    operator = clean(row.operator)  # type: ignore[attr-defined]
    if operator == "exists" and not given(field):
        return about
    codes = clean(row.value).split("|") if given(row.value) else []  # type: ignore[attr-defined]
    values = [_name(subject, field, code, ctx) for code in codes]
    if operator == "in" and len(values) == 1:
        operator = "eq"
    if operator == "between" and len(values) == 2:
        said = tr("term.operator.between", low=values[0], high=values[1])
    elif operator in {"exists", "unknown"}:
        said = tr(f"term.operator.{operator}")
    else:
        said = tr.get(f"term.operator.{operator}", "{value}").format(value=joined(values, ctx))
    return tr("term.condition", about=about, said=said)


def cap(row: object, ctx: Context) -> str:
    """`1か月30点まで`; empty without a cap."""
    if not given(row.cap_points):  # type: ignore[attr-defined]
        return ""
    most = ctx.fmt.points(row.cap_points)  # type: ignore[attr-defined]
    period = clean(row.cap_period)  # type: ignore[attr-defined]
    return ctx.tr.get(f"term.cap.{period}", "{n} {period}").format(n=most, period=period)


def group(row: object, ctx: Context) -> str:
    """The group of a rule and what it gives in all; empty without one."""
    if not given(row.rule_group):  # type: ignore[attr-defined]
        return ""
    name = clean(row.rule_group)  # type: ignore[attr-defined]
    if not given(row.group_cap_points):  # type: ignore[attr-defined]
        return ctx.tr("term.group", name=name)
    return ctx.tr("term.group_cap", name=name, n=ctx.fmt.points(row.group_cap_points))  # type: ignore[attr-defined]


def decay(row: object, ctx: Context) -> str:
    """How points fade; empty where they stay."""
    kind = clean(row.decay)  # type: ignore[attr-defined]
    if kind in {"", "none"}:
        return ""
    days = ctx.fmt.count(row.decay_days, unit=False)  # type: ignore[attr-defined]
    return ctx.tr.get(f"term.decay.{kind}", kind).format(days=days)


def once(row: object, ctx: Context) -> str:
    """Of what only the first counts; empty where each event does."""
    thing = clean(row.distinct_by)  # type: ignore[attr-defined]
    return "" if thing in {"", "event"} else ctx.tr.get(f"term.once.{thing}", thing)


def count(row: object, ctx: Context) -> str:
    """`30日以内に3回(セッション)`; empty where once at any time is enough."""
    needed = 1 if not given(row.min_count) else round(float(row.min_count))  # type: ignore[attr-defined]
    thing = clean(row.distinct_by) or "event"  # type: ignore[attr-defined]
    parts = []
    if given(row.window_days):  # type: ignore[attr-defined]
        days = ctx.fmt.count(row.window_days, unit=False)  # type: ignore[attr-defined]
        parts.append(ctx.tr("term.window", days=days))
    if needed > 1:
        unit = ctx.tr.get(f"term.counted.{thing}", thing)
        parts.append(ctx.tr("term.at_least", n=f"{needed:,}", unit=unit))
    return ctx.tr("term.window_and_count").join(parts)


def limits(row: object, ctx: Context) -> str:
    """Everything that holds the points of a rule down, in one line."""
    said = [part(row, ctx) for part in (once, cap, group, decay)]
    return joined([text for text in said if text], ctx)


def path(criteria: list[object], ctx: Context, in_full: Collection[str] = ()) -> str:
    """The criteria of one path, all of which must hold; what those `in_full` ask beside them."""
    names = []
    for row in criteria:
        name = label(row, ctx)
        if name in in_full:
            asked = [text for text in (condition(row, ctx), count(row, ctx)) if text]
            name = ctx.tr("term.in_full", name=name, asked=joined(asked, ctx))
        names.append(ctx.tr("term.quoted", text=name))
    return joined(names, ctx, "term.and_quoted")
