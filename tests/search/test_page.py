"""The page of the search as a reader uses it, over http below a path and from file://."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from generator.model import Tag
from tests.builders import Library, collect, library, record
from tests.search.reference import Reference

pytestmark = pytest.mark.browser

Open = Callable[..., Page]

HITS = ".bs-search__results h3 > a"
STATUS = ".bs-search__status"


@pytest.fixture(params=["http", "file"])
def base(request: pytest.FixtureRequest, site: Path, serve: Callable[[Path], str]) -> str:
    """Where the site is opened from."""
    return serve(site) if request.param == "http" else f"{site.as_uri()}/"


def box(page: Page) -> str:
    return page.input_value("[data-find]")


def test_without_a_question_it_explains_itself(open_page: Open, base: str, archive: Library) -> None:
    page = open_page(base + "search.html")
    expect(page.locator(".bs-search__advice")).to_contain_text(f"{len(archive.papers)} papers, listed from")
    expect(page.locator(".bs-search__advice dt")).to_have_count(4)
    expect(page.locator(".bs-search__advice .tags a").first).to_have_attribute("href", re.compile(r"\?tag="))
    expect(page.locator("[data-search-without]")).to_be_hidden()
    assert page.evaluate("document.querySelectorAll('script[src*=papers-]').length") == 0


def test_results_appear_while_typing_and_the_address_follows(
    open_page: Open, base: str, archive: Library
) -> None:
    page = open_page(base + "search.html")
    page.locator("[data-find]").press_sequentially("toolpath agent", delay=20)
    expect(page.locator(HITS).first).to_contain_text("CoSTA")
    found = Reference(archive).search({"q": "toolpath agent"})
    expect(page.locator(STATUS)).to_have_text(f"{len(found)} paper{'s' if len(found) > 1 else ''} found")
    assert page.url == f"{base}search.html?q=toolpath+agent"
    expect(page).to_have_title(re.compile("^toolpath agent - Search"))
    expect(page.locator(f"{HITS} mark").first).to_have_text("Toolpath")
    page.locator(HITS).first.click()
    page.wait_for_url(base + found[0])


def test_back_goes_through_the_questions_that_were_settled(open_page: Open, base: str) -> None:
    page = open_page(base + "search.html")
    page.fill("[data-find]", "diffusion")
    page.keyboard.press("Enter")
    first = page.locator(HITS).first.text_content() or ""
    page.locator("[data-find]").press_sequentially(" video", delay=5)
    expect(page.locator(HITS).first).not_to_have_text(first)
    page.locator(".bs-search__results .tags a").first.click()
    expect(page.locator(".bs-search__chips button")).to_have_count(1)
    assert "&tag=" in page.url
    page.go_back()
    expect(page.locator(".bs-search__chips button")).to_have_count(0)
    assert box(page) == "diffusion video"
    page.go_back()
    expect(page.locator(HITS).first).to_have_text(first)
    assert (box(page), page.url) == ("diffusion", f"{base}search.html?q=diffusion")
    page.go_back()
    expect(page.locator(".bs-search__advice dl")).to_be_visible()
    page.go_forward()
    expect(page.locator(HITS).first).to_have_text(first)


def test_a_link_to_results_sets_every_part_of_the_form(open_page: Open, base: str) -> None:
    query = "q=model&tag=Large+language+models&author=nobody&source=huggingface-daily&from=2025&to=2025-03&sort=date"
    page = open_page(f"{base}search.html?{query}")
    expect(page.locator(".bs-search__chips button")).to_have_count(5)
    form = {name: page.input_value(f".bs-search [name={name}]") for name in ("source", "from", "to", "sort")}
    assert form == {"source": "huggingface-daily", "from": "2025-01-01", "to": "2025-03-31", "sort": "date"}
    expect(page.locator(STATUS)).to_have_text("No papers found")
    page.get_by_role("button", name="Without author: nobody").click()
    expect(page.locator(HITS).first).to_be_visible()
    page.get_by_role("button", name="Remove filter Tag: Large language models").click()
    expect(page.locator(".bs-search__chips button")).to_have_count(3)
    assert (
        page.url
        == f"{base}search.html?q=model&source=huggingface-daily&from=2025-01-01&to=2025-03-31&sort=date"
    )


def test_filters_alone_list_by_date_and_more_can_be_shown(
    open_page: Open, base: str, archive: Library
) -> None:
    found = Reference(archive).search({"from": "2025-01-27"})
    page = open_page(f"{base}search.html?from=2025-01-27")
    hits = page.locator(HITS)
    expect(hits).to_have_count(20)
    page.get_by_role("button", name="Show 20 more").click()
    expect(hits).to_have_count(40)
    shown = hits.evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert shown == found[:40]
    assert page.evaluate("document.activeElement.getAttribute('href')") == found[20]


def test_coming_back_from_a_paper_finds_the_same_place(open_page: Open, base: str) -> None:
    page = open_page(f"{base}search.html?q=model")
    page.get_by_role("button", name="Show 20 more").click()
    expect(page.locator(HITS)).to_have_count(40)
    page.locator(HITS).nth(35).click()
    page.wait_for_url("**/papers/**")
    page.go_back()
    expect(page.locator(HITS)).to_have_count(40)
    page.wait_for_function("window.scrollY > 1000")


def test_the_keyboard_reaches_everything(open_page: Open, base: str) -> None:
    page = open_page(f"{base}search.html?q=diffusion")
    hits = page.locator(HITS)
    expect(hits).to_have_count(20)
    page.focus("[data-find]")
    for key, place in [("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0)]:
        page.keyboard.press(key)
        expect(hits.nth(place)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("[data-find]")).to_be_focused()
    page.keyboard.press("Escape")
    assert box(page) == ""
    expect(page.locator(".bs-search__advice dl")).to_be_visible()
    page.keyboard.type("diffusion")
    expect(hits).to_have_count(20)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/**")


@pytest.mark.parametrize(
    "q", ["<img src=x onerror=alert(1)>", '"><script>alert(1)</script>', "(a+)+$" * 300, "%F0%"]
)
def test_a_hostile_address_is_text(open_page: Open, base: str, q: str) -> None:
    query = urlencode(dict.fromkeys(("q", "tag", "author", "source", "from", "sort"), q))
    page = open_page(f"{base}search.html?{query}")
    expect(page.locator(STATUS)).to_have_text("No papers found")
    assert page.locator("main img, main article script:not([src])").count() == 0
    assert box(page) == q
    expect(page.locator(".bs-search__chips button").first).to_contain_text(q[:20])


def test_hostile_papers_are_text(open_page: Open, make_site: Callable[..., Path]) -> None:
    text = "</script><img src=x onerror=alert(1)> {{ 7*7 }} \u2028 diffusion"
    hostile = record(text, arxiv_id="2503.00001", authors=(text,), abstract=text * 20)
    site = make_site(library(hostile, tag=lambda _: (Tag("label", text, "x"),)))
    page = open_page(f"{site.as_uri()}/search.html?q=diffusion&tag=nothing")
    page.get_by_role("button", name="Without filters").click()
    expect(page.locator(HITS)).to_have_text(text.replace("\u2028", " "), use_inner_text=True)
    assert page.locator(".bs-search img").count() == 0


def test_a_missing_data_file_is_said_in_words_and_can_be_tried_again(
    open_page: Open, make_site: Callable[..., Path]
) -> None:
    papers = library(*(record(f"Diffusion {i}", arxiv_id=f"2503.0000{i}") for i in range(4)))
    site = make_site(papers, size=2)
    shard = site / "search/papers-0001.js"
    content = shard.read_bytes()
    shard.write_bytes(b"// nothing in here\n")
    page = open_page(f"{site.as_uri()}/search.html?q=diffusion")
    expect(page.locator(STATUS)).to_contain_text("search/papers-0001.js could not be loaded")
    shard.write_bytes(content)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(HITS)).to_have_count(4)


def test_an_empty_archive_says_so(open_page: Open, make_site: Callable[..., Path]) -> None:
    page = open_page(f"{make_site(collect([])).as_uri()}/search.html")
    expect(page.locator(".bs-search__advice")).to_have_text("There are no papers yet.")


def test_without_javascript_it_says_what_is_possible(open_page: Open, base: str) -> None:
    page = open_page(base + "search.html", java_script_enabled=False)
    expect(page.locator("[data-search-without]")).to_contain_text("needs JavaScript")
    expect(page.locator(".bs-search")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_nothing_is_wider_than_the_window(open_page: Open, site: Path, width: int) -> None:
    address = f"{site.as_uri()}/search.html?q=model&tag={'x' * 100}&from=2025"
    page = open_page(address, viewport={"width": width, "height": 800})
    page.click("summary >> visible=true")
    expect(page.locator(STATUS)).to_have_text("No papers found")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_control_has_a_name(open_page: Open, site: Path) -> None:
    page = open_page(
        f"{site.as_uri()}/search.html?q=model&from=2025", viewport={"width": 1280, "height": 800}
    )
    expect(page.locator(HITS)).to_have_count(20)
    for role, names in {
        "searchbox": ["Words to search for"],
        "textbox": ["Author"],
        "combobox": ["Tag", "Source", "Order"],
        "button": ["Search", "Remove filter From 1 January 2025", "Show 20 more"],
        "status": [""],
    }.items():
        for name in names:
            expect(page.get_by_role(role, name=name, exact=True).first).to_be_visible()  # type: ignore[arg-type]
