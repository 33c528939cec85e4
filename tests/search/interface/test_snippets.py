"""The abstracts of what was found, out of the papers' own pages: over http below a path and from file://."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from generator.model import Paper
from tests.builders import Library

pytestmark = pytest.mark.browser

Open = Callable[..., Page]

SNIPPETS = ".bs-search__snippet"
HITS = ".bs-search__results h3 > a"
PAPER = "papers/2503.10613.html"


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def shown(paper: Paper) -> str:
    """The text of the abstract on its page, formulas as the text of their elements."""
    return squeezed(html.unescape(re.sub("<[^<>]+>", "", paper.prose.as_html)))


def test_the_abstract_of_every_paper_is_that_of_its_page(
    open_page: Open, base: str, archive: Library
) -> None:
    page = open_page(base + "search.html")
    papers = list(archive.papers.values())[:: 1 if base.startswith("http") else 12]
    asked = [paper.address for paper in papers]
    given = page.evaluate("asked => Promise.all(asked.map(one => Broadsheet.abstract(one)))", asked)
    assert [squeezed(text) for text in given] == [shown(paper) for paper in papers]
    expect(page.locator("iframe")).to_have_count(0)


def test_results_show_the_part_of_the_abstract_that_answers(open_page: Open, base: str) -> None:
    page = open_page(base + "search.html?q=toolpath+estimations")
    snippet = page.locator(SNIPPETS)
    expect(snippet).to_contain_text("estimations of capabilities")
    expect(snippet.locator("mark").first).to_be_visible()
    assert "estimations" in snippet.locator("mark").all_inner_texts()
    assert 150 < len(snippet.inner_text()) < 300
    assert snippet.inner_text().startswith("… ")


def test_what_is_known_is_shown_at_once(open_page: Open, local: str) -> None:
    page = open_page(local + "search.html?q=toolpath")
    expect(page.locator(SNIPPETS)).to_contain_text("Text-to-image")
    page.evaluate("() => { Broadsheet.abstract = () => new Promise(() => {}); }")
    page.fill("[data-find]", "estimations toolpath")
    expect(page.locator(f"{SNIPPETS} mark").first).to_have_text("estimations")


def test_they_are_asked_for_near_the_window_when_nobody_types(
    chromium: Browser, sample: Path, serve: Callable[[Path], str]
) -> None:
    base = serve(sample)
    context = chromium.new_context(viewport={"width": 1280, "height": 700})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/papers/" in request.url else None)
    page.goto(base + "search.html?q=model")
    expect(page.locator(SNIPPETS).first).not_to_be_empty()
    expect(page.locator(HITS)).to_have_count(20)
    assert 0 < len(asked) < 12
    before = len(asked)
    page.locator(HITS).last.scroll_into_view_if_needed()
    expect(page.locator(SNIPPETS).last).not_to_be_empty()
    assert len(asked) > before
    assert len(asked) == len(set(asked))
    page.evaluate(
        "Promise.all([Broadsheet.abstract('papers/2503.10613.html'), Broadsheet.abstract('papers/2503.10613.html')])"
    )
    page.evaluate("Broadsheet.abstract('papers/2503.10613.html')")
    assert len(asked) == len(set(asked))
    context.close()


def test_no_more_than_four_are_asked_for_at_a_time(
    chromium: Browser, sample: Path, serve: Callable[[Path], str]
) -> None:
    base = serve(sample)
    context = chromium.new_context()
    page = context.new_page()
    held: list[Route] = []
    page.route("**/papers/**", lambda route: held.append(route))
    page.goto(base + "search.html")
    page.evaluate(
        """() => {
            window.results = [];
            for (let i = 0; i < 7; i++) {
                const told = text => results.push([i, text.length > 100]);
                Broadsheet.abstract(`papers/2503.10613.html?${i}`, () => i < 5).then(told);
            }
        }"""
    )
    for expected in (4, 5):
        for _ in range(1000):
            if len(held) == expected:
                break
            page.wait_for_timeout(10)
        assert len(held) == expected
        held[expected - 4].continue_()
    for route in held[2:]:
        route.continue_()
    page.wait_for_function("results.length === 7")
    results = page.evaluate("results.sort((a, b) => a[0] - b[0])")
    assert results == [[i, i < 5] for i in range(7)]
    assert len(held) == 5
    context.close()


@pytest.mark.parametrize("address", ["papers/nothing.html", "guide/index.html", "assets/css/site.css"])
def test_a_page_that_cannot_be_had_has_no_abstract(chromium: Browser, base: str, address: str) -> None:
    page = chromium.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(base + "search.html")
    assert page.evaluate("address => Broadsheet.abstract(address)", address) == ""
    assert errors == []
    expect(page.locator("iframe")).to_have_count(0)
    page.close()


def test_a_result_without_an_abstract_is_whole_without_it(open_page: Open, base: str) -> None:
    page = open_page(base + "search.html")
    page.evaluate("() => { Broadsheet.abstract = async () => ''; }")
    page.fill("[data-find]", "toolpath")
    expect(page.locator(HITS)).to_have_count(1)
    expect(page.locator(SNIPPETS)).to_have_count(0)


def test_only_its_own_frame_is_believed_and_only_a_text(open_page: Open, local: str) -> None:
    page = open_page(local + "search.html")
    given = page.evaluate(
        """async address => {
            const asked = Broadsheet.abstract(address);
            for (let i = 0; i < 20; i++) {
                window.postMessage({ address, abstract: "a lie" }, "*");
                await new Promise(resolve => setTimeout(resolve, 5));
            }
            return asked;
        }""",
        PAPER,
    )
    assert given.startswith("Text-to-image models")


def test_in_a_frame_nothing_of_the_page_runs(chromium: Browser, sample: Path, tmp_path: Path) -> None:
    """A site's own scripts, and whatever else stands in the page."""
    site = tmp_path / "site"
    (site / "papers").mkdir(parents=True)
    (site / "assets").symlink_to(sample / "assets", target_is_directory=True)
    extra = "<script>parent.postMessage({abstract: 'ran'}, '*')</script><img src=x onerror=parent.postMessage('','*')>"
    text = (sample / PAPER).read_text("utf-8")
    assert "<main" in text
    (site / PAPER).write_text(text.replace("<main", f"{extra}<main"))
    (site / "search.html").write_text((sample / "search.html").read_text("utf-8"))
    page = chromium.new_page()
    page.goto(f"{site.as_uri()}/search.html")
    page.evaluate("addEventListener('message', event => { (window.heard ||= []).push(event.data) })")
    given = page.evaluate("address => Broadsheet.abstract(address)", PAPER)
    assert given.startswith("Text-to-image models")
    assert page.evaluate("heard") == [{"address": f"{site.as_uri()}/{PAPER}", "abstract": given}]
    page.close()


