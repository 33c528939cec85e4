"""What the site tells programs, read by the programs that people use: citations, feeds, metadata, indexes."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import extruct
import feedparser
import frontmatter
import pytest
import rispy
from bibtexparser.entrypoint import parse_string as parse_bibtex
from lxml import etree
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page
from pybtex.database import parse_string

from generator.exports import drawing
from generator.exports.webmanifest import short_name
from generator.look import Look, look_of
from scripts import icons
from tests.conftest import FIXTURES
from tests.site.conftest import ROOT, SITE_URL, write_digest
from tests.site.test_builds import GOOD, run

ATOM = "{http://www.w3.org/2005/Atom}"


def days(site: Path) -> list[Path]:
    found = sorted(site.glob("digests/*.bib"))
    assert len(found) == 16
    return found


def papers_of(site: Path, day: str) -> list[dict[str, Any]]:
    """The papers of a day by its JSON, each once."""
    listed = json.loads((site / f"digests/{day}.json").read_text("utf-8"))["papers"]
    return [*{paper["key"]: paper for paper in listed}.values()]


def letters(text: str) -> str:
    """A text without markup: what different readers must agree on."""
    return re.sub(r"[^a-z0-9]", "", re.sub(r"\\[a-zA-Z]+", "", text).lower())


def test_bibtex_is_read_by_bibtexparser_and_pybtex(published: Path) -> None:
    for file in days(published):
        text, papers = file.read_text("utf-8"), papers_of(published, file.stem)
        library = parse_bibtex(text)
        assert library.failed_blocks == []
        assert len(library.entries) == len(papers)
        for entry, paper in zip(library.entries, papers, strict=True):
            assert letters(entry["title"]) == letters(paper["title"])
        database = parse_string(text, "bibtex")
        for entry, paper in zip(database.entries.values(), papers, strict=True):
            people = [" ".join(map(str, person.first_names + person.middle_names + person.prelast_names
                                   + person.last_names)) for person in entry.persons.get("author", [])]  # fmt: skip
            assert [*map(letters, people)] == [*map(letters, paper.get("authors", []))]


def test_ris_is_read_by_rispy(published: Path) -> None:
    for file in days(published):
        papers = papers_of(published, file.stem)
        entries = rispy.loads(file.with_suffix(".ris").read_text("utf-8"))
        assert len(entries) == len(papers)
        for entry, paper in zip(entries, papers, strict=True):
            assert letters(entry["title"]) == letters(paper["title"])
            assert len(entry.get("authors", [])) == len(paper.get("authors", []))
            assert entry["type_of_reference"] in ("UNPB", "JOUR", "GEN")
            assert entry.get("year") == (paper["published"][:4] if "published" in paper else None)


def test_keys_are_unique_and_the_same_in_every_format(published: Path) -> None:
    keys: dict[str, set[str]] = {}
    for file in days(published):
        papers = papers_of(published, file.stem)
        bib = [entry.key for entry in parse_bibtex(file.read_text("utf-8")).entries]
        ris = [entry["id"] for entry in rispy.loads(file.with_suffix(".ris").read_text("utf-8"))]
        assert bib == ris
        for key, paper in zip(bib, papers, strict=True):
            keys.setdefault(key, set()).add(paper["key"])
    assert len(keys) == 279
    assert [key for key, papers in keys.items() if len(papers) != 1] == []


def feeds(site: Path) -> list[Path]:
    found = [site / "feed.xml", site / "days.xml", *site.glob("tags/*.xml"), *site.glob("sources/*.xml")]
    assert len(found) > 100
    return found


def test_every_feed_is_read(published: Path) -> None:
    for file in feeds(published):
        feed = feedparser.parse(file.read_bytes())
        assert not feed.bozo, (file, feed.get("bozo_exception"))
        assert feed.version == "atom10"
        assert feed.entries
        assert feed.feed.title
        ids = [entry.id for entry in feed.entries]
        assert len({*ids}) == len(ids)
        for entry in feed.entries:
            assert (published / entry.link.removeprefix(SITE_URL)).is_file()


def test_every_feed_is_valid(published: Path, read_fixture: Callable[[str], bytes]) -> None:
    """By a schema written after RFC 4287, which refuses what it should."""
    schema = etree.RelaxNG(etree.fromstring(read_fixture("atom/atom.rng")))
    for file in feeds(published):
        assert schema.validate(etree.parse(file)), (file, schema.error_log)
    good = (published / "feed.xml").read_text("utf-8")
    for part, other in (
        ("<updated>", "<updated>on "),
        ("<id>urn:uuid:", "<id>"),
        ('<category term="', '<category name="'),
        ("name>", "email>"),
        (' rel="self" href=', ' rel="self" src='),
        ('type="html"', 'type="markdown"'),
        ("</feed>", "<title>Again</title></feed>"),
    ):
        assert part in good
        assert not schema.validate(etree.fromstring(good.replace(part, other).encode())), part


def test_feeds_are_as_atom_wants_them(published: Path) -> None:
    """What RFC 4287 says a feed and an entry must have, in 4.1.1 and 4.1.2."""
    for file in feeds(published):
        root = ET.fromstring(file.read_bytes())  # noqa: S314 - our own
        assert root.tag == f"{ATOM}feed"
        for element in (root, *root.iter(f"{ATOM}entry")):
            counts = Counter(child.tag.removeprefix(ATOM) for child in element)
            assert (counts["id"], counts["title"], counts["updated"]) == (1, 1, 1), file
            instant = element.findtext(f"{ATOM}updated") or ""
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", instant)
        assert root.find(f"{ATOM}author") is not None
        itself = root.find(f"{ATOM}link[@rel='self']")
        assert itself is not None
        assert itself.get("href") == SITE_URL + file.relative_to(published).as_posix()


def test_the_feed_has_all_of_the_last_day_with_whole_abstracts(published: Path) -> None:
    latest = max(file.stem for file in days(published))
    feed = feedparser.parse((published / "feed.xml").read_bytes())
    items = {entry.link.rpartition("/")[2].removesuffix(".html"): entry for entry in feed.entries}
    listed = [paper["key"] for paper in papers_of(published, latest)]
    assert [*items][: len(listed)] == listed  # in the order of the day
    for paper in papers_of(published, latest):
        page = (published / items[paper["key"]].link.removeprefix(SITE_URL)).read_text("utf-8")
        abstract = page.partition("<h2>Abstract</h2>")[2].partition("</p><")[0]
        assert letters(re.sub("<[^>]*>", "", abstract))[-40:] in letters(
            re.sub("<[^>]*>|&[a-z]+;", "", items[paper["key"]].content[0].value)
        ).replace("amp", "")


def test_json_feed_says_the_same(published: Path) -> None:
    feed = json.loads((published / "feed.json").read_text("utf-8"))
    atom = feedparser.parse((published / "feed.xml").read_bytes())
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"{SITE_URL}feed.json"
    assert [item["id"] for item in feed["items"]] == [entry.id for entry in atom.entries]
    assert [item["url"] for item in feed["items"]] == [entry.link for entry in atom.entries]
    assert all(item["content_html"] for item in feed["items"])


def test_a_day_is_one_item(published: Path) -> None:
    feed = feedparser.parse((published / "days.xml").read_bytes())
    links = [entry.link.removeprefix(f"{SITE_URL}digests/")[:10] for entry in feed.entries]
    assert links == sorted((file.stem for file in days(published)), reverse=True)[:10]


def test_without_an_address_of_the_site_feeds_lead_from_themselves(sample: Path, published: Path) -> None:
    site = sample / "site"
    assert not (site / "feed.json").exists()
    assert not (site / "opensearch.xml").exists()
    ids = []
    for folder, root in ((site, "../"), (published, SITE_URL)):
        feed = ET.parse(folder / "tags/large-language-models.xml").getroot()  # noqa: S314 - our own
        ids.append([element.text for element in feed.iter(f"{ATOM}id")])
        for link in feed.iter(f"{ATOM}link"):
            assert (link.get("href") or "").startswith(root)
    assert ids[0] == ids[1]  # an item stays the same item where the site moves


class Metas(HTMLParser):
    """The names and values of a page's metadata."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.links: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self.found += [(values[key], values["content"]) for key in ("name", "property") if key in values]
        if tag == "link":
            self.links[values["rel"]] = values["href"]

    def all(self, name: str) -> list[str]:
        """The values of one name."""
        return [value for own, value in self.found if own == name]


