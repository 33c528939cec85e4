"""The searches that are compared, each behind the same few questions.

An engine knows how its site and its index are made, on which page its search waits, and how to ask it there.
"""

from __future__ import annotations

import re
import shutil
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import yaml
from playwright.sync_api import Page

from bench import tools
from bench.corpus import ROOT
from bench.measure import Cost, run
from bench.search import scripts
from bench.search.browser import PATIENCE
from bench.search.queries import Query
from generator.text.markdown import escape_markdown

#: Results that are shown first.
SHOWN = 10
_KIND = re.compile(r"[a-z]+(?:[-_][a-z]+)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search says: seconds until the first results could be shown, how many there are in all, the first ones."""

    seconds: float
    total: int
    addresses: tuple[str, ...]


class Engine(ABC):
    """A search on a site of its own."""

    name: str
    #: The largest archive that it is asked to search.
    most: int | None = None
    #: What it can be asked, beside words.
    asks: frozenset[str] = frozenset()
    #: Where in the site its index is.
    index: str
    #: The page on which it waits for a question, and the one that shows results.
    waits: str
    shows: str
    #: What stands in that page for each result.
    result: str

    def __init__(self, work: Path) -> None:
        self.work = work

    @classmethod
    def program(cls) -> Path | None:
        """What must be installed for it, if it is; this checkout, for ours."""
        return ROOT

    @property
    @abstractmethod
    def site(self) -> Path:
        """What is served."""

    @abstractmethod
    def make(self) -> Cost:
        """Make the site, or the index where it is made apart from the site, from nothing."""

    @abstractmethod
    def asking(self) -> tuple[str, str]:
        """Two scripts: one that brings the search to where it waits, and one that asks (a function of a query)."""

    def ready(self, page: Page) -> None:
        """Wait until the search of a page that has been opened waits for a question."""
        page.evaluate(self.asking()[0])

    def ask(self, page: Page, asked: Mapping[str, object]) -> Answer:
        """Ask for the first results."""
        script = scripts.patient(self.asking()[1], PATIENCE)
        found = page.evaluate(script, {**asked, "limit": SHOWN})
        addresses = tuple(address.partition("?")[0].lstrip("/") for address in found["addresses"])
        return Answer(found["seconds"], found["total"], addresses)

    def question(self, query: Query) -> str:
        """The address of the page that shows results, below the site's."""
        return f"{self.shows}?{urlencode(dict(query.asked))}"

    def holds(self, path: str) -> bool:
        """Whether a file that has been transferred belongs to the index."""
        return path.lstrip("/").startswith(f"{self.index}/")

    def kinds(self) -> dict[str, tuple[int, int]]:
        """The files of the index: how many of each kind, and their bytes."""
        return kinds(self.site / self.index)


def kinds(folder: Path, *, by_letter: bool = False) -> dict[str, tuple[int, int]]:
    """How many files of each kind there are in a folder, and their bytes.

    A kind is a folder in it, or what the names of files there begin with. With `by_letter` it is, for files in folders
    of it, the first letter of the name.
    """
    found: dict[str, tuple[int, int]] = {}
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            first = file.relative_to(folder).parts[0]
            begins = _KIND.match(first)
            kind = begins[0] if begins else first
            if file.parent != folder:
                kind = file.name[0] if by_letter else first
            count, size = found.get(kind, (0, 0))
            found[kind] = (count + 1, size + file.stat().st_size)
    return found


class _Built(Engine):
    """A search that is made with its site, by `tool`."""

    tool: tools.Tool

    @property
    def site(self) -> Path:
        """The site of all papers."""
        return self.tool.site

    def make(self) -> Cost:
        """The whole site."""
        self.tool.change("cold")
        return run(self.tool.command(), self.tool.root, self.tool.environment())


class Broadsheet(_Built):
    """The search of this checkout."""

    name = "Broadsheet"
    asks = frozenset({"phrase", "half a word", "tag", "author", "source", "dates"})
    index, waits, shows = "search", "search.html", "search.html"
    result = ".bs-search__results h3"

    def __init__(self, work: Path) -> None:
        super().__init__(work)
        self.tool = tools.Broadsheet(work, work / "corpus", work / "content")

    def add(self) -> Cost:
        """One more day on the site that has been made."""
        self.tool.change("add")
        return run(self.tool.command(), self.tool.root, self.tool.environment())

    def kinds(self) -> dict[str, tuple[int, int]]:
        """As files are named: a letter says what is in them, a folder to which part of the index they belong."""
        return kinds(self.site / self.index, by_letter=True)

    def asking(self) -> tuple[str, str]:
        """By what the engine offers to the pages of the site."""
        return scripts.BROADSHEET_READY, scripts.BROADSHEET_ASK


class Pagefind(Engine):
    """Pagefind over the papers' pages of Broadsheet's site, which is made before."""

    name = "Pagefind"
    asks = frozenset({"phrase"})
    index, waits, shows = "pagefind", "index.html", "search.html"
    result = ".pagefind-ui__result"

    @classmethod
    def program(cls) -> Path | None:
        """The binary."""
        return next(tools.VENV.glob("lib/python*/site-packages/pagefind_bin/pagefind"), None)

    @property
    def site(self) -> Path:
        """Its index and two pages that use it; papers are not opened here."""
        return self.work / self.name

    def make(self) -> Cost:
        """The index alone."""
        shutil.rmtree(self.site, ignore_errors=True)
        self.site.mkdir(parents=True)
        (self.site / self.waits).write_text(scripts.PAGEFIND_WAITS, "utf-8")
        (self.site / self.shows).write_text(scripts.PAGEFIND_SHOWS, "utf-8")
        source = ["--site", str(self.work / "Broadsheet" / "site"), "--glob", "papers/*.html"]
        target = ["--root-selector", "main", "--output-path", self.index, "--silent"]
        return run((str(self.program()), *source, *target), self.site, {})

    def asking(self) -> tuple[str, str]:
        """By its own interface for scripts: what the first results show is loaded too."""
        return scripts.PAGEFIND_READY, scripts.PAGEFIND_ASK


class _PapersOnly(tools.Material):
    """Stock Material with nothing but papers in its search, and their authors on the pages."""

    def lay_out(self) -> None:
        """What the benchmark of builds measures, but for that."""
        super().lay_out()
        for file in (self.root / "docs" / "papers").glob("*.md"):
            front, _, body = file.read_text("utf-8").removeprefix("---\n").partition("---\n")
            authors = ", ".join(yaml.safe_load(front)["authors"])
            file.write_text(f"---\n{front}---\n\n{escape_markdown(authors)}\n{body}", "utf-8")
        lists = [*(self.root / "docs" / "digests").glob("*.md"), *(self.root / "docs").glob("*.md")]
        for file in lists:
            file.write_text(f"---\nsearch:\n  exclude: true\n---\n\n{file.read_text('utf-8')}", "utf-8")


class Material(_Built):
    """Material's own search, by the box in the header: it offers nothing else."""

    name = "Material"
    most = tools.Material.most
    index, waits, shows = "search", "index.html", "index.html"
    result = ".md-search-result__item"

    @classmethod
    def program(cls) -> Path | None:
        """MkDocs."""
        return next(tools.VENV.glob("bin/mkdocs"), None)

    def __init__(self, work: Path) -> None:
        super().__init__(work)
        self.tool = _PapersOnly(work, work / "corpus", work / "content")

    def asking(self) -> tuple[str, str]:
        """Through the box."""
        return scripts.MATERIAL_READY, scripts.MATERIAL_ASK


#: In the order of the tables; Pagefind needs the site of the first.
ENGINES: tuple[type[Engine], ...] = (Broadsheet, Pagefind, Material)