ABSTRACT = "alpha " + "filler " * 60 + "beta gamma " + "more " * 60 + "<b>delta</b> end"


@pytest.mark.parametrize(
    ("terms", "marked"),
    [
        ([], []),
        (["alpha"], ["alpha"]),
        (["beta", "gamma"], ["beta", "gamma"]),
        (["alpha", "beta", "gamma"], ["beta", "gamma"]),
        (["end", "alpha"], ["alpha"]),
        (["end"], ["end"]),
    ],
)
def test_a_snippet_is_the_part_with_most_of_the_words(
    open_page: Open, local: str, terms: list[str], marked: list[str]
) -> None:
    page = open_page(local + "search.html")
    made: dict[str, Any] = page.evaluate(
        "([text, terms]) => Broadsheet.snippet(text, terms)", [ABSTRACT, terms]
    )
    assert [made["text"][start:end] for start, end in made["ranges"]] == marked
    assert len(made["text"]) <= 280
    assert made["text"].strip("… ") in squeezed(ABSTRACT)
    assert made["text"].startswith("… ") is (marked not in ([], ["alpha"]))


@pytest.mark.parametrize("text", ["", "short", "語" * 600, "\N{GRINNING FACE}" * 600, " \n\t ", "x" * 5000])
def test_a_snippet_of_any_text_is_short_and_whole(open_page: Open, local: str, text: str) -> None:
    page = open_page(local + "search.html")
    made: dict[str, Any] = page.evaluate("text => Broadsheet.snippet(text, [])", text)
    assert len(made["text"].encode("utf-16-le")) // 2 <= 270
    assert made["text"].rstrip("… ") in text.strip()
    assert made["ranges"] == []
