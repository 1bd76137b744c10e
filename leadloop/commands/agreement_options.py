"""--preset and --agreement, which several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from leadloop.agreement.folders import presets


def agreement_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Adds both options to a command."""
    for option in (_AGREEMENT, _PRESET):
        function = option(function)
    return function


_PRESET = click.option(
    "--preset",
    type=click.Choice(presets()),
    help="Use a shipped agreement in place of the project's: `small` is the small start (three "
    "rules, one product, one month); the others are examples. See examples/agreements/.",
)
_AGREEMENT = click.option(
    "--agreement",
    "agreement",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Use the seed files in DIR in place of the project's files of the same names. DIR holds "
    "only what your company changes.",
)
