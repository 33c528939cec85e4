"""The account: of every digest, what was read, merged and refused, and why. A page a month, sealed like its month."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from generator.archive.changes import Changes
from generator.archive.lists import day_of
from generator.archive.queries import Archive
from generator.errors import Problem
from generator.ids import file_name
from generator.model import Account, Digest
from generator.pages.layout import ANNOUNCED_AS, Layout, count, month_name
from generator.pages.page import Page
from generator.text.blocks import Block, Span, bullets, heading, join, link, paragraph, table, text
from generator.text.prose import Prose

#: The folders and files of its addresses.
OWNS: tuple[str, ...] = ("account.html", "account")

_OVERVIEW, _FORM = "account.html", "account/{}-{:02d}.html"
_COLUMNS = ("Seen", "Papers", "Merged", "Refused")


def every(archive: Archive, layout: Layout) -> Iterator[str]:
    """The account of everything by month, then a page for each month, newest first."""
    yield _OVERVIEW
    yield from (_FORM.format(year, month) for year, month, *_ in archive.months())


def touched(archive: Archive, layout: Layout, changes: Changes) -> Iterator[str]:
    """The overview, and the months of days that changed."""
    yield _OVERVIEW
    days = {day_of(day) for day in changes.days}
    yield from (_FORM.format(*month) for month in sorted({(day.year, day.month) for day in days}))


def make(archive: Archive, layout: Layout, address: str) -> Page | None:
    """The overview or a month."""
    if address == _OVERVIEW:
        return _overview(archive)
    year, month = map(int, address.removeprefix("account/").removesuffix(".html").split("-"))
    accounts = archive.accounts(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    if not accounts:
        return None
    name, file = month_name(year, month), f"account/{year}-{month:02d}.md"
    totals = _totals(accounts)
    description = f"What was read from the digests of {name}, merged and refused"
    meta = {"description": description, **totals}
    details = _details(accounts, totals, file)
    return Page(file, "account.html", f"Account of {name}", meta, [*details])


def _overview(archive: Archive) -> Page:
    file, months = "account.md", archive.months()
    rows = [
        (
            link(month_name(year, month), f"account/{year}-{month:02d}.md", file),
            text(str(digests)),
            *(text(f"{number:,}") for number in numbers),
        )
        for year, month, digests, *numbers in months
    ]
    totals = archive.totals
    sums = {
        "seen": totals.records,
        "accepted": totals.papers,
        "merged": totals.merged,
        "refused": totals.refused,
    }
    parts = [paragraph(_sentence(totals.digests, sums))]
    if rows:
        parts += [heading(2, text("By month"), "by-month"), _table(("Month", "Digests", *_COLUMNS), rows)]
    description = "What was read from every digest, what was merged, what was refused, and why"
    return Page(file, "account.html", "Account", {"description": description, **sums}, parts)


def _details(accounts: Sequence[Account], totals: Mapping[str, int], file: str) -> Iterator[Block]:
    yield paragraph(_sentence(len(accounts), totals))
    yield _table(("Day", "Digest", "Source", *_COLUMNS), [_row(account, file) for account in accounts])
    refusals = [refusal for account in accounts for refusal in account.digest.refusals]
    yield from _section(
        "Announced by arXiv", [text(_kinds(account)) for account in accounts if account.digest.announced]
    )
    yield from _section(
        "Counted by the source", [text(_said(a)) for a in accounts if a.digest.said is not None]
    )
    yield from _section("Refused records", [_refusal(refusal.problem, refusal.title) for refusal in refusals])
    yield from _section("Notes", [text(str(note)) for account in accounts for note in account.notes])
    yield from _section("Merged records", [item for account in accounts for item in _merges(account, file)])


def _kinds(account: Account) -> str:
    kinds = (count(number, ANNOUNCED_AS.get(kind, "new paper")) for kind, number in account.digest.announced)
    return f"{account.digest.path}: {', '.join(kinds)}"


def _said(account: Account) -> str:
    return f"{account.digest.path}: {account.digest.said:,} by its own words, {account.seen:,} read"


def _totals(accounts: Sequence[Account]) -> dict[str, int]:
    return {
        "seen": sum(account.seen for account in accounts),
        "accepted": sum(account.accepted for account in accounts),
        "merged": sum(account.merged for account in accounts),
        "refused": sum(account.refused for account in accounts),
    }


def _sentence(digests: int, totals: Mapping[str, int]) -> Span:
    return text(
        f"{count(digests, 'digest')} with {count(totals['seen'], 'record')}: "
        f"{count(totals['accepted'], 'new paper')}, {totals['merged']:,} merged into a paper that another record"
        f" had brought, {totals['refused']:,} refused."
    )


def _row(account: Account, file: str) -> tuple[Span, ...]:
    digest = account.digest
    return (
        _days(digest, file),
        text(digest.path),
        link(digest.source.name, f"sources/{digest.source.slug}.md", file),
        *(text(str(number)) for number in (account.seen, account.accepted, account.merged, account.refused)),
    )


def _days(digest: Digest, file: str) -> Span:
    days = (digest.since, digest.day) if digest.since else (digest.day,)
    return join(" – ", [link(str(day), f"digests/{day}.md", file) for day in days])


def _table(head: tuple[str, ...], rows: Sequence[tuple[Span, ...]]) -> Block:
    """A table whose last columns are numbers."""
    numbers = ("Digests", *_COLUMNS)
    return table(head, ["right" if name in numbers else "left" for name in head], rows)


def _section(name: str, items: list[Span]) -> list[Block]:
    return [heading(2, text(name), file_name(name)), bullets(items)] if items else []


def _refusal(problem: Problem, title: str) -> Span:
    return text(f"{Prose(title).as_title}: {problem}" if title else str(problem))


def _merges(account: Account, file: str) -> Iterator[Span]:
    for merge in account.merges:
        paper = link(Prose(merge.title).as_title, f"papers/{merge.key}.md", file)
        yield join(" ", (paper, text(f"({merge.digest}: {merge.where}): {merge.reason}")))