def test_every_paper_page_has_the_metadata_of_its_paper(published: Path) -> None:
    for file in days(published):
        for paper in papers_of(published, file.stem):
            own = f"papers/{paper['key']}"
            page = (published / f"{own}.html").read_text("utf-8")
            metas, authors = Metas(page), paper.get("authors", [])
            plain = frontmatter.load(str(published.parent / f"docs/{own}.md"))["title"]
            assert metas.all("citation_title") == metas.all("og:title") == [plain]
            assert metas.all("citation_author") == authors
            day = paper.get("published", "").replace("-", "/")
            assert metas.all("citation_publication_date") == ([day] if day else [])
            assert metas.all("citation_arxiv_id") == (
                [paper["arxiv"].partition("v")[0]] if "arxiv" in paper else []
            )
            assert metas.all("citation_pdf_url") == []
            assert metas.links["canonical"] == f"{SITE_URL}{own}.html"
            (data,) = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
            assert data["@type"] == "ScholarlyArticle"
            assert data["name"] == plain
            assert data.get("author", []) == authors
            assert data.get("datePublished") == paper.get("published")


def test_indexes_lead_to_what_there_is(published: Path) -> None:
    days_index = json.loads((published / "archive/index.json").read_text("utf-8"))["days"]
    assert [day["day"] for day in days_index] == [file.stem for file in days(published)]
    for day in days_index:
        assert len(papers_of(published, day["day"])) == day["papers"]
    for tag in json.loads((published / "tags/index.json").read_text("utf-8"))["tags"]:
        assert (published / tag["address"]).is_file()
        assert ("feed" in tag) == (tag["kind"] != "keyword")
        assert "feed" not in tag or (published / tag["feed"]).is_file()


