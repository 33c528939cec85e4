"""What can go wrong, in words for people.

    BroadsheetError            anything a command reports and exits 1 for; holds one or more problems
    ├── DigestError            a digest as a whole cannot be read; nothing of it is used
    ├── ConfigError            mkdocs.yml or another file of the site's own settings is wrong
    ├── PermalinkError         a build would break an address that has been published
    ├── BuildError             the pages could not be rendered or written
    └── MailError              the mail edition could not be sent, or not to all

A problem reads ``where: expected what, found what; what to do``. Problems about single records do not
raise: readers return them beside the records they could read (see `generator.model.Refusal`).
"""

from __future__ import annotations

from dataclasses import dataclass

#: Found values are shown to a person: longer ones are cut to this many characters.
FOUND_LIMIT = 80


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where, and the way out.

    `where` names a place a person can open: ``digests/2025-03-14.json: $[3].paper.id`` or ``notes.md:12``.
    """

    where: str
    expected: str
    found: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: expected {self.expected}, found {self.found}; {self.remedy}"


def shown(value: object) -> str:
    """Give `value` as it may stand in a message: quoted, on one line, without control characters, cut."""
    try:
        text = ascii_safe(str(value))
    except (ValueError, RecursionError):  # a number of thousands of digits, a value that holds itself
        text = type(value).__name__
    return f'"{text[: FOUND_LIMIT - 1]}…"' if len(text) > FOUND_LIMIT else f'"{text}"'


def ascii_safe(text: str) -> str:
    """Replace what could damage a terminal (control and format characters, line breaks) by spaces."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


class BroadsheetError(Exception):
    """Base of every error that is reported without a traceback. `problems` has at least one entry."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class DigestError(BroadsheetError):
    """A digest as a whole cannot be read."""


class ConfigError(BroadsheetError):
    """The settings of the site are wrong."""


class PermalinkError(BroadsheetError):
    """A build would break a published address."""


class BuildError(BroadsheetError):
    """The site could not be rendered or written; the last good one still stands."""


class MailError(BroadsheetError):
    """The mail edition could not be sent, or not to everybody."""
