"""The frame of generated pages: small, of our own, and as the site's settings want it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import frontmatter
import pytest
from playwright.sync_api import Browser

from generator.build import build
from generator.settings import load_settings
from tests.site import links
from tests.site.test_builds import GOOD

#: Bytes of a paper's page besides its abstract and its citation: what a million pages pay for.
FRAME = 2700


def generated(site: Path) -> Iterator[tuple[str, str]]:
    """The generated pages of a site, by name."""
    for file in sorted(site.rglob("*.html")):
        name = file.relative_to(site).as_posix()
        if not name.startswith("guide/"):
            yield name, file.read_text("utf-8")


def test_a_page_of_a_paper_is_small(sample: Path) -> None:
    frames = []
    for name, page in generated(sample / "site"):
        if name.startswith("papers/"):
            _, _, abstract = page.partition("<h2>Abstract</h2>")
            related = page.partition("<ul class=bs-related>")[2].partition("</ul>")[0]
            citation = page.partition("<pre id=bibtex>")[2].partition("</pre>")[0]
            metadata = page.partition("<meta name=citation_")[2].partition("<title>")[0]
            fixed = abstract.partition("<h2>")[0] + citation + related + metadata
            frames.append(len(page.encode()) - len(fixed.encode()))
    assert len(frames) > 200
    assert sum(frames) / len(frames) < FRAME


def test_generated_pages_need_nothing_of_materials(sample: Path) -> None:
    for name, page in generated(sample / "site"):
        head = page.partition("</header>")[0]
        assert head.count("rel=stylesheet") <= 2, name
        assert not [word for word in ("md-", "__md", "stylesheets/") if word in page.replace(".md-", "")], (
            name
        )
        resources = links.parse(sample / "site" / name).resources
        assert not [url for url in resources if "javascripts" in url or "bundle" in url], name


@pytest.fixture
def configured(make_site: Callable[..., Path]) -> Path:
    """The site of one paper with all settings that a frame heeds."""
    root = make_site(one=GOOD)
    config = root / "mkdocs.yml"
    text = config.read_text().replace(
        "font: false}", "font: false, language: he, logo: l.png, favicon: f.png}"
    )
    config.write_text(
        text + "site_url: https://example.org/sub/\nsite_author: Ada \"A\" L\nsite_description: Mine\n"
        "copyright: <b>All of us</b>\nrepo_url: https://example.org/repo\nextra_css: [mine.css]\n"
        "extra_javascript: [mine.js]\nextra: {generator: false, homepage: https://example.org/}\n"
    )  # fmt: skip
    (root / "theme_overrides/partials").mkdir(parents=True)
    (root / "theme_overrides/partials/extra-head.html").write_text('<meta name="mine" content="yes">')
    (root / "docs").mkdir()
    for name in ("l.png", "f.png", "mine.css", "mine.js"):
        (root / "docs" / name).write_bytes(b"")
    build(load_settings(config))
    return root / "site"


def test_settings_reach_every_generated_page(configured: Path) -> None:
    for name, page in generated(configured):
        up = "/sub/" if name == "404.html" else "../" * name.count("/")
        expected = [
            '<html lang="he" dir=rtl>',
            '<meta name=author content="Ada &#34;A&#34; L">',
            f'<link rel=icon href="{up}f.png">',
            f'<img src="{up}l.png" alt="">',
            f'<link rel=stylesheet href="{up}mine.css">',
            f'<script src="{up}mine.js"></script>',
            '<meta name="mine" content="yes">',
            '<a href="https://example.org/">',
            '<a href="https://example.org/repo">',
            "<p><b>All of us</b></p>",
        ]
        assert [part for part in expected if part not in page] == [], name
        assert "Made with" not in page
        if name != "404.html":
            assert f'<link rel=canonical href="https://example.org/sub/{name}">' in page, name


def test_titles_and_descriptions_are_those_of_the_page_or_the_site(configured: Path) -> None:
    pages = dict(generated(configured))
    paper = next(page for name, page in pages.items() if name.startswith("papers/"))
    assert "<title>A Study of Things that Matter - Test site</title>" in paper
    assert "<meta name=description property=og:description content=\"We study things.\">" in paper  # fmt: skip
    assert "<title>Test site</title>" in pages["index.html"]
    assert "<title>Not found - Test site</title>" in pages["404.html"]
    assert "<meta name=robots content=noindex>" in pages["404.html"]
    assert '<meta name=description property=og:description content="Mine">' in pages["404.html"]


def test_a_comma_in_a_name_or_a_keyword_does_not_part_it(chromium: Browser, sample: Path) -> None:
    page = chromium.new_page()
    page.goto(f"{(sample / 'site').as_uri()}/papers/2503.10568.html")
    words = page.locator("[data-by=q] a").evaluate_all("all => all.map(a => [a.textContent, a.search])")
    page.close()
    keyword = "sequential, predefined token generation order"
    assert [keyword, f"?q={quote(keyword)}"] in words
    meta = frontmatter.load(str(sample / "docs/papers/2503.10568.md")).metadata
    assert [word for word, _ in words] == meta["keywords"]


def test_the_names_that_are_folded_away_are_links_as_well(chromium: Browser, sample: Path) -> None:
    page = chromium.new_page()
    page.goto(f"{(sample / 'site').as_uri()}/papers/2412.05467.html")
    names = page.locator("[data-by=author] a").evaluate_all("all => all.map(a => a.textContent)")
    page.close()
    assert len(names) > 15
    assert names == frontmatter.load(str(sample / "docs/papers/2412.05467.md")).metadata["authors"]
