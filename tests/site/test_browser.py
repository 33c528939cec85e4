"""The sample site in a real browser: over http below a path and from file://, in both schemes, on phone and desktop."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, Route

ADDRESSES = [
    "index.html",
    "papers/2503.10613.html",
    "digests/2025-03-14.html",
    "archive/index.html",
    "archive/2025-03.html",
    "tags/index.html",
    "tags/large-language-models.html",
    "authors/index.html",
    "sources/huggingface.html",
    "account.html",
    "search.html",
    "guide/index.html",
]


@pytest.fixture(scope="session", params=["http", "file"])
def base(request: pytest.FixtureRequest, sample: Path, serve: Callable[[Path], str]) -> str:
    """Where the sample site is opened from."""
    site = sample / "site"
    return serve(site) if request.param == "http" else f"{site.as_uri()}/"


@contextmanager
def opened(
    browser: Browser, address: str, scheme: Literal["light", "dark"] = "light", width: int = 1280
) -> Iterator[tuple[Page, list[str]]]:
    """A page in a context of its own, and what it complains about or loads from elsewhere."""
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    page, complaints = context.new_page(), list[str]()
    home = address.partition("/some/path/")[0] if address.startswith("http") else "file://"
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(f"failed: {request.url}"))
    page.on("request", lambda r: None if r.url.startswith((home, "data:")) else complaints.append(r.url))
    page.on("response", lambda r: complaints.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    page.goto(address)
    yield page, complaints
    context.close()


def edges(locator: Locator) -> tuple[float, float]:
    """Where an element begins and ends on its line, in pixels from the window's left."""
    box = locator.bounding_box()
    assert box
    return box["x"], box["x"] + box["width"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_open_without_a_complaint(chromium: Browser, base: str, address: str) -> None:
    with opened(chromium, base + address) as (page, complaints):
        assert page.locator("h1").count() == 1
        assert page.locator("main").count() == 1
        assert page.title()
        assert complaints == []


def test_the_page_for_lost_addresses_needs_nothing_where_the_site_has_no_address(
    chromium: Browser, base: str
) -> None:
    with opened(chromium, base + "404.html") as (page, complaints):
        assert page.locator("h1").inner_text() == "There is no page at this address"
        assert page.locator("a:visible, input:visible, form").count() == 0
        assert complaints == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_scrolls_sideways_on_the_smallest_phone(
    chromium: Browser, sample: Path, address: str
) -> None:
    with opened(chromium, f"{(sample / 'site').as_uri()}/{address}", width=320) as (page, _):
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_search_finds_a_paper_by_a_word_of_its_abstract(chromium: Browser, base: str) -> None:
    with opened(chromium, base + "search.html?q=subtask+toolpath") as (page, complaints):
        page.wait_for_selector("text=CoSTA")
        page.click("a:has-text('CoSTA')")
        page.wait_for_selector("h1:has-text('CoSTA')")
        assert page.url.endswith("papers/2503.10613.html")
        assert complaints == []


@pytest.mark.parametrize("address", ["digests/2025-03-14.html", "guide/index.html"])
def test_the_sections_are_one_row_of_a_phone_and_the_open_one_is_in_view(
    chromium: Browser, sample: Path, address: str
) -> None:
    with opened(chromium, f"{(sample / 'site').as_uri()}/{address}", width=320) as (page, _):
        tops = page.locator(".bs-header nav a").evaluate_all("items => items.map(item => item.offsetTop)")
        assert len(set(tops)) == 1
        left, right = edges(page.locator(".bs-header nav [aria-current]"))
        assert 0 <= left < right <= 320


def test_every_page_ends_alike_but_home_says_what_made_it(chromium: Browser, sample: Path) -> None:
    said = {}
    for address in ADDRESSES:
        with opened(chromium, f"{(sample / 'site').as_uri()}/{address}") as (page, _):
            said[address] = page.locator("footer").inner_text()
    assert "Made with Material for MkDocs" in said.pop("index.html")
    assert len(said) > 5
    assert len(set(said.values())) == 1


def test_the_guide_shows_its_own_pages_and_copies_beside_the_code(chromium: Browser, sample: Path) -> None:
    address = f"{(sample / 'site').as_uri()}/guide/index.html"
    with opened(chromium, address) as (page, _):
        links = page.locator(".md-sidebar--primary a:visible")
        assert links.count() > 3
        assert all("/guide/" in link for link in links.evaluate_all("links => links.map(link => link.href)"))
        first, _ = edges(links.locator(".md-ellipsis").first)
        assert first == pytest.approx(edges(page.locator(".bs-header > a"))[0], abs=1)
    with opened(chromium, address, width=390) as (page, _):
        page.wait_for_selector(".md-code__button")
        code, button = page.locator("pre > code").first, page.locator(".md-code__button").first
        assert edges(code)[1] <= edges(button)[0]


def test_small_links_are_high_enough_for_a_finger(chromium: Browser, sample: Path) -> None:
    with opened(chromium, f"{(sample / 'site').as_uri()}/digests/2025-03-14.html", width=390) as (page, _):
        heights = page.locator(".bs-entries h3 + p a, .bs-entries h3 a, footer a").evaluate_all(
            "links => links.map(link => link.getClientRects()[0].height)"
        )
        assert min(heights) >= 24


def test_no_line_begins_with_the_dot_between_two_facts(chromium: Browser, sample: Path) -> None:
    with opened(chromium, f"{(sample / 'site').as_uri()}/digests/2025-03-14.html") as (page, _):
        bylines = page.locator(".bs-entries h3 + p").evaluate_all(
            "lines => lines.map(line => line.textContent)"
        )
        assert any("\N{NO-BREAK SPACE}·" in line for line in bylines)
        assert not any(" ·" in line for line in bylines)


def test_pagers_lead_to_older_pages_on_the_left(chromium: Browser, sample: Path) -> None:
    for address in ("digests/2025-03-14.html", "archive/2025-03.html"):
        with opened(chromium, f"{(sample / 'site').as_uri()}/{address}") as (page, _):
            older, newer = page.locator(".bs-pager").last.get_by_role("link").all()
            assert Path(older.evaluate("a => a.href")).name < Path(page.url).name
            assert Path(newer.evaluate("a => a.href")).name > Path(page.url).name


def test_schemes_follow_the_system_and_the_button(chromium: Browser, base: str) -> None:
    colour = "getComputedStyle(document.body).backgroundColor"
    with opened(chromium, base + "index.html", "light") as (page, _):
        light = page.evaluate(colour)
    with opened(chromium, base + "index.html", "dark") as (page, _):
        dark = page.evaluate(colour)
        button = page.locator("header.bs-header button")
        button.click()
        assert page.evaluate(colour) == light
        page.goto(base + "guide/index.html")
        assert page.evaluate(colour) == light
        button.click()
        assert page.evaluate(colour) == dark
    assert light != dark


def test_bibtex_is_that_of_the_days_files(chromium: Browser, sample: Path) -> None:
    """What a page makes of its own head, and what stands on a page because it is TeX."""
    listed = "\n".join(file.read_text("utf-8") for file in (sample / "site/digests").glob("*.bib"))
    papers = sorted((sample / "site/papers").glob("*.html"))
    made = 0
    for file in [*papers[::8], *(paper for paper in papers if not paper.name[:4].isdigit())]:
        text = file.read_text("utf-8")
        with opened(chromium, file.as_uri()) as (page, complaints):
            page.get_by_role("button", name="Copy BibTeX").wait_for()
            entry = page.locator("pre#bibtex").text_content() or "none"
            assert entry in listed, file
            assert ("data-key" in text) == ("<pre id=bibtex>" not in text)
            made += "data-key" in text
            assert complaints == []
    assert made > 20


@pytest.mark.parametrize(
    "key", ["2503.10613", "2412.05467", "biper-binary-neural-networks-using-a-periodic-function-7a49f0"]
)
def test_ris_and_csl_are_those_of_exports(
    chromium: Browser, base: str, sample: Path, csl_items: dict[str, Any], key: str
) -> None:
    """What a page makes of its own head is what the program writes of the paper."""
    with opened(chromium, f"{base}papers/{key}.html") as (page, complaints):
        page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text }")
        page.get_by_role("button", name="Copy RIS").click()
        ris = page.evaluate("window.copied")
        page.get_by_role("button", name="Copy CSL-JSON").click()
        (csl,) = json.loads(page.evaluate("window.copied"))
        assert complaints == []
    digests = sample / "site/digests"
    day = next(path for path in digests.glob("*.json") if f'"key":"{key}"' in path.read_text("utf-8"))
    assert f"\n{ris}" in "\n" + day.with_suffix(".ris").read_text("utf-8")
    assert csl == csl_items[csl["id"]]


