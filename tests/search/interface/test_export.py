"""What a search has found, as one file: put together in the browser from the files of the days."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import rispy
from bibtexparser.entrypoint import parse_string as parse_bibtex
from playwright.sync_api import Locator, Page, expect

from generator.archive.queries import Archive
from generator.archive.selection import Selection
from generator.build import build
from generator.current import current_archive
from generator.exports.collection import FORMATS, collect
from generator.settings import load_settings
from tests.builders import Library
from tests.site.conftest import copy_sample

pytestmark = pytest.mark.browser

Open = Callable[..., Page]

PANEL = ".bs-search__export"
ENDINGS = {"BibTeX": "bib", "RIS": "ris", "CSL-JSON": "csl-json"}


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site with the real search; tests only read it."""
    root = copy_sample(tmp_path_factory.mktemp("real"))
    build(load_settings(root / "mkdocs.yml"))
    return root


@pytest.fixture
def opened(open_page: Open, serve: Callable[[Path], str], sample: Path) -> Callable[..., Page]:
    """Open the page of the search over http with a question, and what exports its answer."""

    def start(**question: str) -> Page:
        page = open_page(f"{serve(sample)}search.html?{urlencode(question)}")
        take(page).click()
        expect(page.locator(f"{PANEL} button").first).to_be_focused()
        return page

    return start


def take(page: Page) -> Locator:
    return page.get_by_role("button", name="Export", exact=True)


def status(page: Page) -> Locator:
    return page.locator(f"{PANEL} [role=status]")


def exported(page: Page, name: str) -> tuple[str, str]:
    """The name and the text of the file that a button makes."""
    with page.expect_download() as download:
        page.locator(PANEL).get_by_role("button", name=name).click()
    path = download.value.path()
    return download.value.suggested_filename, path.read_text("utf-8")


def whole(archive: Archive, name: str) -> str:
    """All papers as the command writes them."""
    papers, _ = collect(archive, Selection())
    return "".join(FORMATS[ENDINGS[name]].write(papers))


def entries(name: str, text: str) -> dict[str, Any]:
    """What a file has by the key, read by the programs that people use."""
    if name == "BibTeX":
        library = parse_bibtex(text)
        assert library.failed_blocks == []
        return {entry.key: entry.raw for entry in library.entries}
    found = rispy.loads(text) if name == "RIS" else json.loads(text)
    return {item["id"]: item for item in found}


@pytest.mark.parametrize("name", ENDINGS)
def test_all_that_was_found_is_in_the_file(
    opened: Callable[..., Page], archive: Library, fake_papers: list[dict[str, Any]], name: str
) -> None:
    """Not only what is shown, and by the same bytes as the command writes it."""
    page = opened(q="diffusion", source="hugging-face-daily-papers")
    found = [
        p["result"]["address"][len("papers/") : -len(".html")]
        for p in fake_papers
        if " diffusion " in p["text"] and "Hugging Face daily papers" in p["result"]["sources"]
    ]
    assert 20 < len(found) < len(fake_papers)
    expect(page.locator(PANEL)).to_contain_text(f"Export these {len(found)} papers as")
    title, text = exported(page, name)
    assert (
        title
        == f"papers-diffusion-hugging-face-daily-papers.{'csl.json' if name == 'CSL-JSON' else ENDINGS[name]}"
    )
    expect(status(page)).to_have_text(f"{title}: {len(found)} papers.")
    expect(page.locator(f"{PANEL} progress")).to_be_hidden()
    made, every = entries(name, text), entries(name, whole(archive.archive, name))
    assert [key.partition("-")[2] for key in made] == found
    assert made == {key: every[key] for key in made}


