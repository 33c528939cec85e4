"""An archive and its search page, and the places where the search runs: Node, Chromium over http and from file://."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from generator import renderer
from generator.enrich.topics import VOCABULARY, load_vocabulary, paper_tags
from generator.pages import search as search_page
from generator.pages.layout import Layout
from generator.search import shards
from tests.builders import Library, collect, read_folder

ROOT = Path(__file__).parents[2]
HARNESS = Path(__file__).with_name("node_search.js")

Query = Mapping[str, Any]
#: Gives the answer to each query.
Ask = Callable[[Sequence[Query]], list[Any]]

#: A page to arrive at; its icon is given so that the browser asks for none.
PAPER = '<!doctype html><title>Paper</title><link rel="icon" href="data:,"><h1>A paper</h1>'
ASK_ALL = """async (queries) => {
    const answers = [];
    for (const query of queries) answers.push(await Broadsheet.search(query));
    return answers;
}"""
MKDOCS = f"""\
site_name: Test site
docs_dir: docs
use_directory_urls: false
plugins: []
theme: {{name: material, custom_dir: '{ROOT / "theme_overrides"}', font: false}}
nav: [{{Search: search.md}}]
"""


@pytest.fixture(scope="session")
def archive() -> Library:
    """The papers of the repository's own digests, tagged."""
    digests, unread = read_folder(ROOT / "digests", ROOT)
    assert unread == ()
    return collect(digests, tag=partial(paper_tags, vocabulary=load_vocabulary(VOCABULARY)))


def search_files(library: Library, size: int = shards.SHARD) -> dict[str, bytes]:
    """All files of the search, with so many papers in a full shard."""
    archive, layout = library.archive, Layout("Test")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "SHARD", size)
        made = [shards.make(archive, layout, address) for address in shards.every(archive, layout)]
    files = {artifact.path: artifact.content for artifact in made if artifact}
    assert len(files) == len(made)
    prints = [hashlib.sha256(content).hexdigest()[:8] for content in files.values()]
    return files | {shards.MANIFEST: shards.make_manifest(archive, prints).content}


@pytest.fixture(scope="session")
def make_site(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Make a site of a search page over a library, and of nothing else; gives its folder."""

    def make(library: Library, size: int = 40) -> Path:
        root = tmp_path_factory.mktemp("search")
        (root / "docs").mkdir()
        (root / "mkdocs.yml").write_text(MKDOCS)
        page = search_page.make(library.archive, Layout(site_name="Test site"), search_page.ADDRESS)
        assert page
        (root / "docs" / page.path).write_bytes(page.content())
        site = root / "site"
        renderer.render(root / "mkdocs.yml", site, strict=False, today=date(2025, 3, 14))
        (site / "search").mkdir()
        for path, content in search_files(library, size).items():
            (site / path).write_bytes(content)
        return site

    return make


@pytest.fixture(scope="session")
def site(archive: Library, make_site: Callable[..., Path]) -> Path:
    """The search page over the repository's own digests, in several shards."""
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


@pytest.fixture(scope="session")
def ask_node() -> Callable[[Path, Sequence[Query]], list[Any]]:
    """Search a site in Node."""
    node = shutil.which("node")
    if not node:
        pytest.skip("node is not installed; the same queries are asked in Chromium")

    def ask(site: Path, queries: Sequence[Query]) -> list[Any]:
        command = [node, str(HARNESS), str(site)]
        done = subprocess.run(command, input=json.dumps(queries), capture_output=True, text=True, check=True)
        answers: list[Any] = json.loads(done.stdout)
        return answers

    return ask


@pytest.fixture
def ask_chromium(open_page: Callable[..., Page]) -> Callable[[str, Sequence[Query]], list[Any]]:
    """Search the site at an address in Chromium."""

    def ask(base: str, queries: Sequence[Query]) -> list[Any]:
        page = open_page(base + "search.html")
        answers: list[Any] = page.evaluate(ASK_ALL, queries)
        return answers

    return ask
