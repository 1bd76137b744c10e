"""How a rate is written and when it may be judged: one module for every page.

Below ten records no percentage is shown, below thirty it is marked as few; the interval
comes from the mart. A cohort that is not mature is never judged against its target.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dashboard.ui.format import Formatter, missing

# a target on these is a ceiling
FEWER_IS_BETTER = frozenset({"returned", "return_rate"})

NO_PERCENTAGE_BELOW = 10
FEW_BELOW = 30


class Size(StrEnum):
    """How much a rate of n records can say."""

    NONE = "none"
    TOO_SMALL = "too_small"
    FEW = "few"
    ENOUGH = "enough"


class Verdict(StrEnum):
    """What may be said of a figure against its target."""

    NO_TARGET = "no_target"
    NO_DATA = "no_data"
    TOO_SMALL = "too_small"
    IMMATURE = "immature"
    MET = "met"
    WITHIN_NOISE = "within_noise"
    MISSED = "missed"


@dataclass(frozen=True)
class Rate:
    """k of n with the interval the mart computed.

    `open` is given where the rate is an estimate that takes open records for what they are, and
    so is not k of n: how many of n are open.
    """

    n: int
    k: int
    rate: float | None
    low: float | None
    high: float | None
    open: int | None = None

    @classmethod
    def of(
        cls,
        n: object,
        k: object,
        rate: object,
        low: object,
        high: object,
        still_open: object = None,
    ) -> Rate:
        """From the columns of a mart row, NULL or NaN where there is nothing."""

        def number(value: object) -> float | None:
            return None if missing(value) else float(value)  # type: ignore[arg-type]

        return cls(
            0 if missing(n) else int(n),  # type: ignore[call-overload]
            0 if missing(k) else int(k),  # type: ignore[call-overload]
            number(rate),
            number(low),
            number(high),
            None if missing(still_open) else int(still_open),  # type: ignore[call-overload]
        )

    @property
    def size(self) -> Size:
        if self.n <= 0:
            return Size.NONE
        if self.n < NO_PERCENTAGE_BELOW:
            return Size.TOO_SMALL
        return Size.FEW if self.n < FEW_BELOW else Size.ENOUGH

    @property
    def shown(self) -> float | None:
        """The rate where it may be shown or plotted, else None."""
        return self.rate if self.size in {Size.FEW, Size.ENOUGH} else None


def fraction(rate: Rate, fmt: Formatter) -> str:
    """`93/386件`: always shown, whatever n; with the open ones of an estimate."""
    if rate.open is not None:
        return fmt.tr("rate.fraction_open", k=f"{rate.k:,}", n=f"{rate.n:,}", open=f"{rate.open:,}")
    return fmt.tr("rate.fraction", k=f"{rate.k:,}", n=f"{rate.n:,}")


def interval(rate: Rate, fmt: Formatter) -> str:
    """The 95% interval in words; empty where the mart has none."""
    if rate.low is None or rate.high is None or rate.shown is None:
        return ""
    # whole numbers say enough, except where they would all be the same
    digits = 0 if rate.high >= 0.1 else 1
    low, high = (f"{bound * 100:.{digits}f}" for bound in (rate.low, rate.high))
    return fmt.tr("rate.interval", low=low, high=high)


def headline(rate: Rate, fmt: Formatter) -> str:
    """The large text of a tile: the percentage if there is one, else k of n."""
    if rate.size is Size.NONE:
        return fmt.tr("rate.no_records")
    return fraction(rate, fmt) if rate.shown is None else fmt.percent(rate.shown)


def sentence(rate: Rate, fmt: Formatter) -> str:
    """The complete text of a rate, safe at any n."""
    if rate.size is Size.NONE:
        return fmt.tr("rate.no_records")
    if rate.shown is None:
        return fraction(rate, fmt)
    parts = [f"{fmt.percent(rate.shown)} ({fraction(rate, fmt)})"]
    within = interval(rate, fmt)
    if within:
        parts.append(within)
    if rate.size is Size.FEW:
        parts.append(fmt.tr("rate.few"))
    return " ".join(parts)


def judge(
    *,
    unit: str,
    actual: object,
    target: object,
    gap: object,
    is_mature: object,
    rate: Rate | None = None,
    fewer_is_better: bool = False,
) -> Verdict:
    """What may be said of one figure of `mart_kpis` against its target."""
    if missing(actual):
        return Verdict.NO_DATA
    if missing(target) or missing(gap):
        return Verdict.NO_TARGET
    if unit == "rate" and rate is not None and rate.shown is None:
        return Verdict.NO_DATA if rate.size is Size.NONE else Verdict.TOO_SMALL
    if missing(is_mature) or not bool(is_mature):
        return Verdict.IMMATURE
    distance = -float(gap) if fewer_is_better else float(gap)  # type: ignore[arg-type]
    if distance >= 0:
        return Verdict.MET
    if rate is not None and rate.low is not None and rate.high is not None:
        inside = rate.low <= float(target) <= rate.high  # type: ignore[arg-type]
        return Verdict.WITHIN_NOISE if inside else Verdict.MISSED
    return Verdict.MISSED


def is_difference_real(low: object, high: object) -> bool:
    """Whether the interval of a difference (Newcombe, from the mart) leaves zero out."""
    if missing(low) or missing(high):
        return False
    return float(low) > 0 or float(high) < 0  # type: ignore[arg-type]