def test_pages_lead_to_their_feeds(published: Path) -> None:
    for address, feed in (
        ("index.html", "feed.xml"),
        ("tags/large-language-models.html", "../tags/large-language-models.xml"),
        ("sources/huggingface-daily.html", "../sources/huggingface-daily.xml"),
    ):
        assert Metas((published / address).read_text("utf-8")).links["alternate"] == feed


def test_what_welcomes_programs_leads_somewhere(published: Path) -> None:
    text = (published / "llms.txt").read_text("utf-8")
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert len(links) == 5
    for link in links:
        assert (published / link.removeprefix(SITE_URL)).is_file()
    search = ET.parse(published / "opensearch.xml").getroot()  # noqa: S314 - our own
    (url,) = search.iter("{http://a9.com/-/spec/opensearch/1.1/}Url")
    assert url.get("template") == f"{SITE_URL}search.html?q={{searchTerms}}"


def test_crawlers_may_read_everything_and_find_the_map(sample: Path, published: Path) -> None:
    rules = RobotFileParser()
    text = (published / "robots.txt").read_text("utf-8")
    rules.parse(text.splitlines())
    assert rules.can_fetch("anybody", f"{SITE_URL}papers/2503.10613.html")
    assert rules.site_maps() == [f"{SITE_URL}sitemap.xml"]
    assert text.startswith((sample / "site/robots.txt").read_text("utf-8"))
    assert "Sitemap" not in (sample / "site/robots.txt").read_text("utf-8")


