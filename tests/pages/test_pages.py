"""Pages as files a person can read, and what of them stays as it is while the archive grows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import frontmatter
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.enrich.topics import paper_tags
from generator.enrich.vocabulary import VOCABULARY, load_vocabulary
from generator.errors import Problem
from generator.model import Digest, Link, Record, Refusal, Source
from generator.pages import PAGE_KINDS
from generator.pages.layout import Layout
from generator.pages.lists import sealed_pages
from generator.pages.page import Page
from generator.permalinks import Permalinks
from tests.builders import DAILY, Library, collect, digest, record
from tests.strategies import records as any_records

LAYOUT = Layout(site_name="Test", page_size=2, author_papers=2, keyword_papers=2)
GROUP = Source("reading-group", "Reading group", "https://example.org/")


TAGGER = partial(paper_tags, vocabulary=load_vocabulary(VOCABULARY))


def archive(permalinks: Permalinks | None = None) -> Library:
    """Three days, two sources, everything that a record may say said once."""
    full = record(
        "Diffusion models for [video] & <more>",
        abstract="We study diffusion models.\n\n# Not a heading\n",
        authors=("Ada Lovelace", "Charles Babbage"),
        arxiv_id="2503.00001",
        published="2025-03-12",
        revised="2025-03-13",
        links=(Link("Code", "https://github.com/ada/engine"),),
        tags=("Reading list",),
        keywords=("video", "Diffusion models"),
        categories=("cs.CV",),
        summary="A summary.",
        upvotes=7,
        comments=0,
        stars=12,
        submitted_by="A. Reader",
        organization="Analytical Society",
    )
    again = record("Diffusion models for [video] & <more>", where="line 9", arxiv_id="2503.00001")
    plain = record("Only a Title That Nobody Else Has", where="line 12")
    other = record(
        "Video diffusion again", arxiv_id="2503.00002", authors=("Ada Lovelace",), keywords=("video",)
    )
    old = record(
        "An article",
        doi="10.1000/Old-1",
        published="2024",
        authors=("Ada Lovelace",),
        venue="Journal of <Articles>",
        comment="12 pages, 3 figures",
        announced="replace-cross",
    )
    refused = Refusal(Problem("digests/g.md:30", "an arXiv id", '"../../x"', "correct it"), "Bad <b>")
    return collect(
        [
            digest(old, day="2024-12-31", said=2, announced=(("replace-cross", 1),)),
            digest(full, other, said=2),
            digest(
                again,
                plain,
                day="2025-03-14",
                source=GROUP,
                refusals=(refused,),
                title="*What* we read",
                introduction="We *read*.",
            ),
        ],
        permalinks=permalinks,
        tag=TAGGER,
    )


def pages(library: Library, layout: Layout = LAYOUT) -> dict[str, Page]:
    found = {}
    for kind in PAGE_KINDS:
        for address in kind.every(library.archive, layout):
            page = kind.make(library.archive, layout, address)
            assert page
            assert page.address == address
            assert address.partition("/")[0] in kind.OWNS
            found[page.path] = page
    return found


@pytest.mark.parametrize(
    "path",
    ["papers/2503.00001.md", "papers/10.1000-old-1.md", "digests/2025-03-14.md", "index.md", "archive/index.md",
     "archive/2025-03.md", "tags/index.md", "tags/diffusion-models.md", "authors/index.md", "authors/ada-lovelace.md",
     "authors/ada-lovelace/1.md", "sources/reading-group.md", "account.md", "account/2025-03.md", "account/2024-12.md",
     "digests/2024-12-31.md", "search.md"],
)  # fmt: skip
def test_pages_are_these_files(path: str, golden: Callable[[str, str], None]) -> None:
    layout = Layout(site_name="Test", page_size=1, author_papers=2, keyword_papers=2)
    golden(f"pages/{path.replace('/', '_')}", pages(archive(), layout)[path].content().decode())


@settings(max_examples=40)
@given(st.lists(any_records, max_size=4))
@example([record("\\/")])
@example([record("$\\,$")])
def test_front_matter_of_any_record_reads_back(records: list[Record]) -> None:
    for page in pages(collect([digest(*records)])).values():
        post = frontmatter.loads(page.content().decode())
        assert post.metadata["title"] == page.title
        assert post.metadata == page.front_matter()
        assert post.content == page.markdown().strip()
        for name in ("authors", "tags", "keywords", "summary", "bibtex", "doi", "key"):
            if page.meta.get(name):
                assert post.metadata[name] == _listed(page.meta[name])
            else:
                assert name not in post.metadata


def _listed(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def test_only_the_newest_edge_changes_when_a_day_is_added() -> None:
    def day(number: int) -> Digest:
        papers = (
            record(f"A Paper about Video {number} {n}", arxiv_id=f"2503.{number:03d}{n:02d}", tags=("Video",))
            for n in range(3)
        )
        return digest(*papers, day=str(date(2025, 1, 1) + timedelta(days=number)))

    days = [day(number) for number in range(40)]
    before, after = (
        {
            path: page.content()
            for path, page in pages(collect(part, tag=TAGGER), Layout("Test", page_size=10)).items()
        }
        for part in (days[:-1], days)
    )
    changed = {path for path in before if before[path] != after[path]}
    assert set(before) <= set(after)
    assert after.keys() - before.keys() == {
        "digests/2025-02-09.md", "tags/video/11.md", f"sources/{DAILY.slug}/11.md",
        *(f"papers/2503.039{n:02d}.md" for n in range(3)),
    }  # fmt: skip
    assert changed == {
        "index.md", "digests/2025-02-08.md", "archive/index.md", "archive/2025.md", "archive/2025-02.md",
        "tags/index.md", "tags/video.md", "tags/video/10.md", "sources/index.md", f"sources/{DAILY.slug}.md",
        f"sources/{DAILY.slug}/10.md", "account.md", "account/2025-02.md", "search.md",
    }  # fmt: skip


@given(st.integers(0, 500), st.integers(1, 60))
def test_every_paper_of_a_list_is_on_one_page(papers: int, size: int) -> None:
    sealed = sealed_pages(papers, size)
    newest = papers - sealed * size
    assert newest >= 0
    assert newest < 2 * size
    assert sealed == 0 or newest >= size


def test_a_list_keeps_its_page_once_published() -> None:
    assert "authors/charles-babbage.md" not in pages(archive())
    published = Permalinks({"authors/charles-babbage.html": "", "tags/video.html": "", "tags/never.html": ""})
    again = pages(archive(published))
    assert {"authors/charles-babbage.md", "tags/video.md"} <= set(again)
    assert "tags/never.md" not in again


def test_a_long_day_shows_titles_only() -> None:
    papers = (
        record(f"A Long Title of Paper {n}", arxiv_id=f"2503.{n:05d}", abstract="Its abstract.")
        for n in range(101)
    )
    library = collect([digest(*papers)])
    assert "Its abstract." not in pages(library)["digests/2025-03-14.md"].content().decode()
    assert "Its abstract." in pages(library)["papers/2503.00000.md"].content().decode()


def test_lists_of_tags_show_a_short_teaser_and_those_of_sources_none() -> None:
    text = f"{'word ' * 60}end."
    library = collect([digest(record("Video diffusion", arxiv_id="2503.00001", abstract=text))], tag=TAGGER)
    made = {path: page.content().decode() for path, page in pages(library).items()}
    assert 270 < made["digests/2025-03-14.md"].count("word ") * 5 <= 280
    assert 130 < made["tags/video-generation.md"].count("word ") * 5 <= 140
    assert "word " not in made[f"sources/{DAILY.slug}.md"]
    assert made["papers/2503.00001.md"].count("word ") >= 60


def test_what_curators_say_stands_below_the_heading_of_their_source() -> None:
    """Or above them all, where the source of the digest has none: its papers are those of other sources."""
    borrowed = record("Borrowed", source=DAILY)
    library = collect(
        [
            digest(record("Own"), title="Daily", introduction="Of the day."),
            digest(record("A Title of the Group"), source=GROUP, title="Group", introduction="Of the group."),
            digest(borrowed, source=Source("a-blog", "A blog"), title="Blog", introduction="Of the blog."),
        ]
    )
    text = pages(library)["digests/2025-03-14.md"].content().decode()
    order = ["Blog", "Of the blog.", "## [Hugging Face daily papers]", "Daily", "Of the day.", "## [Reading group]",
             "Group\n{ .digest-title }", "Of the group."]  # fmt: skip
    places = [text.index(f"\n{part}") for part in order]
    assert places == sorted(places)
