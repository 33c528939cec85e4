"""What a search costs: times, bytes, memory; and how well it finds what is known to be there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from pathlib import Path

from playwright.sync_api import Browser, Page

from bench.search import scripts
from bench.search.agree import differences
from bench.search.browser import cold_page, memory
from bench.search.engines import SHOWN, Answer, Broadsheet, Engine
from bench.search.link import LINES, Line, Transfer
from bench.search.queries import KINDS, Query
from bench.search.results import Series, reciprocal_rank
from bench.search.serving import Site

FAST = LINES[0]
#: The kinds of questions that are neither for a known paper nor for ten results.
OTHERS = ("phrase", "half a word", "tag", "author", "source", "dates")


@dataclass(frozen=True, slots=True)
class Amounts:
    """How often each thing is measured."""

    firsts: int = 10
    openings: int = 5
    later: int = 40
    others: int = 20
    facets: int = 5
    #: Questions after which the memory of the page is looked at once more.
    many: int = 200


@dataclass(slots=True)
class Bench:
    """One search on one site in one browser; what has been measured gathers in `found`."""

    engine: Engine
    size: int
    site: Site
    browser: Browser
    queries: Sequence[Query]
    amounts: Amounts
    found: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))

    def note(self, line: str, **values: float) -> None:
        """Keep values of a line; `__` in their names stands for a point."""
        for what, value in values.items():
            self.found[line, what.replace("__", ".")].append(value)

    def series(self) -> list[Series]:
        """All of it."""
        tool = self.engine.name
        return [
            Series(tool=tool, size=self.size, line=line, what=what, values=values)
            for (line, what), values in self.found.items()
        ]

    @property
    def known(self) -> list[Query]:
        """The queries whose answers are known."""
        return [query for query in self.queries if query.kind in KINDS]

    @property
    def broad(self) -> list[Query]:
        """The queries that have ten results."""
        return [query for query in self.queries if query.kind == "broad"]

    def note_answer(self, line: Line, what: str, answer: Answer, sent: Sequence[Transfer]) -> None:
        """Keep what a question has cost."""
        found = {"seconds": answer.seconds, "bytes": _size(sent), "requests": _requests(sent)}
        self.note(line.name, **{f"{what}__{name}": value for name, value in found.items()})

    def wait(self, page: Page, line: Line) -> list[Transfer]:
        """What is transferred until nothing is any more."""
        gathered: list[Transfer] = []
        while True:
            page.wait_for_timeout(1000 * (0.1 + 2 * line.round_trip))
            new = self.site.take()
            if not new:
                return gathered
            gathered += new

    def open(self, page: Page, line: Line) -> list[Transfer]:
        """Open the page where the search waits, fast, and go on as slow as the line. Tells what that transferred."""
        self.site.set(FAST)
        self.site.take()
        page.goto(self.site.address(line) + self.engine.waits)
        self.engine.ready(page)
        loaded = self.wait(page, FAST)
        self.site.set(line)
        return loaded

    def ask(self, page: Page, line: Line, query: Query) -> tuple[Answer, list[Transfer]]:
        """Ask, and tell what that has transferred."""
        answer = self.engine.ask(page, query.asked)
        return answer, self.wait(page, line)


def _size(transfers: Sequence[Transfer]) -> int:
    return sum(transfer.bytes for transfer in transfers)


def _requests(transfers: Sequence[Transfer]) -> int:
    return sum(transfer.done for transfer in transfers)


def first(bench: Bench, line: Line) -> None:
    """Questions each of which is the first one on a page that waits: with ten results, and for one known paper."""
    for what, queries in (("first", bench.broad), ("known", bench.known)):
        for query in queries[: bench.amounts.firsts]:
            with cold_page(bench.browser) as page:
                loaded = bench.open(page, line)
                answer, sent = bench.ask(page, line, query)
            bench.note_answer(line, what, answer, sent)
            index = [transfer for transfer in loaded if bench.engine.holds(transfer.path)]
            bench.note(line.name, waiting__bytes=_size(loaded), waiting__index=_size(index))


def opening(bench: Bench, line: Line) -> None:
    """The whole way of a link to results: from nothing to the first ten in the page."""
    engine = bench.engine
    for query in bench.broad[: bench.amounts.openings]:
        with cold_page(bench.browser) as page:
            bench.open(page, FAST)
            wanted = min(SHOWN, engine.ask(page, query.asked).total)
            bench.wait(page, FAST)
        if not wanted:
            continue
        with cold_page(bench.browser) as page:
            bench.site.set(line)
            page.add_init_script(scripts.shown(engine.result, wanted))
            page.goto(bench.site.address(line) + engine.question(query), wait_until="commit")
            page.wait_for_function("window.shownAt")
            shown = bench.site.take()
            seconds = page.evaluate("window.shownAt")
            settled = shown + bench.wait(page, line)
        index = [transfer for transfer in shown if engine.holds(transfer.path)]
        bench.note(
            line.name, opening__seconds=seconds, opening__bytes=_size(shown), opening__index=_size(index)
        )
        bench.note(line.name, opening__settled=_size(settled), opening__requests=_requests(shown))


def later(bench: Bench, line: Line) -> None:
    """Questions on one page, one after the other, half of them with ten results; the first is not counted."""
    start = bench.amounts.firsts
    half = bench.amounts.later // 2 + 1
    pairs = zip(bench.known[start:][:half], bench.broad[start:][:half], strict=False)
    with cold_page(bench.browser) as page:
        bench.open(page, line)
        for place, query in enumerate(query for pair in pairs for query in pair):
            answer, sent = bench.ask(page, line, query)
            if place:
                bench.note_answer(line, "later", answer, sent)


def ranks(bench: Bench) -> None:
    """All known papers asked for on one page: where they come, and what memory that takes.

    What a page took after many questions is mostly what its browser has not collected yet, so what it keeps is
    looked at as well, after a collection. (What a web worker has on its heap is not collected by that.)
    """
    with cold_page(bench.browser) as page:
        page.wait_for_timeout(1000)
        bench.note("", memory__blank=memory(bench.browser))
        bench.open(page, FAST)
        for place, query in enumerate(bench.known):
            answer = bench.engine.ask(page, query.asked)
            bench.found["", f"rank.{query.kind}"].append(reciprocal_rank(answer.addresses, query.address))
            if place in (0, min(bench.amounts.many, len(bench.known)) - 1):
                page.wait_for_timeout(1000)
                bench.found["", "memory.many" if place else "memory.first"].append(memory(bench.browser))
        page.request_gc()
        page.wait_for_timeout(1000)
        bench.note("", memory__kept=memory(bench.browser))
        bench.wait(page, FAST)


def others(bench: Bench) -> None:
    """Phrases, words half typed, filters: each the first question on its page."""
    for query in _each(_named(bench), bench.amounts.others):
        if query.kind in bench.engine.asks:
            with cold_page(bench.browser) as page:
                bench.open(page, FAST)
                answer, sent = bench.ask(page, FAST, query)
            bench.note_answer(FAST, query.kind, answer, sent)


def _each(queries: Sequence[Query], most: int) -> Iterator[Query]:
    """So many queries of each of the other kinds."""
    counts: dict[str, count[int]] = defaultdict(count)
    return (query for query in queries if query.kind in OTHERS and next(counts[query.kind]) < most)


def _named(bench: Bench) -> list[Query]:
    """The queries, with the tags and sources of the site put in."""
    if not isinstance(bench.engine, Broadsheet):
        return list(bench.queries)
    with cold_page(bench.browser) as page:
        bench.open(page, FAST)
        names: Mapping[str, Sequence[str]] = page.evaluate(scripts.BROADSHEET_NAMES)
    turn: dict[str, count[int]] = defaultdict(count)
    named = []
    for query in bench.queries:
        if query.kind in names:
            some = names[query.kind]
            chosen = some[next(turn[query.kind]) % len(some)] if some else ""
            named.append(Query(query.kind, {**query.asked, query.kind: chosen}))
        else:
            named.append(query)
    return named


def facets(bench: Bench, line: Line) -> None:
    """Counts of tags, years and sources of what has been found, where they are to be had."""
    if not isinstance(bench.engine, Broadsheet):
        return
    for query in bench.known[: bench.amounts.facets]:
        with cold_page(bench.browser) as page:
            bench.open(page, line)
            bench.ask(page, line, query)
            seconds = page.evaluate(scripts.BROADSHEET_FACETS, dict(query.asked))
            if seconds is not None:
                bench.note(line.name, facets__seconds=seconds, facets__bytes=_size(bench.wait(page, line)))


def agreement(bench: Bench) -> None:
    """Whether every question has the same answer from a disk."""
    engine = bench.engine
    if not isinstance(engine, Broadsheet):
        return
    queries = [{**query.asked, "limit": SHOWN} for query in _named(bench)]
    with cold_page(bench.browser) as page, cold_page(bench.browser) as other:
        bench.open(page, FAST)
        other.goto(f"{engine.site.as_uri()}/{engine.waits}")
        engine.ready(other)
        differ = len(differences(page, other, queries))
        bench.wait(page, FAST)
    bench.note("", disk__queries=len(queries), disk__differ=differ)


def disk(bench: Bench) -> None:
    """The index as it lies there."""
    for kind, (files, size) in bench.engine.kinds().items():
        bench.found["", f"files.{kind}"].append(files)
        bench.found["", f"size.{kind}"].append(size)


def adding(bench: Bench) -> None:
    """A day more: what of the index is written anew, and what the build takes. The site has that day from then on."""
    engine = bench.engine
    if not isinstance(engine, Broadsheet):
        return
    folder = engine.site / engine.index
    before = _contents(folder)
    cost = engine.add()
    after = _contents(folder)
    new = [size for path, (size, mark) in after.items() if before.get(path) != (size, mark)]
    bench.note("", add__seconds=cost.wall, add__cpu=cost.cpu, add__others=cost.others, add__peak=cost.peak)
    total = sum(size for size, _ in after.values())
    bench.note("", add__bytes=sum(new), add__files=len(new), add__total=total)


def _contents(folder: Path) -> dict[str, tuple[int, bytes]]:
    """The files of a folder: bytes, and a mark of the content, of each."""
    found = {}
    for file in folder.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            found[str(file.relative_to(folder))] = (len(content), sha256(content).digest())
    return found
