"""The account: of every digest, what was read, merged and refused, and why. A page a month, sealed like its month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.errors import Problem
from generator.ids import file_name
from generator.model import Account, Library
from generator.pages.layout import Layout, count, month_name
from generator.pages.page import Page
from generator.text.blocks import Block, Span, bullets, heading, join, link, paragraph, table, text

_COLUMNS = ("Seen", "Papers", "Merged", "Refused")


def pages(library: Library, layout: Layout) -> Iterator[Page]:
    """The account of everything by month, then a page for each month, newest first."""
    newest_first = [*reversed(library.accounts)]
    months = [
        (month, [*accounts])
        for month, accounts in groupby(newest_first, key=lambda a: (a.digest.day.year, a.digest.day.month))
    ]
    yield _overview(library, months)
    for (year, month), accounts in months:
        name = month_name(year, month)
        meta = {
            "description": f"What was read from the digests of {name}, merged and refused",
            **_totals(accounts),
        }
        file = f"account/{year}-{month:02d}.md"
        yield Page(file, "account.html", f"Account of {name}", meta, [*_details(accounts, file)])


def _overview(library: Library, months: Sequence[tuple[tuple[int, int], list[Account]]]) -> Page:
    file = "account.md"
    rows = [
        (
            link(month_name(year, month), f"account/{year}-{month:02d}.md", file),
            text(str(len(accounts))),
            *(text(f"{number:,}") for number in _totals(accounts).values()),
        )
        for (year, month), accounts in months
    ]
    parts = [paragraph(_sentence(library.accounts))]
    parts += _section("Files that could not be read", [text(str(problem)) for problem in library.unread])
    if rows:
        parts += [heading(2, text("By month"), "by-month"), _table(("Month", "Digests", *_COLUMNS), rows)]
    description = "What was read from every digest, what was merged, what was refused, and why"
    meta = {"description": description, **_totals(library.accounts)}
    return Page(file, "account.html", "Account", meta, parts)


def _details(accounts: Sequence[Account], file: str) -> Iterator[Block]:
    yield paragraph(_sentence(accounts))
    yield _table(("Day", "Digest", "Source", *_COLUMNS), [_row(account, file) for account in accounts])
    refusals = [refusal for account in accounts for refusal in account.digest.refusals]
    yield from _section("Refused records", [_refusal(refusal.problem, refusal.title) for refusal in refusals])
    yield from _section("Notes", [text(str(note)) for account in accounts for note in account.digest.notes])
    yield from _section("Merged records", [item for account in accounts for item in _merges(account, file)])


def _totals(accounts: Sequence[Account]) -> dict[str, int]:
    return {
        "seen": sum(account.digest.seen for account in accounts),
        "accepted": sum(account.accepted for account in accounts),
        "merged": sum(account.merged for account in accounts),
        "refused": sum(account.refused for account in accounts),
    }


def _sentence(accounts: Sequence[Account]) -> Span:
    totals = _totals(accounts)
    return text(
        f"{count(len(accounts), 'digest')} with {count(totals['seen'], 'record')}: "
        f"{count(totals['accepted'], 'new paper')}, {totals['merged']:,} merged into a paper that another record"
        f" had brought, {totals['refused']:,} refused."
    )


def _row(account: Account, file: str) -> tuple[Span, ...]:
    digest = account.digest
    return (
        link(str(digest.day), f"digests/{digest.day}.md", file),
        text(digest.path),
        link(digest.source.name, f"sources/{digest.source.slug}.md", file),
        *(text(str(number)) for number in (digest.seen, account.accepted, account.merged, account.refused)),
    )


def _table(head: tuple[str, ...], rows: Sequence[tuple[Span, ...]]) -> Block:
    """A table whose last columns are numbers."""
    numbers = ("Digests", *_COLUMNS)
    return table(head, ["right" if name in numbers else "left" for name in head], rows)


def _section(name: str, items: list[Span]) -> list[Block]:
    return [heading(2, text(name), file_name(name)), bullets(items)] if items else []


def _refusal(problem: Problem, title: str) -> Span:
    return text(f"{title}: {problem}" if title else str(problem))


def _merges(account: Account, file: str) -> Iterator[Span]:
    for merge in account.merges:
        paper = link(merge.title, f"papers/{merge.key}.md", file)
        yield join(" ", (paper, text(f"({merge.digest}: {merge.where}): {merge.reason}")))
