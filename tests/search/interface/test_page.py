"""The page of the search as a reader uses it, over http below a path and from file://."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, Page, expect

from generator.build import build
from generator.settings import load_settings
from tests.builders import Library
from tests.search.interface.conftest import fake_search
from tests.site.conftest import MKDOCS

pytestmark = pytest.mark.browser

Open = Callable[..., Page]

HITS = ".bs-search__results h3 > a"
STATUS = ".bs-search__status"
ADVICE = ".bs-search__advice"
CHIPS = ".bs-search__chips button"
FACETS = ".bs-search__facets"
ASKED = "Broadsheet.asked"


def box(page: Page) -> str:
    return page.input_value("[data-find]")


def hrefs(page: Page) -> list[str]:
    found: list[str] = page.locator(HITS).evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    return found


def address(page: Page) -> str:
    return page.url.rpartition("/")[2]


def open_filters(page: Page) -> None:
    page.get_by_text("Filters", exact=True).click()


# ---- Asking


def test_without_a_question_it_explains_itself(open_page: Open, base: str, archive: Library) -> None:
    page = open_page(base + "search.html")
    expect(page.locator(ADVICE)).to_contain_text(f"{len(archive.papers)} papers, listed from")
    for code in ("-survey", "OR", '"chain of thought"', "title:", "author:", "id:", "after:", "year:"):
        expect(page.locator(f"{ADVICE} dl")).to_contain_text(code)
    expect(page.locator(f"{ADVICE} .tags a").first).to_have_attribute("href", re.compile(r"\?tag="))
    expect(page.locator("[data-search-without], .bs-search__help, .bs-search__bar")).to_have_count(3)
    for part in ("[data-search-without]", ".bs-search__help", ".bs-search__bar"):
        expect(page.locator(part)).to_be_hidden()


def test_the_language_of_questions_can_be_looked_up_beside_results(open_page: Open, local: str) -> None:
    page = open_page(local + "search.html?q=diffusion")
    expect(page.locator(HITS).first).to_be_visible()
    page.get_by_text("How to ask").click()
    expect(page.locator(".bs-search__help dl")).to_contain_text("without a word")
    page.fill("[data-find]", "")
    expect(page.locator(f"{ADVICE} dl")).to_be_visible()


def test_results_appear_while_typing_and_the_address_follows(open_page: Open, base: str) -> None:
    page = open_page(base + "search.html")
    page.locator("[data-find]").press_sequentially("toolpath agen", delay=20)
    expect(page.locator(STATUS)).to_have_text("1 paper found")
    expect(page.locator(HITS)).to_contain_text("CoSTA")
    expect(page.locator(f"{HITS} mark").first).to_have_text("Toolpath")
    expect(page).to_have_url(f"{base}search.html?q=toolpath+agen")
    assert page.evaluate(f"{ASKED}.at(-1).search") == {"q": "toolpath agen", "prefix": True, "limit": 20}
    expect(page).to_have_title(re.compile("^toolpath agen - Search"))
    page.locator(HITS).click()
    page.wait_for_url(f"{base}papers/2503.10613.html")


def test_enter_asks_for_whole_words(open_page: Open, local: str) -> None:
    page = open_page(local + "search.html")
    page.locator("[data-find]").press_sequentially("diffusio")
    expect(page.locator(HITS).first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(STATUS)).to_have_text("No papers found")
    assert page.evaluate(f"{ASKED}.at(-1).search") == {"q": "diffusio", "limit": 20}


def test_names_that_match_are_shown_among_many(
    open_page: Open, local: str, fake_papers: list[dict[str, Any]]
) -> None:
    many = next(
        p["result"] for p in fake_papers if len(p["result"]["authors"]) == 8 and p["result"]["others"]
    )
    name = many["authors"][6]
    page = open_page(f"{local}search.html?{urlencode({'q': name})}")
    line = page.locator(f"h3:has(a[href='{many['address']}']) + p")
    expect(line).to_contain_text(name)
    expect(line).to_contain_text(f"and {many['others'] + 4} others")
    assert name.split()[0] in line.locator("mark").all_inner_texts()


def test_filters_alone_list_and_more_can_be_shown(
    open_page: Open, base: str, fake_papers: list[dict[str, Any]]
) -> None:
    found = [p["result"]["address"] for p in fake_papers if p["result"]["day"] >= "2025-01-27"]
    page = open_page(f"{base}search.html?from=2025-01-27")
    expect(page.locator(HITS)).to_have_count(20)
    page.get_by_role("button", name="Show 20 more").click()
    expect(page.locator(HITS)).to_have_count(40)
    assert hrefs(page) == found[:40]
    expect(page.locator(HITS).nth(20)).to_be_focused()


def test_more_is_added_once_however_often_it_is_asked_for(open_page: Open, local: str) -> None:
    page = open_page(local + "search.html?q=model")
    expect(page.locator(HITS)).to_have_count(20)
    page.evaluate("const more = document.querySelector('.bs-search__more'); more.click(); more.click()")
    expect(page.locator(HITS)).to_have_count(40)
    addresses = page.locator(HITS).evaluate_all(
        "all => all.map(one => one.querySelector('a')?.href || one.href)"
    )
    assert len({*addresses}) == 40


def test_a_date_that_is_typed_is_one_question_behind_back(open_page: Open, local: str) -> None:
    page = open_page(local + "search.html?q=model")
    expect(page.locator(HITS)).to_have_count(20)
    open_filters(page)
    page.get_by_label("From", exact=True).focus()
    page.keyboard.type("01012025")
    expect(page).to_have_url(re.compile("from=2025-01-01"))
    page.evaluate("history.back()")
    expect(page).to_have_url(re.compile(r"q=model$"))
    expect(page.get_by_label("From", exact=True)).to_have_value("")


def test_a_pasted_title_keeps_its_hyphens(open_page: Open, local: str) -> None:
    page = open_page(local + "search.html")
    box = page.get_by_role("searchbox", name="Words to search for")
    box.focus()
    page.evaluate("""() => {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text", "Projections for  k -means of a\\nsurvey -x");
        const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
        document.activeElement.dispatchEvent(paste);
    }""")
    expect(box).to_have_value("Projections for k-means of a survey -x")
    expect(page).to_have_url(re.compile("k-means"))


def test_the_order_can_be_changed(open_page: Open, local: str) -> None:
    page = open_page(local + "search.html?q=diffusion")
    expect(page.locator(HITS)).to_have_count(20)
    page.get_by_label("Order").select_option("Newest first")
    expect(page).to_have_url(re.compile("sort=date"))
    assert page.evaluate(f"{ASKED}.at(-1).search.sort") == "date"
    page.reload()
    expect(page.get_by_label("Order")).to_have_value("date")


# ---- What is said of the answer


def test_a_repair_is_said_and_can_be_refused(open_page: Open, base: str) -> None:
    page = open_page(base + "search.html?q=difusion")
    expect(page.locator(STATUS)).to_have_text(re.compile(r"^\d+ papers found for diffusion$"))
    expect(page.locator(ADVICE)).to_have_text("Showing results for diffusion. Search instead for difusion.")
    page.get_by_role("button", name="difusion").click()
    expect(page.locator(STATUS)).to_have_text("No papers found")
    expect(page.locator(ADVICE)).to_have_text("No paper has difusion.")
    assert page.evaluate(f"{ASKED}.at(-1).search") == {"q": "difusion", "exactly": True, "limit": 20}
    page.reload()
    expect(page.locator(STATUS)).to_have_text("No papers found")
    page.fill("[data-find]", "difusion ")
    expect(page.locator(ADVICE)).to_contain_text("Showing results for diffusion")
    page.get_by_role("link", name="diffusion", exact=True).click()
    expect(page.locator(ADVICE)).to_be_empty()
    assert (box(page), address(page)) == ("diffusion", "search.html?q=diffusion")


def test_a_part_of_the_words_is_said_to_be_one(open_page: Open, base: str) -> None:
    page = open_page(base + "search.html?q=diffusion+zzebra")
    expect(page.locator(STATUS)).to_have_text("No paper has all of these words; these have some of them")
    expect(page.locator(ADVICE)).to_have_text("No paper has zzebra.")
    expect(page.locator(HITS)).to_have_count(20)
    expect(page.locator(".bs-search__more")).to_be_hidden()


def test_an_identifier_leads_straight_to_the_paper(open_page: Open, base: str) -> None:
    paper = f"{base}papers/2503.10613.html"
    page = open_page(base + "index.html")
    page.goto(base + "search.html?q=2503.10613")
    page.wait_for_url(paper)
    page.go_back()
    page.wait_for_url(base + "index.html")

    page.goto(base + "search.html")
    page.locator("[data-find]").press_sequentially("2503.10613", delay=5)
    expect(page.locator(HITS)).to_have_count(1)
    expect(page.locator(HITS)).to_have_attribute("href", "papers/2503.10613.html")
    page.reload()
    expect(page.locator(HITS)).to_have_count(1)
    page.focus("[data-find]")
    page.keyboard.press("Enter")
    page.wait_for_url(paper)
    page.go_back()
    expect(page.locator(HITS)).to_have_count(1)
    assert address(page) == "search.html?q=2503.10613"


def test_a_missing_data_file_is_said_in_words_and_can_be_tried_again(open_page: Open, base: str) -> None:
    page = open_page(base + "search.html")
    page.evaluate("window.broken = true")
    page.fill("[data-find]", "diffusion")
    expect(page.locator(STATUS)).to_contain_text("search/one.js could not be loaded")
    page.evaluate("window.broken = false")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(HITS)).to_have_count(20)


# ---- The history


def test_back_goes_through_the_questions_that_were_settled(open_page: Open, base: str) -> None:
    page = open_page(base + "search.html")
    page.fill("[data-find]", "diffusion")
    page.keyboard.press("Enter")
    first = page.locator(HITS).first.text_content() or ""
    page.locator("[data-find]").press_sequentially(" video", delay=5)
    expect(page.locator(HITS).first).not_to_have_text(first)
    # What is clicked is of the last key's answer, not of an earlier one's.
    expect(page).to_have_url(f"{base}search.html?q=diffusion+video")
    page.locator(".bs-search__results .tags a").first.click()
    expect(page.locator(CHIPS)).to_have_count(1)
    assert "&tag=" in page.url
    page.go_back()
    expect(page.locator(CHIPS)).to_have_count(0)
    assert box(page) == "diffusion video"
    page.go_back()
    expect(page.locator(HITS).first).to_have_text(first)
    assert (box(page), page.url) == ("diffusion", f"{base}search.html?q=diffusion")
    page.go_back()
    expect(page.locator(f"{ADVICE} dl")).to_be_visible()
    page.go_forward()
    expect(page.locator(HITS).first).to_have_text(first)


def test_a_link_to_results_sets_every_part_of_the_form(open_page: Open, base: str) -> None:
    query = (
        "q=model&tag=Large+language+models&author=nobody&source=reading-group&from=2025&to=2025-03&sort=date"
    )
    page = open_page(f"{base}search.html?{query}")
    expect(page.locator(CHIPS)).to_have_count(5)
    expect(page.locator(CHIPS).nth(2)).to_contain_text("Source: Reading group")
    form = {name: page.input_value(f".bs-search [name={name}]") for name in ("source", "from", "to", "sort")}
    assert form == {"source": "reading-group", "from": "2025-01-01", "to": "2025-03-31", "sort": "date"}
    expect(page.locator(STATUS)).to_have_text("No papers found")
    page.get_by_role("button", name="Without author: nobody").click()
    expect(page.locator(CHIPS)).to_have_count(4)
    page.get_by_role("button", name="Remove filter Source: Reading group").click()
    expect(page.locator(HITS).first).to_be_visible()
    page.get_by_role("button", name="Remove filter Tag: Large language models").click()
    expect(page.locator(CHIPS)).to_have_count(2)
    assert address(page) == "search.html?q=model&from=2025-01-01&to=2025-03-31&sort=date"


def test_coming_back_from_a_paper_finds_the_same_place(open_page: Open, base: str) -> None:
    page = open_page(base + "search.html")
    page.locator("[data-find]").press_sequentially("mode", delay=5)
    page.get_by_role("button", name="Show 20 more").click()
    expect(page.locator(HITS)).to_have_count(40)
    hit = page.locator(HITS).nth(35)
    hit.scroll_into_view_if_needed()
    expect(page.locator(".bs-search__snippet").nth(35)).not_to_be_empty()
    before = hit.bounding_box()
    hit.click()
    page.wait_for_url("**/papers/**")
    page.go_back()
    expect(page.locator(HITS)).to_have_count(40)
    assert box(page) == "mode"
    page.wait_for_function("window.scrollY > 1000")
    after = page.locator(HITS).nth(35).bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) < 100


# ---- Filters with counts


def test_facets_are_counted_only_while_they_are_open_and_after_the_results(
    open_page: Open, base: str
) -> None:
    page = open_page(base + "search.html?q=diffusion")
    expect(page.locator(HITS)).to_have_count(20)
    page.fill("[data-find]", "diffusion model")
    expect(page).to_have_url(re.compile(r"\+model"))
    assert page.evaluate(f"{ASKED}.filter(one => one.facets).length") == 0
    open_filters(page)
    expect(page.locator(f"{FACETS} h2")).to_have_text(["Tags", "Years", "Sources"])
    kinds = page.evaluate(f"{ASKED}.map(one => Object.keys(one)[0])")
    assert kinds[-2:] == ["search", "facets"]
    assert page.evaluate(f"{ASKED}.at(-1).facets") == {"q": "diffusion model", "prefix": True}
    open_filters(page)
    page.fill("[data-find]", "model")
    expect(page).to_have_url(re.compile("q=model"))
    assert page.evaluate(f"{ASKED}.filter(one => one.facets).length") == 1


def test_a_facet_refines_and_what_was_counted_is_found(open_page: Open, base: str) -> None:
    page = open_page(base + "search.html?q=model")
    open_filters(page)
    for heading in ("Tags", "Years", "Sources"):
        choice = page.locator(f"{FACETS} section", has_text=heading).locator("li a:not([aria-current])").first
        expect(choice).to_be_visible()
        number = choice.locator(".bs-count").inner_text()
        choice.click()
        expect(page.locator(STATUS)).to_have_text(f"{number} papers found")
        expect(page.locator(f"{FACETS} [aria-current]").last).to_be_visible()
    assert re.search(r"q=model&tag=[^&]+&source=[^&]+&from=\d{4}-01-01&to=\d{4}-12-31$", page.url)
    expect(page.locator(CHIPS)).to_have_count(4)
    current = page.locator(f"{FACETS} [aria-current]")
    expect(current).to_have_count(3)
    expect(current.last).to_be_focused()
    current.nth(1).click()
    expect(page.locator(CHIPS)).to_have_count(2)
    page.go_back()
    expect(page.locator(CHIPS)).to_have_count(4)


def test_a_second_tag_narrows_what_the_first_has_left(open_page: Open, local: str) -> None:
    page = open_page(local + "search.html?tag=Diffusion+models")
    open_filters(page)
    page.locator(f"{FACETS} a", has_text="Video generation").click()
    expect(page).to_have_url(re.compile(r"q=tag%3A%22Video\+generation%22&tag=Diffusion\+models"))


def choose_two_tags(page: Page) -> Locator:
    """Click on two tags of the facets, which are open. Gives the facet."""
    tags = page.locator(f"{FACETS} section", has_text="Tags")
    for number in (1, 2):
        tags.locator("li a:not([aria-current])").first.click()
        expect(page.locator(CHIPS)).to_have_count(number)
        expect(tags.locator("[aria-current]")).to_have_count(number)
    return tags


def test_filters_among_the_words_go_with_a_click_too(open_page: Open, local: str) -> None:
    """A second tag of the facets, and one that was typed."""
    page = open_page(local + "search.html?q=model")
    open_filters(page)
    tags = choose_two_tags(page)
    both = page.url
    page.locator(CHIPS).nth(1).click()
    expect(page.locator(CHIPS)).to_have_count(1)
    expect(page.locator("[data-find]")).to_have_value("model")
    page.go_back()
    expect(page).to_have_url(both)
    expect(tags.locator("[aria-current]")).to_have_count(2)
    tags.locator("[aria-current]").last.click()
    expect(page.locator(CHIPS)).to_have_count(1)


def test_a_filter_leaves_what_is_being_typed_half_a_word(open_page: Open, local: str) -> None:
    page = open_page(local + "search.html")
    page.locator("[data-find]").press_sequentially("mode")
    open_filters(page)
    choose_two_tags(page)
    assert page.evaluate(f"{ASKED}.findLast(one => one.search).search.prefix") is True


def test_a_filter_among_the_words_is_taken_out_alone(open_page: Open, local: str) -> None:
    page = open_page(f"{local}search.html?q=zzzq -tag:x tag:x tag:“y z” source:s")
    expect(page.locator(CHIPS)).to_have_text(["Tag: x ×", "Source: s ×"])
    page.locator(CHIPS).first.click()
    expect(page.locator("[data-find]")).to_have_value("zzzq -tag:x tag:“y z” source:s")
    page.get_by_role("button", name="Without filters").click()
    expect(page.locator("[data-find]")).to_have_value("zzzq -tag:x tag:“y z”")


def test_a_tag_in_small_letters_is_the_tag(open_page: Open, local: str) -> None:
    page = open_page(local + "search.html?q=model")
    open_filters(page)
    first = page.locator(f"{FACETS} section", has_text="Tags").locator("li a").first
    name = first.evaluate("one => one.firstChild.textContent")
    page.goto(f'{local}search.html?q=model tag:"{name.strip().lower()}"')
    expect(page.locator(CHIPS)).to_have_text([re.compile(name.strip(), re.IGNORECASE)])
    open_filters(page)
    expect(page.locator(f"{FACETS} [aria-current]").first).to_contain_text(name.strip())


def test_long_facets_are_cut_and_can_be_opened(open_page: Open, local: str) -> None:
    page = open_page(local + "search.html?q=model")
    open_filters(page)
    tags = page.locator(f"{FACETS} section").first.locator("li:visible")
    expect(tags).to_have_count(10)
    page.get_by_role("button", name=re.compile("more: Tags")).click()
    expect(tags.nth(10).locator("a")).to_be_focused()
    assert tags.count() > 10


# ---- The keyboard


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
    expect(page.locator(f"{ADVICE} dl")).to_be_visible()
    page.keyboard.type("diffusion")
    expect(hits).to_have_count(20)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/**")


@pytest.mark.parametrize("key", ["/", "Control+k", "Meta+k"])
def test_the_keys_of_the_search_lead_to_the_field_of_the_page(open_page: Open, local: str, key: str) -> None:
    page = open_page(f"{local}search.html?q=diffusion")
    page.locator(HITS).nth(2).focus()
    page.keyboard.press(key)
    expect(page.locator("[data-find]")).to_be_focused()
    page.keyboard.type("x")
    assert box(page) == "x"
    expect(page.locator("dialog")).to_have_count(0)


# ---- Strangers' text


@pytest.mark.parametrize(
    "q", ["<img src=x onerror=alert(1)>", '"><script>alert(1)</script>', "(a+)+$" * 300, "%F0%"]
)
def test_a_hostile_address_is_text(open_page: Open, base: str, q: str) -> None:
    query = urlencode(dict.fromkeys(("q", "tag", "author", "source", "from", "sort"), q))
    page = open_page(f"{base}search.html?{query}")
    expect(page.locator(STATUS)).to_have_text("No papers found")
    assert page.locator("main img, main article script:not([src])").count() == 0
    assert box(page) == q
    expect(page.locator(CHIPS).first).to_contain_text(q[:20])


@pytest.fixture
def make_fake(tmp_path: Path) -> Callable[[list[dict[str, Any]]], str]:
    """Make a site without digests over whose search some results are found; gives its address."""

    def make(results: list[dict[str, Any]]) -> str:
        (tmp_path / "mkdocs.yml").write_text(MKDOCS)
        (tmp_path / "digests").mkdir()
        build(load_settings(tmp_path / "mkdocs.yml"))
        fake_search(tmp_path / "site", [{"result": one, "text": " diffusion "} for one in results])
        return f"{(tmp_path / 'site').as_uri()}/"

    return make


def test_hostile_papers_are_text(open_page: Open, make_fake: Callable[..., str]) -> None:
    text = "</script><img src=x onerror=alert(1)> {{ 7*7 }} \u2028 diffusion"
    result = {
        "address": "search.html#x",
        "title": text,
        "authors": [text],
        "others": 0,
        "day": "2025-03-14",
        "dayAddress": "search.html",
        "tags": [text],
        "sources": [text, "Another"],
    }
    page = open_page(make_fake([result]) + "search.html?q=diffusion&tag=nothing")
    page.get_by_role("button", name="Without filters").click()
    expect(page.locator(HITS)).to_have_text(text.replace("\u2028", " "), use_inner_text=True)
    open_filters(page)
    expect(page.locator(f"{FACETS} a").first).to_contain_text("<img src=x")
    assert page.locator("main img").count() == 0


def test_an_empty_archive_says_so(open_page: Open, make_fake: Callable[..., str]) -> None:
    page = open_page(make_fake([]) + "search.html")
    expect(page.locator(ADVICE)).to_have_text("There are no papers yet.")


# ---- Everybody


def test_without_javascript_it_says_what_is_possible(open_page: Open, base: str) -> None:
    page = open_page(base + "search.html", java_script_enabled=False)
    expect(page.locator("[data-search-without]")).to_contain_text("needs JavaScript")
    expect(page.locator(".bs-search")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 390, 1440])
@pytest.mark.parametrize("query", ["q=model&tag=" + "x" * 100, "q=model", "q=difusion", ""])
def test_nothing_is_wider_than_the_window(open_page: Open, local: str, width: int, query: str) -> None:
    page = open_page(f"{local}search.html?{query}", viewport={"width": width, "height": 800})
    expect(page.locator(f"{HITS}, {ADVICE} > *").first).to_be_visible()
    open_filters(page)
    if query == "q=model":
        expect(page.locator(f"{FACETS} a").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_one_operates_is_large_enough_for_a_finger(open_page: Open, local: str) -> None:
    page = open_page(
        f"{local}search.html?q=difusion&from=2024", viewport={"width": 390, "height": 800}, has_touch=True
    )
    open_filters(page)
    expect(page.locator(f"{FACETS} a").first).to_be_visible()
    small = page.locator(
        "main :is(button, input, select, summary, .bs-search__facets a):visible"
    ).evaluate_all(
        "all => all.filter(one => one.getClientRects()[0].height < 24 && !one.closest('p')).map(one => one.outerHTML)"
    )
    assert small == []


def test_every_control_has_a_name(open_page: Open, local: str) -> None:
    page = open_page(f"{local}search.html?q=model&from=2025", viewport={"width": 1280, "height": 800})
    expect(page.locator(HITS)).to_have_count(20)
    open_filters(page)
    for role, names in {
        "searchbox": ["Words to search for"],
        "textbox": ["Author"],
        "combobox": ["Tag", "Source", "Order"],
        "button": ["Search", "Remove filter From 1 January 2025", "Show 20 more"],
        "status": [""],
    }.items():
        for name in names:
            expect(page.get_by_role(role, name=name, exact=True).first).to_be_visible()  # type: ignore[arg-type]