def test_sharing_is_offered_where_the_address_leads_others(chromium: Browser, base: str) -> None:
    with opened(chromium, base + "papers/2503.10613.html") as (page, complaints):
        links = page.locator("aside .bs-links a")
        if base.startswith("file:"):
            assert links.count() == 0
            return
        assert links.all_inner_texts() == ["Mastodon", "Bluesky", "X", "LinkedIn", "E-mail"]
        for address in links.evaluate_all("all => all.map(a => decodeURIComponent(a.href))"):
            assert f"{base}papers/2503.10613.html" in address
        assert complaints == []


def test_a_feed_explains_itself(chromium: Browser, base: str) -> None:
    with opened(chromium, base + "feed.xml") as (page, _):
        said = "getComputedStyle(document.querySelector('feed > title'), '::after').content"
        assert "This is a feed" in page.evaluate(said)
        assert page.locator("entry > title").first.is_visible()
        assert not page.locator("entry > content").first.is_visible()


def test_the_permalink_is_copied_where_it_leads_others(chromium: Browser, base: str) -> None:
    with opened(chromium, base + "papers/2503.10613.html") as (page, complaints):
        page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text }")
        page.get_by_role("button", name="Copy BibTeX").click()
        assert page.evaluate("window.copied").startswith("@misc{gupta-2503")
        button = page.get_by_role("button", name="Copy link")
        if base.startswith("http"):
            button.click()
            assert page.evaluate("window.copied") == f"{base}papers/2503.10613.html"
        else:
            assert button.count() == 0
        assert complaints == []


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("papers/2503.10613.html", ["search-links.js", "copy.js", "cite.js", "share.js"]),
        ("digests/2025-03-14.html", ["skim.js", "zotero.js"]),
        ("tags/large-language-models.html", ["skim.js", "zotero.js"]),
        ("archive/index.html", []),
        ("search.html", ["skim.js"]),
        ("guide/index.html", []),
    ],
)
def test_pages_get_the_scripts_they_have_a_use_for(
    chromium: Browser, base: str, address: str, own: list[str]
) -> None:
    with opened(chromium, base + address) as (page, complaints):
        sources = page.evaluate(
            "[...document.head.querySelectorAll('script[src]')].map(script => script.src)"
        )
        added = [source for source in sources if source.startswith(f"{base}assets/js/")]
        own = [name for name in own if name != "zotero.js" or base.startswith("http")]
        names = ["site.js", "search-field.js", *own, "shortcuts.js"]
        assert added == [f"{base}assets/js/{name}" for name in names]
        assert complaints == []