def test_the_manifest_names_icons_as_large_as_it_says(published: Path) -> None:
    said = json.loads((published / "manifest.webmanifest").read_text("utf-8"))
    assert said["name"] == said["short_name"] == "Broadsheet"
    assert said["description"] == "Paper digests as a permanent, searchable website"
    assert (said["lang"], said["start_url"], said["scope"]) == ("en", "./", "./")
    purposes = []
    for icon in said["icons"]:
        file = published / icon["src"]
        if icon["type"] == "image/png":
            with Image.open(file) as image:
                assert icon["sizes"] == f"{image.width}x{image.height}"
                purposes.append((icon["purpose"], image.width))
                opaque = min(image.convert("RGBA").getchannel("A").tobytes()) == 255
                assert opaque == (icon["purpose"] == "maskable")
        assert file.is_file()
    assert sorted(purposes) == [("any", 192), ("any", 512), ("maskable", 192), ("maskable", 512)]


@pytest.mark.parametrize("drawn", sorted({**icons.WHOLE, **icons.TO_THE_EDGES}))
def test_icons_are_those_of_the_mark(drawn: str) -> None:
    """`scripts/icons.py` was run after the mark changed."""
    size = {**icons.WHOLE, **icons.TO_THE_EDGES}[drawn]
    wanted = icons.draw(
        (icons.FOLDER / "favicon.svg").read_text("utf-8"), size, edges=drawn in icons.TO_THE_EDGES
    )
    with Image.open(icons.FOLDER / drawn) as image:
        kept = image.convert("RGBA")
    difference = ImageChops.difference(kept, wanted.convert("RGBA"))
    assert max(difference.tobytes()) <= 24  # of 255: few colours are kept


def test_pages_that_may_be_installed_have_an_icon_and_papers_do_not(published: Path) -> None:
    for address, icon in (
        ("index.html", "assets/images/apple-touch-icon.png"),
        ("search.html", "assets/images/apple-touch-icon.png"),
        ("guide/index.html", "../assets/images/apple-touch-icon.png"),
    ):
        assert Metas((published / address).read_text("utf-8")).links["apple-touch-icon"] == icon
    assert "apple-touch" not in (published / "papers/2503.10613.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Broadsheet", "Broadsheet"),
        ("The Daily Reading", "The Daily"),
        ("Lesekreis Informatik", "Lesekreis"),
        ("Donaudampfschifffahrt", "Donaudampfsc"),
        ("每日论文", "每日论文"),
    ],
)
def test_a_name_below_an_icon_is_short(name: str, short: str) -> None:
    assert short_name(name) == short


def test_a_manifest_is_of_the_sites_own_settings(make_site: Callable[..., Path]) -> None:
    root = make_site(one=GOOD)
    config = root / "mkdocs.yml"
    text = config.read_text().replace("font: false", "font: false, language: zh, favicon: img/my.svg")
    config.write_text(f"{text}extra_css: [mine.css]\nsite_description: '\"Ours\" <b>'\n")
    (root / "docs/img").mkdir(parents=True)
    (root / "docs/img/my.svg").write_text("<svg/>")
    (root / "docs/mine.css").write_text(":root {--bs-paper: light-dark(#FFF, #000)}")
    said = json.loads(run(root)["manifest.webmanifest"])
    assert said["icons"] == [{"src": "img/my.svg", "sizes": "any", "type": "image/svg+xml"}]
    assert (said["lang"], said["description"]) == ("zh", '"Ours" <b>')
    assert (said["background_color"], said["theme_color"]) == ("#ffffff", Look().accent)
    (root / "docs/mine.css").write_text(":root { --bs-accent: #0a0b0c }")
    said = json.loads(run(root)["manifest.webmanifest"])
    assert (said["background_color"], said["theme_color"]) == (Look().paper, "#0a0b0c")


@pytest.fixture
def schemas(read_fixture: Callable[[str], bytes]) -> dict[str, etree.XMLSchema]:
    """The schemas of sitemaps, by the element at the top."""
    found = {}
    for name, element in (("sitemap", "urlset"), ("siteindex", "sitemapindex")):
        text = read_fixture(f"sitemap/{name}.xsd")
        found[element] = etree.XMLSchema(
            etree.fromstring(text, base_url=str(FIXTURES / f"sitemap/{name}.xsd"))
        )
    return found


