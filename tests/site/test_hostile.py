"""Titles, names and links that mean harm: each shows as the text it is, on every page that it reaches."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import frontmatter
import pytest
from playwright.sync_api import Browser, Dialog

from generator.build import build
from generator.ids import NAME_BYTES
from generator.settings import load_settings
from tests.site import links
from tests.site.test_sample import files

TITLES = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "</title><script>alert(3)</script>",
    "{{ config.site_name }} {% raw %} {# comment",
    "---",
    "--- title: other",
    "[x](javascript:alert(4))",
    "a | b || c",
    "| --- | --- |",
    "# Heading *star* _under_ `code` ~~gone~~ ^up^",
    "Title { #id .class onclick=alert(5) }",
    "&lt;script&gt;alert(6)&lt;/script&gt; &amp;amp; &nbsp;",
    "x" * 3000,
    "word " * 600,
    "😀😀😀",
    "LoRA",
    "Lora",
    "../../etc/passwd",
    "con",
    "C:\\nul.txt",
    "'; drop table papers; --",
    "!!! note",
    "1. First",
    "$<a,b>$ and $x^2_i$",
    "Ünïcödé Ｆｕｌｌ ﬁ",
    "机器学习的研究",
    "null",
    "2403.10000",
    "yes: [a, b]",
    "%3Cscript%3E",
]  # fmt: skip
READ = {
    "&lt;script&gt;alert(6)&lt;/script&gt; &amp;amp; &nbsp;": "<script>alert(6)</script> &amp;",
    # TeX's dashes, a formula, a ligature.
    "---": "—",
    "--- title: other": "— title: other",
    "| --- | --- |": "| — | — |",
    "'; drop table papers; --": "'; drop table papers; –",
    "$<a,b>$ and $x^2_i$": "<a,b> and xᵢ²",
    "Ünïcödé Ｆｕｌｌ ﬁ": "Ünïcödé Ｆｕｌｌ fi",
}
AUTHOR = "O'Neil \"><script>alert(7)</script>"
URL = "https://example.org/\"onmouseover=alert(8)//'><script>"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site made of nothing but hostile records, built from the format whose strings are taken as they are."""
    root = tmp_path_factory.mktemp("hostile")
    (root / "digests").mkdir()
    (root / "mkdocs.yml").write_text(
        "site_name: Hostile\nsite_url: https://example.org/sub/\nuse_directory_urls: false\nplugins: []\n"
        "theme: {name: material, custom_dir: .broadsheet/theme, font: false}\n"
        "markdown_extensions: [attr_list, tables, toc]\nnot_in_nav: '*'\n"
    )
    items = [
        {
            "paper": {
                "id": f"2503.{number:05d}",
                "title": title,
                "summary": f"About {title}\n\nNumber {number}. <script>alert(9)</script>",
                "authors": [{"name": AUTHOR}, {"name": "Ada | Lovelace"}],
                "publishedAt": "2025-03-13T00:00:00.000Z",
                "upvotes": 1,
                "githubRepo": URL,
                "projectPage": "javascript:alert(10)",
                "ai_summary": "<b>summary</b> {{ x }}",
                "ai_keywords": ["<i>key</i>", "a/b?c#d&e", "{{ key }}"],
                "submittedOnDailyBy": {"fullname": "<u>me</u>"},
            }
        }
        for number, title in enumerate(TITLES, start=1)
    ]
    (root / "digests/2025-03-14-huggingface-daily.json").write_text(json.dumps(items))
    build(load_settings(root / "mkdocs.yml"))
    return root


def test_every_title_reads_back_from_its_front_matter(hostile: Path) -> None:
    titles = {
        frontmatter.load(str(file)).metadata["title"] for file in (hostile / "docs/papers").glob("*.md")
    }
    # Readers resolve character references once: what a source escaped was text.
    expected = {" ".join(READ.get(title, title).split()) for title in TITLES}
    assert titles == expected
    assert len(titles) == len(TITLES)


def test_file_names_stay_short_and_inside(hostile: Path) -> None:
    names = [name for folder in ("site", "docs") for name in files(hostile / folder)]
    own = [name for name in names if not name.startswith("assets/")]
    assert all(re.fullmatch(r"[A-Za-z0-9._/-]+", name) and ".." not in name for name in own)
    assert all(len(part.encode()) <= NAME_BYTES for name in own for part in name.split("/"))
    assert len({name.casefold() for name in names}) == len(set(names))


def test_links_hold(hostile: Path) -> None:
    broken, foreign, _ = links.check(hostile / "site")
    assert broken == []
    assert foreign == []


def test_what_stands_in_attributes_without_quotes_is_harmless(hostile: Path) -> None:
    found = set()
    for page in (hostile / "site/papers").glob("*.html"):
        found.update(re.findall(r"<[a-z]+ [^>]*?(?:href|data-key)=([^\"][^>]*)>", page.read_text("utf-8")))
    assert any("tags/" in value for value in found)
    assert any("sources/" in value for value in found)
    assert [value for value in found if not re.fullmatch(r"[a-z0-9._/#-]+", value)] == []


def test_only_the_themes_scripts_and_handlers_are_on_the_pages(hostile: Path) -> None:
    for name, content in files(hostile / "site").items():
        if name.endswith(".html"):
            page = links.parse(hostile / "site" / name)
            assert not [
                url for url in page.targets if url.lower().strip().startswith(("javascript:", "data:text"))
            ]
            assert b"<script>alert" not in content
            assert b"<img src=x" not in content
            assert not [own for own in page.attributes if own.startswith("on")], name


def test_nothing_runs_and_titles_show_as_they_are(
    chromium: Browser, hostile: Path, serve: Callable[[Path], str]
) -> None:
    context = chromium.new_context()
    page = context.new_page()
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.on("pageerror", lambda error: dialogs.append(str(error)))
    base = serve(hostile / "site")
    for number, title in enumerate(TITLES, start=1):
        page.goto(f"{base}papers/2503.{number:05d}.html")
        shown = page.locator("h1").inner_text()
        if "&" not in title and "$" not in title:
            assert " ".join(shown.split()) == " ".join(READ.get(title, title).split())
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for address in ("index.html", "digests/2025-03-14.html", "authors/index.html", "account.html", "tags/index.html",
                    "search.html?q=%3Cscript%3Ealert(1)%3C/script%3E", "search.html?q=script"):  # fmt: skip
        page.goto(base + address)
        page.wait_for_timeout(300)
    assert dialogs == []
    context.close()