def test_the_first_paint_waits_for_the_field_in_the_header(
    chromium: Browser, sample: Path, serve: Callable[[Path], str]
) -> None:
    context = chromium.new_context()
    page = context.new_page()

    def late(route: Route) -> None:
        time.sleep(0.5)
        route.continue_()

    page.route("**/search-field.js", late)
    page.goto(serve(sample / "site") + "papers/2503.10613.html")
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    arrived = page.evaluate(
        "performance.getEntriesByType('resource').find(one => one.name.endsWith('search-field.js')).responseEnd"
    )
    assert 500 < arrived <= painted
    context.close()


def test_keys_skim_a_list_and_open_a_paper(chromium: Browser, base: str) -> None:
    with opened(chromium, base + "digests/2025-03-14.html") as (page, complaints):
        titles = page.locator("[data-skim] h3 > a:first-child")
        for keys, place in [("jj", 1), ("k", 0), ("k", 0), ("jj", 2)]:
            page.keyboard.type(keys)
            assert titles.nth(place).evaluate("link => link === document.activeElement")
        titles.nth(1).focus()
        page.keyboard.press("j")
        page.keyboard.press("o")
        page.wait_for_selector("#permalink")
        assert "/papers/" in page.url
        assert complaints == []


def test_keys_are_listed_and_can_be_switched_off(chromium: Browser, base: str) -> None:
    with opened(chromium, base + "digests/2025-03-14.html") as (page, complaints):
        page.evaluate("Broadsheet.keys.x = {does: 'mine', run: () => { window.mine = true }}")
        page.keyboard.press("x")
        assert page.evaluate("window.mine")
        page.keyboard.press("?")
        dialog = page.get_by_role("dialog", name="Keyboard")
        assert dialog.locator("kbd").all_inner_texts() == ["j", "k", "o", "/", "Ctrl K", "?", "x"]
        dialog.get_by_label("Keys are on").uncheck()
        dialog.get_by_role("button", name="Close").click()
        page.keyboard.press("?")
        assert not dialog.is_visible()
        page.goto(base + "archive/index.html")
        page.keyboard.press("?")
        assert not dialog.is_visible()
        page.get_by_role("button", name="Keyboard").click()
        assert dialog.locator("kbd").all_inner_texts() == ["/", "Ctrl K", "?"]
        assert not dialog.get_by_label("Keys are on").is_checked()
        assert complaints == []


def test_pages_are_whole_without_javascript(chromium: Browser, sample: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{(sample / 'site').as_uri()}/papers/2503.10613.html")
    assert page.locator("text=agentic workflow").first.is_visible()
    citation = page.get_by_role("link", name="BibTeX of its day").get_attribute("href")
    assert "@misc{gupta-2503.10613," in (sample / "site/papers" / str(citation)).read_text("utf-8")
    page.goto(f"{(sample / 'site').as_uri()}/search.html")
    assert page.locator("text=needs JavaScript").is_visible()
    context.close()
