"""The check of the agreement and vocabulary seeds, before any model runs on them."""

from leadloop.agreement.check import Summary, check_seeds, ensure_seeds, inspect_seeds
from leadloop.agreement.findings import Finding

__all__ = ["Finding", "Summary", "check_seeds", "ensure_seeds", "inspect_seeds"]
