"""What runs in the browser: how each search is asked, when results are in a page, and the pages of Pagefind's site."""

from __future__ import annotations

import json

BROADSHEET_READY = "async () => { await Broadsheet.search({}); }"

_PATIENT = """(query) => Promise.race([
    (%s)(query),
    new Promise((_, fail) => setTimeout(() => fail(new Error("no answer in %d seconds")), %d000)),
])"""


def patient(script: str, seconds: int) -> str:
    """A function of a query that fails if it takes longer."""
    return _PATIENT % (script, seconds, seconds)


#: Ask with the first results; gives seconds, the number of papers in all, and addresses.
BROADSHEET_ASK = """async (query) => {
    const start = performance.now();
    const answer = await Broadsheet.search(query);
    const seconds = (performance.now() - start) / 1000;
    return { seconds, total: answer.total, addresses: answer.results.map((each) => each.address) };
}"""

#: Several questions at once, each with what it is answered.
BROADSHEET_ASK_ALL = """async (queries) => {
    const answers = [];
    for (const query of queries) {
        const answer = await Broadsheet.search(query);
        answers.push([answer.total, answer.results.map((each) => each.address)]);
    }
    return answers;
}"""

#: The tags and sources of the site.
BROADSHEET_NAMES = """async () => {
    const { archive } = await Broadsheet.search({});
    return { tag: archive.tags, source: archive.sources.map(([slug]) => slug) };
}"""

#: Counts for what a query finds; gives seconds, or null where there are none to be had.
BROADSHEET_FACETS = """async (query) => {
    if (!Broadsheet.facets) return null;
    const start = performance.now();
    await Broadsheet.facets(query);
    return (performance.now() - start) / 1000;
}"""

PAGEFIND_READY = """async () => {
    window.searching = await import(new URL("pagefind/pagefind.js", location.href));
    await window.searching.init();
}"""

PAGEFIND_ASK = """async ({ q, limit }) => {
    const start = performance.now();
    const found = await window.searching.search(q);
    const shown = await Promise.all(found.results.slice(0, limit).map((each) => each.data()));
    const seconds = (performance.now() - start) / 1000;
    return { seconds, total: found.results.length, addresses: shown.map((each) => each.url) };
}"""

_PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Search</title><link rel="icon" href="data:,">'

PAGEFIND_WAITS = f"{_PAGE}\n"

#: Pagefind's own interface as its manual sets it up, asked at once for what the address says.
PAGEFIND_SHOWS = f"""{_PAGE}
<link href="pagefind/pagefind-ui.css" rel="stylesheet">
<script src="pagefind/pagefind-ui.js"></script>
<div id="search"></div>
<script>
const ui = new PagefindUI({{ element: "#search", pageSize: 10, showImages: false, debounceTimeoutMs: 0 }});
ui.triggerSearch(new URLSearchParams(location.search).get("q"));
</script>
"""

MATERIAL_READY = """async () => {
    if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done));
}"""

#: The box is emptied first, so that the results of the question before are gone. It listens to the keyboard.
MATERIAL_ASK = r"""async ({ q, limit }) => {
    const box = document.querySelector("[data-md-component=search-query]");
    const said = document.querySelector(".md-search-result__meta");
    const until = (test) => new Promise((done) => {
        if (test()) return done();
        const watch = new MutationObserver(() => {
            if (!test()) return;
            watch.disconnect();
            done();
        });
        watch.observe(document.querySelector("[data-md-component=search-result]"),
            { childList: true, subtree: true, characterData: true });
    });
    const type = (text) => {
        box.value = text;
        box.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
    };
    const items = () => [...document.querySelectorAll(".md-search-result__item")];
    const answered = () => /matching|results?/i.test(said.textContent) && !/initializing/i.test(said.textContent);
    if (document.activeElement === box) {
        type("");
        await until(() => !answered() && !items().length);
    }
    const start = performance.now();
    box.focus();
    type(q);
    await until(answered);
    const total = Number((/\d+/.exec(said.textContent.replace(/one/i, "1")) || ["0"])[0]);
    await until(() => items().length >= Math.min(limit, total));
    const seconds = (performance.now() - start) / 1000;
    const links = items().slice(0, limit).map((item) => item.querySelector("a"));
    const home = new URL(".", location.href).pathname;
    return { seconds, total, addresses: links.map((link) => link.pathname.replace(home, "")) };
}"""

#: Runs before a page's own scripts: says in `window.shownAt` when so many results are there, counted from the start.
_SHOWN = """(result, wanted) => {
    const look = () => {
        if (window.shownAt || document.querySelectorAll(result).length < wanted) return;
        window.shownAt = performance.now() / 1000;
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
}"""


def shown(result: str, wanted: int) -> str:
    """That script for so many of what a selector finds."""
    return f"({_SHOWN})({json.dumps(result)}, {wanted})"
