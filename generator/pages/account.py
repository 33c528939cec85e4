"""The account: of every digest, what was read, merged and refused, and why. A page a month, sealed like its month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.errors import Problem
from generator.model import Account, Library
from generator.pages.layout import Layout, count, link, month_name
from generator.pages.page import Page
from generator.text.markdown import escape_markdown

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
        yield Page(file, "account.html", f"Account of {name}", meta, "\n\n".join(_details(accounts, file)))


def _overview(library: Library, months: Sequence[tuple[tuple[int, int], list[Account]]]) -> Page:
    file = "account.md"
    rows = [
        (
            link(month_name(year, month), f"account/{year}-{month:02d}.md", file),
            str(len(accounts)),
            *(f"{number:,}" for number in _totals(accounts).values()),
        )
        for (year, month), accounts in months
    ]
    parts = [_sentence(library.accounts)]
    parts += _section("Files that could not be read", [_problem(problem) for problem in library.unread])
    parts += ["## By month", _table(("Month", "Digests", *_COLUMNS), rows)] if rows else []
    description = "What was read from every digest, what was merged, what was refused, and why"
    meta = {"description": description, **_totals(library.accounts)}
    return Page(file, "account.html", "Account", meta, "\n\n".join(parts))


def _details(accounts: Sequence[Account], file: str) -> Iterator[str]:
    yield _sentence(accounts)
    yield _table(("Day", "Digest", "Source", *_COLUMNS), [_row(account, file) for account in accounts])
    refusals = [refusal for account in accounts for refusal in account.digest.refusals]
    yield from _section("Refused records", [_refusal(refusal.problem, refusal.title) for refusal in refusals])
    yield from _section("Notes", [_problem(note) for account in accounts for note in account.digest.notes])
    yield from _section("Merged records", [item for account in accounts for item in _merges(account, file)])


def _totals(accounts: Sequence[Account]) -> dict[str, int]:
    return {
        "seen": sum(account.digest.seen for account in accounts),
        "accepted": sum(account.accepted for account in accounts),
        "merged": sum(account.merged for account in accounts),
        "refused": sum(account.refused for account in accounts),
    }


def _sentence(accounts: Sequence[Account]) -> str:
    totals = _totals(accounts)
    return (
        f"{count(len(accounts), 'digest')} with {count(totals['seen'], 'record')}: "
        f"{count(totals['accepted'], 'new paper')}, {totals['merged']:,} merged into a paper that another record"
        f" had brought, {totals['refused']:,} refused."
    )


def _row(account: Account, file: str) -> tuple[str, ...]:
    digest = account.digest
    return (
        link(str(digest.day), f"digests/{digest.day}.md", file),
        escape_markdown(digest.path),
        link(digest.source.name, f"sources/{digest.source.slug}.md", file),
        *(str(number) for number in (digest.seen, account.accepted, account.merged, account.refused)),
    )


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A table whose last columns are numbers."""
    rule = [":--"] * (len(head) - len(_COLUMNS)) + ["--:"] * len(_COLUMNS)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *rows))


def _section(heading: str, items: list[str]) -> list[str]:
    return [f"## {heading}", "\n".join(f"- {item}" for item in items)] if items else []


def _problem(problem: Problem) -> str:
    return escape_markdown(str(problem))


def _refusal(problem: Problem, title: str) -> str:
    return f"{escape_markdown(title)}: {_problem(problem)}" if title else _problem(problem)


def _merges(account: Account, file: str) -> Iterator[str]:
    for merge in account.merges:
        paper = link(merge.title, f"papers/{merge.key}.md", file)
        yield f"{paper} ({escape_markdown(f'{merge.digest}: {merge.where}')}): {escape_markdown(merge.reason)}"
