"""What Zotero finds on pages, read as its translators "COinS" and "Embedded Metadata" read it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import frontmatter
import pytest
import rispy
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

#: Counts what Zotero is told, from the first moment of a page.
LISTEN = "window.told = 0; document.addEventListener('ZoteroItemUpdated', () => window.told++)"
SPANS = "[...document.querySelectorAll('span.Z3988[title]')].map(span => span.title)"


@pytest.fixture(scope="module")
def open_page(chromium: Browser, sample: Path, serve: Callable[[Path], str]) -> Callable[[str], Page]:
    """Open a page of the sample site over http."""
    base = serve(sample / "site")
    context = chromium.new_context()
    context.add_init_script(LISTEN)

    def start(address: str) -> Page:
        page = context.new_page()
        page.goto(base + address)
        page.wait_for_function("told")
        return page

    return start


def items(page: Page) -> list[dict[str, list[str]]]:
    """The values of every span by their keys."""
    found = []
    for title in page.evaluate(SPANS):
        values: dict[str, list[str]] = {}
        for key, value in parse_qsl(title, strict_parsing=True):
            values.setdefault(key, []).append(value)
        found.append(values)
    return found


def people(item: dict[str, Any]) -> list[str]:
    return [
        " ".join(filter(None, (name.get("given"), name.get("family", name.get("literal")))))
        for name in item.get("author", [])
    ]


def test_a_day_says_what_its_files_say(
    open_page: Callable[[str], Page], sample: Path, csl_items: dict[str, Any]
) -> None:
    """Where a list is short of something it says nothing, and never something else."""
    whole, files = 0, sorted((sample / "site/digests").glob("*.ris"))
    assert len(files) == 16
    for file in files:
        page = open_page(f"digests/{file.stem}.html")
        ids = [entry["id"] for entry in rispy.loads(file.read_text("utf-8"))]
        listed = {own.partition("-")[2] or own: csl_items[own] for own in ids}
        headings = page.evaluate("[...document.querySelectorAll('[data-skim] h3[id]')].map(h3 => h3.id)")
        found = items(page)
        assert page.evaluate("told") == 1
        assert len(found) == len(headings) >= len(listed)
        for key, item in zip(headings, found, strict=True):
            csl = listed.get(key) or next(one for end, one in listed.items() if key.endswith(end))
            assert item["ctx_ver"] == ["Z39.88-2004"]
            assert item["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:dc"]
            assert item["rft.title"] == [csl["title"]]
            assert item.get("rft.creator", people(csl)) == people(csl)
            whole += "rft.creator" in item
            if csl.get("publisher") == "arXiv":
                own = csl["number"].removeprefix("arXiv:")
                assert item["rft_id"] == [f"info:doi/10.48550/arXiv.{own}", csl["URL"]]
                assert (item["rft.genre"], item["rft.type"]) == (["preprint"], ["preprint"])
            else:
                assert "rft.type" not in item
                assert item["rft_id"] == [
                    page.evaluate("key => document.getElementById(key).firstChild.href", key)
                ]
        page.close()
    assert whole > 30


def test_names_that_cannot_be_told_apart_are_left_out(open_page: Callable[[str], Page]) -> None:
    """And what else stands in a byline is no name."""
    page = open_page("digests/2025-03-14.html")
    lines = {
        "Ada Lovelace, Charles Babbage": ["Ada Lovelace", "Charles Babbage"],
        "Pinned · cross-list · Ada Lovelace · 1,024 upvotes": ["Ada Lovelace"],
        "Lovelace, Ada": [],
        "Plato": [],
        "Ada Lovelace, Charles Babbage, Alan Turing and 2 others": [],
        "3 upvotes": [],
        "1 February 2025": [],
        "31 December 2024 · Ada Lovelace, Charles Babbage · 2 upvotes": ["Ada Lovelace", "Charles Babbage"],
        "": [],
    }
    source = (Path(__file__).parents[2] / "theme_overrides/assets/js/zotero.js").read_text("utf-8")
    for line, names in lines.items():
        page.evaluate(
            """line => {
                document.querySelectorAll(".Z3988").forEach(span => span.remove());
                document.querySelector("[data-skim] h3 + p").textContent = line;
            }""",
            line,
        )
        page.evaluate(source)
        assert items(page)[0].get("rft.creator", []) == names
    page.close()


@pytest.mark.parametrize("address", ["tags/diffusion-models.html", "sources/huggingface-daily/1.html"])
def test_lists_say_who_wrote_their_papers(
    open_page: Callable[[str], Page], csl_items: dict[str, Any], address: str
) -> None:
    listed = {own.partition("-")[2] or own: item for own, item in csl_items.items()}
    page = open_page(address)
    headings = page.evaluate("[...document.querySelectorAll('[data-skim] h3[id]')].map(h3 => h3.id)")
    told = 0
    for key, item in zip(headings, items(page), strict=True):
        csl = listed.get(key) or next(one for end, one in listed.items() if key.endswith(end))
        assert item.get("rft.creator", people(csl)) == people(csl)
        told += "rft.creator" in item
    assert told
    page.close()


def test_an_old_identifier_and_signs_of_addresses(open_page: Callable[[str], Page]) -> None:
    page = open_page("digests/2025-03-14.html")
    source = (Path(__file__).parents[2] / "theme_overrides/assets/js/zotero.js").read_text("utf-8")
    for key, arxiv in (
        ("hep-th-9711200", "hep-th/9711200"),
        ("math-0309136", "math/0309136"),
        ("0704.0001", "0704.0001"),
        ("10.1000-1234567", ""),
        ("a-title-0a1b2c", ""),
        ("a-title-123456", ""),
    ):
        page.evaluate(
            """key => {
                document.querySelectorAll(".Z3988").forEach(span => span.remove());
                const heading = document.querySelector("[data-skim] h3[id]");
                heading.id = key;
                heading.firstChild.textContent = 'A & B = <100%>; "C++"';
            }""",
            key,
        )
        page.evaluate(source)
        item = items(page)[0]
        assert item["rft.title"] == ['A & B = <100%>; "C++"']
        assert ("rft.type" in item) == bool(arxiv)
        assert not arxiv or item["rft_id"] == [
            f"info:doi/10.48550/arXiv.{arxiv}",
            f"https://arxiv.org/abs/{arxiv}",
        ]
    page.close()


def test_a_paper_gives_its_abstract(open_page: Callable[[str], Page], sample: Path) -> None:
    def letters(text: str) -> str:
        return re.sub(r"[^a-z0-9]", "", re.sub(r"<[^>]*>|&#?\w+;|\\[a-zA-Z]+|/", "", text).lower())

    for key in ("2503.10613", "2503.09662", "2503.10622"):
        page = open_page(f"papers/{key}.html")
        (abstract,) = page.evaluate(
            "[...document.head.querySelectorAll('meta[name=citation_abstract]')].map(m => m.content)"
        )
        written = frontmatter.load(str(sample / f"docs/papers/{key}.md")).content
        assert letters(abstract) == letters(written)
        assert page.evaluate("told") == 1
        assert page.evaluate("document.querySelectorAll('.Z3988').length") == 0
        page.close()


def test_a_paper_of_arxiv_is_a_preprint(open_page: Callable[[str], Page]) -> None:
    """By the names that Zotero's translators "Embedded Metadata" and "RDF" know: type, repository, DOI, extra."""
    said = "name => [...document.head.querySelectorAll(`meta[name='${name}']`)].map(meta => meta.content)"
    wanted = {
        "z:itemType": "preprint",
        "dc:publisher": "arXiv",
        "dc:description": "arXiv:2503.10613",
        "dc:identifier": "DOI 10.48550/arXiv.2503.10613",
    }
    page = open_page("papers/2503.10613.html")
    assert {name: page.evaluate(said, name) for name in wanted} == {name: [wanted[name]] for name in wanted}
    page.goto(
        page.url.rpartition("/")[0] + "/biper-binary-neural-networks-using-a-periodic-function-7a49f0.html"
    )
    page.wait_for_function("told")
    assert [found for name in wanted for found in page.evaluate(said, name)] == []
    page.close()


def test_formulas_in_an_abstract_keep_what_is_above_and_below(open_page: Callable[[str], Page]) -> None:
    page = open_page("papers/2503.10613.html")
    source = (Path(__file__).parents[2] / "theme_overrides/assets/js/cite.js").read_text("utf-8")
    page.evaluate(
        """() => {
            document.querySelector("meta[name=citation_abstract]").remove();
            document.querySelector("[data-abstract] > p").innerHTML = "Of <math><msup><mi>x</mi><mn>2</mn></msup>"
                + "<msubsup><mi>a</mi><mi>i</mi><mi>n</mi></msubsup>"
                + "<mfrac><mn>1</mn><mn>2</mn></mfrac></math> & <b>more</b>";
            document.querySelector("[data-abstract] > p").insertAdjacentHTML(
                "afterend", "<h2 id=editors-note>Editors’ note</h2><p>We liked it.</p>");
        }"""
    )
    page.evaluate(source)
    abstract = page.evaluate("document.querySelector('meta[name=citation_abstract]').content")
    assert abstract == "Of x^2a_i^n1/2 & more", "what the editors say is no part of it"
    page.close()