def test_the_map_is_as_its_schema_wants_it(published: Path, schemas: dict[str, etree.XMLSchema]) -> None:
    parts = sorted((published / "sitemaps").glob("*.xml"))
    assert len(parts) > 5
    for file, element in [(published / "sitemap.xml", "sitemapindex"), *((part, "urlset") for part in parts)]:
        document = etree.parse(file)
        assert document.getroot().tag.endswith(f"}}{element}")
        schemas[element].assertValid(document)


@pytest.mark.parametrize(
    ("element", "right", "wrong"),
    [
        ("urlset", "<lastmod>2025-03-14</lastmod>", "<lastmod>14 March 2025</lastmod>"),
        ("sitemapindex", "</lastmod>", "T25:00</lastmod>"),
        ("sitemapindex", "</loc>", "</loc><priority>1</priority>"),
        ("urlset", f"<loc>{SITE_URL}", "<loc>index.html</loc><loc>"),
    ],
)
def test_the_schemas_find_what_is_wrong(
    published: Path, schemas: dict[str, etree.XMLSchema], element: str, right: str, wrong: str
) -> None:
    address = "sitemap.xml" if element == "sitemapindex" else "sitemaps/2025-03.xml"
    text = (published / address).read_text("utf-8")
    assert schemas[element].validate(etree.fromstring(text.encode()))
    assert right in text
    assert not schemas[element].validate(etree.fromstring(text.replace(right, wrong, 1).encode()))


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("index.html", "Broadsheet"),
        ("digests/2025-03-14.html", "Friday, 14 March 2025"),
        ("guide/machines.html", "Citations, feeds and interfaces"),
        ("papers/2503.10613.html", None),
    ],
)
def test_pages_name_the_card_by_its_whole_address(
    sample: Path, published: Path, address: str, title: str | None
) -> None:
    metas = Metas((published / address).read_text("utf-8"))
    assert metas.all("og:image") == [f"{SITE_URL}assets/images/card.png"]
    assert metas.all("twitter:card") == ["summary_large_image" if title else "summary"]
    assert metas.all("og:image:alt") == (["Broadsheet"] if title else [])
    assert len(metas.all("og:title")) == 1
    assert title in (None, *metas.all("og:title"))
    with Image.open(published / "assets/images/card.png") as image:
        assert image.size == (1200, 630)
    assert Metas((sample / "site" / address).read_text("utf-8")).all("og:image") == []
    assert not (sample / "site/assets/images/card.png").exists()


def test_a_card_costs_a_paper_few_bytes(published: Path) -> None:
    page = (published / "papers/2503.10613.html").read_text("utf-8")
    _, _, rest = page.partition("<meta property=og:type content=article>")
    added, _, _ = rest.partition("<script")
    assert "og:image" in added
    assert len(added.encode()) <= 110 + len(SITE_URL)


@pytest.mark.parametrize("option", ["{}", "{card: true}", "{card: false}"])
def test_a_site_may_have_no_card(make_site: Callable[..., Path], option: str) -> None:
    root = make_site(one=GOOD)
    config = root / "mkdocs.yml"
    text = config.read_text() + "site_url: https://example.org\n"
    config.write_text(f"{text}extra: {{broadsheet: {option}}}\n")
    site = run(root)
    wanted = "false" not in option
    assert ("assets/images/card.png" in site) == wanted
    named = [
        name
        for name in site
        if b'og:image content="https://example.org/assets/images/card.png"' in site[name]
    ]
    assert len(named) == (3 if wanted else 0)


