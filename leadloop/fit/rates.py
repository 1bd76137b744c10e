"""Intervals of rates, as macros/rates has them in SQL."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

_Z = 1.959963984540054


@dataclass(frozen=True)
class Rate:
    """k of n with Wilson's 95% interval (Wilson 1927)."""

    k: int
    n: int

    @property
    def value(self) -> float:
        """The rate; 0 without observations."""
        return self.k / self.n if self.n else 0.0

    @property
    def low(self) -> float:
        """Lower end of the interval."""
        return max(0.0, self._middle - self._half)

    @property
    def high(self) -> float:
        """Upper end of the interval; 1 without observations."""
        return min(1.0, self._middle + self._half) if self.n else 1.0

    @property
    def _middle(self) -> float:
        return (self.value + _Z**2 / (2 * self.n)) / (1 + _Z**2 / self.n) if self.n else 0.0

    @property
    def _half(self) -> float:
        if not self.n:
            return 0.0
        spread = self.value * (1 - self.value) / self.n + _Z**2 / (4 * self.n**2)
        return _Z * sqrt(spread) / (1 + _Z**2 / self.n)


def difference(later: Rate, earlier: Rate) -> tuple[float, float]:
    """Newcombe's 95% interval of `later` - `earlier` (Newcombe 1998, method 10)."""
    gap = later.value - earlier.value
    down = sqrt((later.value - later.low) ** 2 + (earlier.high - earlier.value) ** 2)
    up = sqrt((later.high - later.value) ** 2 + (earlier.value - earlier.low) ** 2)
    return gap - down, gap + up
