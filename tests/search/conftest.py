"""An archive, its search, and the places where the search runs: Node, Chromium over http and from file://."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from generator import renderer
from generator.enrich.topics import paper_tags
from generator.enrich.vocabulary import VOCABULARY, load_vocabulary
from generator.pages import search as search_page
from generator.pages.layout import Layout
from generator.search import files
from tests.builders import Library, collect, read_folder

ROOT = Path(__file__).parents[2]
HARNESS = Path(__file__).with_name("node_search.js")
ENGINE = "assets/js/search-engine.js"

Query = Mapping[str, Any]
#: Gives the answer to each query.
Ask = Callable[[Sequence[Query]], list[Any]]

#: A page to arrive at; its icon is given so that the browser asks for none.
PAPER = '<!doctype html><title>Paper</title><link rel="icon" href="data:,"><h1>A paper</h1>'
ASK_ALL = """async (queries) => {
    const answers = [];
    for (const query of queries) answers.push(await Broadsheet.search(query));
    return answers.map(({terms, ...answer}) => answer);
}"""
MKDOCS = f"""\
site_name: Test site
docs_dir: docs
use_directory_urls: false
plugins: []
theme: {{name: material, custom_dir: '{ROOT / "theme_overrides"}', font: false}}
nav: [{{Search: search.md}}]
"""


class Node:
    """The search of a site in a process of Node."""

    def __init__(self, site: Path) -> None:
        node = shutil.which("node")
        if not node:
            pytest.skip("node is not installed; the same queries are asked in Chromium")
        self.site = site
        pipe = subprocess.PIPE
        self._process = subprocess.Popen([node, str(HARNESS), str(site)], stdin=pipe, stdout=pipe, text=True)

    def ask(self, questions: Sequence[Mapping[str, Any]]) -> list[Any]:
        """The answers to questions, as `node_search.js` has them."""
        process = self._process
        assert process.stdin
        assert process.stdout
        process.stdin.write(f"{json.dumps(questions)}\n")
        process.stdin.flush()
        answers: list[Any] = json.loads(process.stdout.readline())
        return answers

    def search(self, queries: Sequence[Query]) -> list[Any]:
        """The answers to queries."""
        return self.ask([{"search": query} for query in queries])

    def facets(self, queries: Sequence[Query]) -> list[Any]:
        """The facets of queries."""
        return self.ask([{"facets": query} for query in queries])

    def words(self, *calls: Sequence[Any]) -> list[Any]:
        """What functions of `Broadsheet.words` give, called with name and arguments."""
        return self.ask([{"words": call} for call in calls])

    def loaded(self) -> list[str]:
        """The files that were loaded since this was asked last."""
        return [str(file) for file in self.ask([{"loaded": True}])[0]]

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


@pytest.fixture(scope="session")
def start_node() -> Iterator[Callable[[Path], Node]]:
    """Start Node over a site."""
    with ExitStack() as stack:
        yield lambda site: stack.enter_context(closing(Node(site)))


@pytest.fixture(scope="session")
def node(start_node: Callable[[Path], Node]) -> Node:
    """Node over the script alone, without an archive."""
    return start_node(ROOT / "theme_overrides")


@pytest.fixture(scope="session")
def archive() -> Library:
    """The papers of the repository's own digests, tagged."""
    digests, unread = read_folder(ROOT / "digests", ROOT)
    assert unread == ()
    return collect(digests, tag=partial(paper_tags, vocabulary=load_vocabulary(VOCABULARY)))


def search_files(library: Library) -> dict[str, bytes]:
    """All files of the search but the manifest."""
    archive, layout = library.archive, Layout("Test")
    made = {address: files.make(archive, layout, address) for address in files.every(archive, layout)}
    contents = {}
    for address, artifact in made.items():
        assert artifact
        assert artifact.path == address
        contents[address] = artifact.content
    return contents


def write_search(library: Library, site: Path) -> None:
    """Put the files of the search, and its script, into a site."""
    contents = search_files(library)
    contents[files.MANIFEST] = files.make_manifest(library.archive).content
    contents[ENGINE] = (ROOT / "theme_overrides" / ENGINE).read_bytes()
    for path, content in contents.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)


@pytest.fixture(scope="session")
def start_search(
    start_node: Callable[[Path], Node], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Library], Node]:
    """The search of a library in Node."""

    def start(library: Library) -> Node:
        site = tmp_path_factory.mktemp("search")
        write_search(library, site)
        return start_node(site)

    return start


@pytest.fixture(scope="session")
def make_site(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Make a site of a search page over a library, and of nothing else; gives its folder."""

    def make(library: Library) -> Path:
        root = tmp_path_factory.mktemp("search")
        (root / "docs").mkdir()
        (root / "mkdocs.yml").write_text(MKDOCS)
        page = search_page.make(library.archive, Layout(site_name="Test site"), search_page.ADDRESS)
        assert page
        (root / "docs" / page.path).write_bytes(page.content())
        site = root / "site"
        renderer.render(root / "mkdocs.yml", site, strict=False, today=date(2025, 3, 14))
        write_search(library, site)
        return site

    return make


@pytest.fixture(scope="session")
def site(archive: Library, make_site: Callable[..., Path]) -> Path:
    """The search page over the repository's own digests."""
    site = make_site(archive)
    (site / "papers").mkdir()
    for paper in archive.papers.values():
        (site / paper.address).write_text(PAPER)
    return site


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open an address in a context of its own. Whatever the page complains about fails the test at its end."""
    complaints: list[str] = []
    contexts = []

    def start(address: str, **options: Any) -> Page:
        context = chromium.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        home = address.partition("/some/path/")[0] if address.startswith("http") else "file://"
        page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(f"dialog {dialog.message}"))
        page.on("request", lambda r: None if r.url.startswith((home, "data:")) else complaints.append(r.url))
        page.goto(address)
        return page

    yield start
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def ask_chromium(open_page: Callable[..., Page]) -> Callable[[str, Sequence[Query]], list[Any]]:
    """Search the site at an address in Chromium. What an answer has for marks stays there."""

    def ask(base: str, queries: Sequence[Query]) -> list[Any]:
        page = open_page(base + "search.html")
        answers: list[Any] = page.evaluate(ASK_ALL, queries)
        return answers

    return ask