def test_the_real_search_with_a_filter_in_words(
    open_page: Open, serve: Callable[[Path], str], real: Path
) -> None:
    page = open_page(
        f"{serve(real / 'site')}search.html?{urlencode({'q': 'year:2025 source:reading-group'})}"
    )
    take(page).click()
    title, text = exported(page, "BibTeX")
    assert title == "papers-year-2025-source-reading-group.bib"
    with current_archive(load_settings(real / "mkdocs.yml")) as archive:
        every = parse_bibtex(whole(archive, "BibTeX"))
        listed = {
            entry.key
            for entry in every.entries
            if (paper := archive.paper(entry.key.partition("-")[2]))
            and any(a.source.slug == "reading-group" for a in paper.appearances)
        }
    assert {entry.key for entry in parse_bibtex(text).entries} == listed != set()


def test_all_papers(opened: Callable[..., Page], archive: Library) -> None:
    """Those without an identifier or an author too."""
    page = opened(to="2199")
    title, text = exported(page, "RIS")
    assert title == "papers-2199-12-31.ris"
    assert len(rispy.loads(text)) == len(archive.papers) == len(rispy.loads(whole(archive.archive, "RIS")))


def test_another_question_takes_it_away(opened: Callable[..., Page]) -> None:
    page = opened(q="diffusion")
    expect(take(page)).to_have_attribute("aria-expanded", "true")
    page.fill("[data-find]", "toolpath")
    expect(page.locator(PANEL)).to_have_count(0)
    expect(take(page)).to_have_attribute("aria-expanded", "false")
    take(page).click()
    expect(page.locator(PANEL)).to_contain_text("Export this paper as")
    take(page).click()
    expect(page.locator(PANEL)).to_have_count(0)
    page.fill("[data-find]", "zzzz")
    expect(take(page)).to_be_hidden()


def test_of_many_the_first(opened: Callable[..., Page]) -> None:
    page = opened(q="diffusion")
    text = page.evaluate("Broadsheet.exporter({q: 'x'}, 2001).textContent")
    assert text.startswith("Export the first 2,000 papers of these as")
    exported(page, "BibTeX")
    assert page.evaluate("Broadsheet.asked.at(-1).search") == {"q": "diffusion", "limit": 2000}


def test_failures_are_said_and_it_can_be_tried_again(opened: Callable[..., Page]) -> None:
    page = opened(q="toolpath")
    page.evaluate("fetched = fetch; fetch = async () => new Response('', {status: 503}); 0")
    page.locator(PANEL).get_by_role("button", name="BibTeX").click()
    failed = "Nothing was exported: digests/2025-03-14.bib could not be loaded (503). Try again."
    expect(status(page)).to_have_text(failed)
    page.evaluate("fetch = async () => { throw new TypeError('gone') }; 0")
    page.locator(PANEL).get_by_role("button", name="RIS").click()
    expect(status(page)).to_contain_text("digests/2025-03-14.ris could not be loaded. Try again.")
    page.evaluate("fetch = async () => new Response('[]'); 0")
    page.locator(PANEL).get_by_role("button", name="CSL-JSON").click()
    expect(status(page)).to_have_text("1 paper could not be found in the files of the days.")
    page.evaluate("fetch = fetched; 0")
    assert exported(page, "BibTeX")[0] == "papers-toolpath.bib"


def test_a_few_files_at_a_time_and_none_twice(opened: Callable[..., Page]) -> None:
    page = opened(to="2199")
    page.evaluate("""() => {
        const real = fetch;
        window.open_ = 0; window.most = 0; window.addresses = [];
        window.fetch = async (address) => {
            addresses.push(address);
            most = Math.max(most, ++open_);
            try { return await real(address); } finally { open_--; }
        };
    }""")
    exported(page, "BibTeX")
    assert page.evaluate("most") == 4
    assert page.evaluate("new Set(addresses).size === addresses.length && addresses.length") == 16


def test_nothing_of_it_on_a_disk_and_nothing_loaded_before_it_is_wanted(
    open_page: Open, local: str, serve: Callable[[Path], str], sample: Path
) -> None:
    page = open_page(f"{local}search.html?q=diffusion")
    expect(page.locator(".bs-search__results h3").first).to_be_visible()
    expect(take(page)).to_have_count(0)
    page = open_page(f"{serve(sample)}search.html?q=diffusion")
    expect(take(page)).to_be_visible()
    assert page.locator("script[src*=search-export]").count() == 0