def test_a_new_day_draws_no_card(make_site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_site(one=GOOD)
    config = root / "mkdocs.yml"
    config.write_text(config.read_text() + "site_url: https://example.org/\n")
    drawn: list[str] = []

    def draw(name: str, *_: object) -> bytes:
        drawn.append(name)
        return name.encode()

    monkeypatch.setattr(drawing, "draw", draw)
    run(root)
    write_digest(root, "two", GOOD.replace("14", "15").replace("Things", "Other Things"))
    run(root)
    assert drawn == ["Test site"]
    config.write_text(config.read_text().replace("Test site", "Best site"))
    assert run(root)["assets/images/card.png"] == b"Best site"
    assert drawn == ["Test site", "Best site"]


def test_colours_for_files_are_those_of_the_theme() -> None:
    assert look_of(None, ()) == Look()
    text = (ROOT / "theme_overrides/assets/css/site.css").read_text("utf-8")
    for name in Look.__slots__:
        assert f"--bs-{name.replace('_', '-')}: light-dark({getattr(Look(), name)}, " in text


def listen(page: Page, said: list[str]) -> None:
    """Note what a page complains of, and what it does not get."""
    page.on("console", lambda message: said.append(message.text))
    page.on("requestfailed", lambda request: said.append(request.url))


@pytest.mark.browser
@pytest.mark.parametrize("address", ["index.html", "search.html", "guide/index.html"])
def test_the_manifest_is_found_over_http_and_nothing_fails_from_a_disk(
    chromium: Browser, serve: Callable[[Path], str], sample: Path, address: str
) -> None:
    site = sample / "site"
    for root, manifests in ((serve(site), 1), (f"{site.as_uri()}/", 0)):
        page = chromium.new_page()
        said: list[str] = []
        listen(page, said)
        page.goto(root + address, wait_until="networkidle")
        assert page.locator("link[rel=manifest]").count() == manifests
        if manifests:
            session = page.context.new_cdp_session(page)
            found = session.send("Page.getAppManifest")
            assert found["url"] == f"{root}manifest.webmanifest"
            assert found["errors"] == []
            assert json.loads(found["data"])["name"] == "Broadsheet"
        page.close()
        assert said == []


def test_every_address_in_the_guide_is_there(published: Path) -> None:
    guide = (ROOT / "docs/guide/machines.md").read_text("utf-8")
    addresses = re.findall(r"^\| `([^`]+)`", guide, re.MULTILINE)
    assert len(addresses) > 12
    named = {"YYYY-MM-DD": "2025-03-14", "YYYY-MM": "2025-03", "<key>": "2503.10613"}
    named |= {"tags/<slug>": "tags/large-language-models", "sources/<slug>": "sources/huggingface-daily"}
    for address in addresses:
        for name, value in named.items():
            address = address.replace(name, value)
        assert (published / address).is_file(), address


def locations(file: Path) -> dict[str, str | None]:
    """The addresses of a part of the map, below the site, each with its ``lastmod``."""
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    root = ET.fromstring(file.read_bytes())  # noqa: S314 - our own
    found = {
        (one.findtext(f"{space}loc") or "").removeprefix(SITE_URL): one.findtext(f"{space}lastmod")
        for one in root
    }
    assert len(found) == len(root) <= 50_000
    return found


def test_the_map_says_when_pages_last_changed(published: Path) -> None:
    """A paper of several days has the last of them; a part has the newest day in it."""
    listed: dict[str, str] = {}
    for file in days(published):
        for paper in papers_of(published, file.stem):
            listed[f"papers/{paper['key']}.html"] = max(
                file.stem, listed.get(f"papers/{paper['key']}.html", "")
            )
    changed: dict[str, str | None] = {}
    for part, newest in locations(published / "sitemap.xml").items():
        own = locations(published / part)
        assert newest == max((day for day in own.values() if day), default=None)
        assert not changed.keys() & own.keys()
        changed |= own
    assert {address: day for address, day in changed.items() if address.startswith("papers/")} == listed
    assert {address for address in changed if not (published / address).is_file()} == set()
    latest = max(file.stem for file in days(published))
    assert (changed["index.html"], changed["archive/index.html"]) == (latest, latest)
    assert changed[f"digests/{latest}.html"] == latest
