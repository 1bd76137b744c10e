"""Errors a person can act on: what is wrong, where, and the next step."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where in the user's files a fault lies; unknown parts stay None."""

    file: str | None = None
    line: int | None = None
    column: str | None = None
    rule: str | None = None

    def __str__(self) -> str:
        parts = [
            self.file,
            f"line {self.line}" if self.line is not None else None,
            f"column {self.column}" if self.column else None,
            f"rule {self.rule}" if self.rule else None,
        ]
        return ", ".join(p for p in parts if p)


class LeadloopError(Exception):
    """Base of every expected failure; carries its exit code and the next step.

    Args:
        message_en: what is wrong, in English.
        message_ja: the same in Japanese.
        next_en: what the user does next, in English.
        next_ja: the same in Japanese.
        place: file, line, column and rule, as far as they are known.
    """

    exit_code = 70

    def __init__(
        self,
        message_en: str,
        message_ja: str,
        next_en: str = "",
        next_ja: str = "",
        place: Place | None = None,
    ) -> None:
        super().__init__(message_en)
        self.message = {"en": message_en, "ja": message_ja}
        self.next_step = {"en": next_en, "ja": next_ja}
        self.place = place or Place()

    def render(self, language: str) -> str:
        """One readable block in `language` ('ja' or 'en'): place, message, next step."""
        place = str(self.place)
        text = self.message.get(language, self.message["en"])
        head = f"{place}: {text}" if place else text
        step = self.next_step.get(language, "")
        if not step:
            return head
        label = "次の一手: " if language == "ja" else "Next: "
        return f"{head}\n{label}{step}"


class UsageError(LeadloopError):
    """The command cannot mean anything as it was given."""

    exit_code = 2


class InputRejected(LeadloopError):
    """A file or a seed is refused; what was loaded before stays as it is."""

    exit_code = 3


class AuditFailed(LeadloopError):
    """The build ran, but its result must not be published."""

    exit_code = 4


class PublishFailed(LeadloopError):
    """The new version could not be put in place; readers keep the last one."""

    exit_code = 5


class Locked(LeadloopError):
    """Another build is running."""

    exit_code = 75
