"""The dialog of the search, on generated pages and on those by hand, over http below a path and from file://."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]

PAGES = ["papers/2503.10613.html", "index.html", "archive/index.html", "guide/index.html"]
BOX = ".bs-dialog input"
OPTIONS = ".bs-dialog [role=option]"
STATUS = ".bs-dialog [role=status]"
FIELD = ".bs-find input"
LOADED = "[...document.scripts].filter(one => /search-(text|engine|result|dialog)/.test(one.src)).length"
ACTIVE = (
    "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.textContent || ''"
)


def ready(page: Page) -> Page:
    """The page, when its keys are heard."""
    page.wait_for_function("window.Broadsheet?.keys['?']")
    return page


def opened(page: Page, text: str = "") -> Page:
    """The page with the dialog open, and what is found for a text."""
    ready(page).keyboard.press("Control+k")
    expect(page.locator(BOX)).to_be_focused()
    if text:
        page.keyboard.type(text)
        expect(page.locator(STATUS)).not_to_be_empty()
    return page


@pytest.mark.parametrize("address", PAGES)
def test_the_keys_open_it_on_every_page(open_page: Open, base: str, address: str) -> None:
    page = ready(open_page(base + address))
    for key in ("/", "Control+k", "Meta+k"):
        page.keyboard.press(key)
        expect(page.locator(BOX)).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(".bs-dialog")).to_be_hidden()


def test_nothing_of_it_is_loaded_until_it_is_wanted(open_page: Open, base: str) -> None:
    page = ready(open_page(base + "papers/2503.10613.html"))
    assert page.evaluate(LOADED) == 0
    page.focus(FIELD)
    page.wait_for_function(f"{LOADED} === 3 && !!(Broadsheet.dialog && Broadsheet.search)")
    expect(page.locator(".bs-dialog")).to_be_hidden()
    opened(page, "toolpath")
    assert page.evaluate(LOADED) == 3
    assert page.evaluate("document.querySelectorAll('link[href*=search-dialog]').length") == 1


def test_results_appear_while_typing_and_enter_opens_the_chosen_one(open_page: Open, base: str) -> None:
    page = opened(open_page(base + "digests/2025-03-14.html"), "toolpath agen")
    expect(page.locator(OPTIONS)).to_have_count(1)
    expect(page.locator(OPTIONS)).to_contain_text("14 March 2025")
    expect(page.locator(f"{OPTIONS} mark").first).to_have_text("Toolpath")
    expect(page.locator(STATUS)).to_have_text("1 paper found")
    assert page.evaluate("Broadsheet.asked.at(-1).search") == {
        "q": "toolpath agen",
        "limit": 8,
        "prefix": True,
    }
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}papers/2503.10613.html")


def test_a_paper_without_authors_has_its_day_alone(open_page: Open, local: str) -> None:
    page = opened(open_page(local + "guide/index.html"), "lie group decompositions")
    expect(page.locator(f"{OPTIONS} small")).to_have_text("14 March 2025")


def test_the_arrows_go_around_and_a_screen_reader_hears_where(open_page: Open, local: str) -> None:
    page = opened(open_page(local + "guide/index.html"), "diffusion")
    expect(page.locator(OPTIONS)).to_have_count(8)
    box = page.get_by_role("combobox", name="Words to search for")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(box).to_have_attribute("aria-controls", "bs-dialog-list")
    titles = page.locator(OPTIONS).all_text_contents()
    assert page.evaluate(ACTIVE) == ""
    for key, place in [("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", None), ("ArrowUp", 7)]:
        page.keyboard.press(key)
        assert page.evaluate(ACTIVE) == ("" if place is None else titles[place])
        chosen = [] if place is None else [titles[place]]
        assert page.locator(f"{OPTIONS}[aria-selected=true]").all_text_contents() == chosen
    page.keyboard.press("ArrowDown")
    assert page.evaluate(ACTIVE) == ""
    expect(page.get_by_role("dialog", name="Search papers").get_by_role("status")).to_contain_text(
        "papers found"
    )
    assert page.get_by_role("listbox", name="Papers").get_by_role("option").count() == 8


def test_enter_without_a_choice_and_the_link_lead_to_all_results(open_page: Open, base: str) -> None:
    page = opened(open_page(base + "papers/2503.10613.html"), "diffusion")
    every = page.locator(".bs-dialog__foot a")
    expect(every).to_contain_text(re.compile(r"All \d+ results"))
    expect(every).to_have_attribute("href", f"{base}search.html?q=diffusion")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}search.html?q=diffusion")
    expect(page.locator(".bs-search__results h3").first).to_be_visible()
    page.go_back()
    page.wait_for_url("**/papers/**")
    opened(page)
    expect(every).to_have_text("Filters and help")
    expect(every).to_have_attribute("href", f"{base}search.html")
    page.keyboard.type("model")
    expect(every).to_contain_text("results")
    every.click()
    page.wait_for_url(f"{base}search.html?q=model")


def test_an_identifier_leads_straight_to_the_paper(open_page: Open, base: str) -> None:
    page = opened(open_page(base + "index.html"), "2503.10613")
    expect(page.locator(OPTIONS)).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}papers/2503.10613.html")
    page.go_back()
    page.wait_for_url(base + "index.html")


@pytest.mark.parametrize(
    ("text", "said", "found"),
    [
        ("difusion", "papers found for diffusion", 8),
        ("diffusion zzebra", "No paper has all of these words; these have some of them", 8),
        ("zzebra", "No papers found", 0),
    ],
)
def test_it_says_what_was_found(open_page: Open, local: str, text: str, said: str, found: int) -> None:
    page = opened(open_page(local + "index.html"), text)
    expect(page.locator(STATUS)).to_contain_text(said)
    expect(page.locator(OPTIONS)).to_have_count(found)
    expect(page.locator(BOX)).to_have_attribute("aria-expanded", str(found > 0).lower())


def test_focus_stays_inside_and_goes_back_where_it_came_from(open_page: Open, local: str) -> None:
    page = ready(open_page(local + "digests/2025-03-14.html"))
    title = page.locator("[data-skim] h3 > a").nth(2)
    title.focus()
    opened(page, "diffusion")
    inside = (
        "document.activeElement.closest('.bs-dialog') !== null || document.activeElement === document.body"
    )
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate(inside)
    page.keyboard.press("Escape")
    expect(title).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("[data-skim] h3 > a").nth(3)).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator(BOX)).to_have_value("diffusion")
    page.keyboard.type("j")
    expect(page.locator(BOX)).to_have_value("j")
    page.mouse.click(5, 5)
    expect(page.locator(".bs-dialog")).to_be_hidden()


def test_a_click_on_the_field_or_a_letter_in_it_opens_it(open_page: Open, base: str) -> None:
    page = ready(open_page(base + "guide/index.html"))
    page.click(FIELD)
    expect(page.locator(BOX)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.type("tool")
    expect(page.locator(BOX)).to_be_focused()
    page.keyboard.type("path")
    expect(page.locator(BOX)).to_have_value("toolpath")
    expect(page.locator(OPTIONS)).to_have_count(1)
    page.get_by_role("button", name="Close").click()
    expect(page.locator(FIELD)).to_have_value("toolpath")


def test_passing_the_field_with_the_tab_key_opens_nothing(open_page: Open, local: str) -> None:
    page = ready(open_page(local + "index.html"))
    page.focus(FIELD)
    page.wait_for_function("!!(Broadsheet.dialog && Broadsheet.search)")
    page.keyboard.press("Tab")
    expect(page.locator(".bs-palette")).to_be_focused()
    expect(page.locator(".bs-dialog")).to_be_hidden()


def test_the_slash_can_be_switched_off_and_the_other_key_stays(open_page: Open, local: str) -> None:
    page = ready(open_page(local + "index.html"))
    page.evaluate("Broadsheet.remember('broadsheet.keys', 'off')")
    page.reload()
    ready(page).keyboard.press("/")
    page.keyboard.press("Control+k")
    expect(page.locator(BOX)).to_be_focused()
    expect(page.locator(BOX)).to_have_value("")


@contextmanager
def on(browser: Browser, platform: str, address: str) -> Iterator[Page]:
    """A page as on another platform."""
    context = browser.new_context()
    context.add_init_script(f"Object.defineProperty(navigator, 'platform', {{get: () => '{platform}'}})")
    page = context.new_page()
    page.goto(address)
    page.evaluate("document.addEventListener('keydown', event => { window.taken = event.defaultPrevented })")
    yield ready(page)
    context.close()


@pytest.mark.parametrize(
    ("platform", "taken"), [("MacIntel", False), ("Linux x86_64", True), ("Win32", True)]
)
def test_a_text_field_keeps_the_keys_of_its_platform(
    chromium: Browser, local: str, platform: str, taken: bool
) -> None:
    with on(chromium, platform, local + "index.html") as page:
        page.focus(FIELD)
        page.keyboard.press("Control+k")
        assert page.evaluate("window.taken") is taken
        page.keyboard.press("Escape")
        page.keyboard.press("Meta+k")
        assert page.evaluate("window.taken")
        expect(page.locator(BOX)).to_be_focused()


@pytest.mark.parametrize("key", ["Control+Shift+k", "Alt+k", "Control+j", "k"])
def test_other_keys_are_left_alone(chromium: Browser, local: str, key: str) -> None:
    with on(chromium, "Linux x86_64", local + "archive/index.html") as page:
        page.keyboard.press(key)
        assert page.evaluate("window.taken") is False


def test_without_its_script_the_field_is_a_form(
    chromium: Browser, sample: Path, serve: Callable[[Path], str]
) -> None:
    base = serve(sample)
    context = chromium.new_context()
    page = context.new_page()
    page.route("**/search-dialog.js", lambda route: route.abort())
    page.goto(base + "papers/2503.10613.html")
    ready(page).keyboard.press("/")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.type("toolpath")
    page.keyboard.press("Enter")
    page.wait_for_url(base + "search.html?q=toolpath")
    expect(page.locator(".bs-search__results h3")).to_have_count(1)
    context.close()


def test_an_engine_that_is_missing_is_said_and_asked_for_again(
    chromium: Browser, sample: Path, serve: Callable[[Path], str]
) -> None:
    base = serve(sample)
    context = chromium.new_context()
    page = context.new_page()
    missing = True

    def engine(route: Route) -> None:
        if missing:
            route.abort()
        else:
            route.continue_()

    page.route("**/search-engine.js", engine)
    page.goto(base + "index.html")
    opened(page, "diffusion")
    expect(page.locator(STATUS)).to_have_text(
        "The search does not work: assets/js/search-engine.js could not be loaded."
    )
    missing = False
    page.keyboard.type(" ")
    expect(page.locator(OPTIONS)).to_have_count(8)
    context.close()


@pytest.mark.parametrize("address", ["papers/2503.10613.html", "guide/index.html"])
@pytest.mark.parametrize("width", [320, 390, 1440])
def test_it_fits_into_the_window(open_page: Open, local: str, width: int, address: str) -> None:
    page = opened(open_page(local + address, viewport={"width": width, "height": 640}), "model")
    expect(page.locator(OPTIONS)).to_have_count(8)
    box = page.locator(".bs-dialog").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= 640
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for _ in range(8):
        page.keyboard.press("ArrowDown")
    chosen = page.locator(f"{OPTIONS}[aria-selected=true]").bounding_box()
    foot = page.locator(".bs-dialog__foot").bounding_box()
    assert chosen
    assert foot
    assert chosen["y"] + chosen["height"] <= foot["y"] + 1
    small = page.locator(".bs-dialog :is(a, button, input):visible").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height).filter(height => height < 24)"
    )
    assert small == []


def test_strangers_text_is_text(open_page: Open, local: str) -> None:
    text = "<img src=x onerror=alert(1)>"
    page = opened(open_page(local + "index.html"), text)
    expect(page.locator(STATUS)).to_have_text("No papers found")
    page.evaluate(
        """text => {
            const answer = { total: 1, partial: false, repaired: text, unknown: [], terms: [], exact: "", archive: null,
                results: [{ address: "search.html", title: text, authors: [text], others: 0, day: "2025-03-14",
                    dayAddress: "", tags: [], sources: [] }] };
            Broadsheet.search = async () => answer;
        }""",
        text,
    )
    page.keyboard.type("x")
    expect(page.locator(f"{OPTIONS} b")).to_have_text(text)
    expect(page.locator(STATUS)).to_have_text(f"1 paper found for {text}")
    assert page.locator(".bs-dialog img").count() == 0
