"""The table of fixtures in the guide is what readers make of them now."""

from __future__ import annotations

from pathlib import Path

from tests.accounts import account, fixtures, table

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "formats-read.md"


def test_the_guide_has_the_accounts_of_all_fixtures() -> None:
    written = GUIDE.read_text("utf-8").partition("## Fixtures\n\n")[2]
    assert written == table(fixtures()), "python -m tests.accounts prints it"


def test_a_file_that_cannot_be_read_has_its_reason() -> None:
    row = account("2025-03-14.json", b"[]", None)
    assert (row.format, row.seen, row.reasons) == ("", 0, ("all: at least one paper, an empty list",))
