"""The index follows the archive: what it says after changes is what it says when it is made anew."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from generator.archive.database import connect
from generator.archive.derive import Deriver
from generator.archive.intake import Stamp, reading
from generator.archive.lists import AUTHORS, KEYWORDS, SOURCES, TAGS
from generator.archive.queries import Archive
from generator.archive.update import derive_all, update
from generator.enrich.vocabulary import VOCABULARY, load_vocabulary
from generator.ids import file_name
from generator.model import Digest, Paper, Source, Tag
from generator.pages.entries import entry
from generator.pages.layout import Layout
from generator.related import signature
from generator.search import cards, files, segments, spelling
from generator.search.document import words_of
from generator.search.indexing import Index
from generator.search.segments import BASE, HEADS, TAILS, Segment, segments_of
from tests.builders import DAILY, collect, digest, library, record
from tests.histories import History
from tests.search.conftest import search_files
from tests.search.decoder import read_heads, read_packed, read_tails, text_in
from tests.search.small import make_small

NAMES = ("Deep learning", "deep Learning", "DEEP LEARNING", "Graphs", "C++", "C", "🎉")
SEMINAR = Source("b.slug_2", "A seminar")


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sizes at which a few papers make all kinds of files."""
    make_small(monkeypatch, heavy=7, pairs=("word rare", "paper 1"))


def tags_of(paper: Paper) -> tuple[Tag, ...]:
    """Tags of one slug may be spelled in several ways."""
    found = (NAMES[len(record_.abstract) % len(NAMES)] for a in paper.appearances for record_ in [a.record])
    return tuple(Tag("label", name, file_name(name)) for name in dict.fromkeys(found))


@dataclass
class World:
    """An archive that follows its digests."""

    digests: dict[str, Digest] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.database = connect(":memory:")
        earned = {TAGS: 1, KEYWORDS: 2, AUTHORS: 2, SOURCES: 0}
        self.deriver = Deriver(
            tag=tags_of, describe=entry, index=words_of, sign=signature, earned=earned, edits={}
        )
        derive_all(self.database, None, self.deriver, map, lambda _: None)
        self.index = Index(self.database)
        self.index.make()

    @property
    def archive(self) -> Archive:
        return Archive(self.database)

    def become(self, digests: Mapping[str, Digest]) -> Sequence[str] | None:
        """Follow the digests; gives which files may say something else, None if it may be any."""
        changed = [one for path, one in digests.items() if self.digests.get(path) != one]
        gone = [path for path in self.digests if path not in digests]
        self.digests = dict(digests)
        readings = [reading(one, Stamp(0, 0, b"")) for one in changed]
        changes = update(self.database, readings, gone, self.deriver)
        if changes is None:
            derive_all(self.database, None, self.deriver, map, lambda _: None)
            self.index.make()
            return None
        return self.index.follow(changes) if changes else ()

    def contents(self) -> dict[str, bytes]:
        """All files."""
        archive, layout = self.archive, Layout("Test")
        made = {address: files.make(archive, layout, address) for address in files.every(archive, layout)}
        assert None not in made.values()
        return {address: artifact.content for address, artifact in made.items() if artifact}

    def tables(self) -> dict[tuple[str, str, int], Any]:
        """What shards and dictionaries hold."""
        return dict(_tables(self.index, self.archive.totals.papers))


def _tables(index: Index, papers: int) -> Iterator[tuple[tuple[str, str, int], Any]]:
    for segment in segments_of(papers):
        for number in range(1 << segment.shard_bits):
            shard = index.shard(segment, number)
            yield (segment.name, "shard", number), {term: own.pack() for term, own in shard.items()}
        for kind in (HEADS, TAILS):
            for number in range(1 << segment.word_bits):
                yield (segment.name, kind, number), index.dictionary(segment, kind, number)
        yield (segment.name, "heavy", 0), index.heavy(segment)


def same_as_anew(world: World) -> None:
    """Everything must be as in an archive that was made of the same digests at once."""
    anew = collect(world.digests.values(), tag=tags_of)
    assert world.tables() == dict(_tables(Index(anew.archive.database), anew.archive.totals.papers))
    assert world.contents() == search_files(anew)
    assert files.make_manifest(world.archive).content == files.make_manifest(anew.archive).content


def told(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> set[str]:
    """The addresses of files that came, went or say something else."""
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_following_a_history_equals_making_anew(seed: int, small_parts: None) -> None:
    """Digests come, are edited, renamed, moved to other days and removed; papers join and part."""
    history, world, most = History(seed), World(), 0
    sources = (DAILY, SEMINAR)
    for step in range(45):
        for _ in range(3 if step < 8 else 1):
            history.change(step * 10 + _)
        digests = {
            path: digest(
                *(replace(one, keywords=(f"k{int(one.summary) % 5}", "number")) for one in records),
                day=str(day),
                path=path,
                source=sources[int(path.removesuffix(".md").rpartition("-")[2].lstrip("r")) % 2],
            )
            for path, (day, records) in history.digests.items()
        }
        before = world.contents()
        changed = world.become(digests)
        if changed is not None:
            assert told(before, world.contents()) <= {*changed, files.DAYS}
        most = max(most, world.archive.totals.papers)
        if step % 3 == 0 or step > 35:
            same_as_anew(world)
    assert most > 12


# What a change costs


def days(*sizes: int) -> dict[str, Digest]:
    """Digests of days with so many papers each."""
    found = {}
    for day, size in enumerate(sizes):
        papers = (
            record(
                f"Paper {number} of day {day}",
                arxiv_id=f"2501.{day * 50 + number:05}",
                abstract=f"A word{day * 50 + number} that is rare, and some that are not.",
                authors=(f"Author{number} Family{day}",),
            )
            for number in range(size)
        )
        path = f"digests/{day}.md"
        found[path] = digest(*papers, day=str(date(2025, 1, 1) + timedelta(days=day)), path=path)
    return found


def test_a_new_day_leaves_the_base_as_it_is(small_parts: None) -> None:
    world = World()
    for number in range(4, 30):
        sizes = [2] * number
        before, was = world.contents(), segments_of(world.archive.totals.papers)[0]
        changed = world.become(days(*sizes)) or ()
        base = segments_of(world.archive.totals.papers)[0]
        if base == was:
            assert all(path.startswith("search/b/") for path in changed)
            assert told(before, world.contents()) <= {*changed, files.DAYS}
            assert {path for path in before if path.startswith("search/a/")} <= world.contents().keys()
    same_as_anew(world)


def test_the_recent_part_is_small_and_the_base_seldom_made_anew() -> None:
    bases = [segments.base_of(papers) for papers in range(0, 120_000, 20)]
    for papers, base in zip(range(0, 120_000, 20), bases, strict=True):
        assert 0 <= papers - base < max(256, papers / 50)
        assert papers >= 2048 or base == papers
    assert len({base for base in bases if base > 100_000}) <= 14


def test_a_paper_listed_again_changes_what_tells_of_it_alone(small_parts: None) -> None:
    world = World()
    other = digest(record("Other", doi="10.1/x"), source=SEMINAR, path="digests/y.md")  # the seminar is known
    world.become({**days(5, 5, 5, 5, 5), "digests/y.md": other})
    title = "Paper 1 of day 0"
    again = digest(
        record(title, arxiv_id="2501.00001"), day="2025-03-01", source=SEMINAR, path="digests/x.md"
    )
    before = world.contents()
    changed = world.become({**world.digests, "digests/x.md": again})
    assert changed is not None
    differ = told(before, world.contents())
    assert differ <= {*changed}
    [source] = [path for path in differ if path.startswith("search/a/p")]
    assert differ == {"search/a/d00.js", "search/a/c00.js", source}
    same_as_anew(world)


def test_an_edited_paper_changes_a_few_files(small_parts: None) -> None:
    digests = days(5, 5, 5, 5, 5)
    world = World()
    world.become(digests)
    before = world.contents()
    day = digests["digests/1.md"]
    edited = replace(day.records[2], abstract=day.records[2].abstract.replace("rare", "odd"))
    digests["digests/1.md"] = replace(day, records=(*day.records[:2], edited, *day.records[3:]))
    changed = world.become(digests)
    assert changed is not None
    assert told(before, world.contents()) <= {*changed}
    assert not [path for path in changed if path.startswith("search/b/")]
    assert [path for path in changed if path[9] == "d"] == ["search/a/d02.js"]
    assert [path for path in changed if path[9] == "c"] == ["search/a/c01.js"]
    same_as_anew(world)


def test_a_tag_that_its_oldest_paper_spells_otherwise(
    small_parts: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tagged(paper: Paper) -> tuple[Tag, ...]:
        return tuple(Tag("label", name, file_name(name)) for name in paper.keywords)

    def named(*names: str) -> dict[str, Digest]:
        found = {}
        for day, name in enumerate(names, start=1):
            one = record(f"Paper {day}", arxiv_id=f"2501.{day:05}", keywords=(name,))
            found[f"digests/{day}.md"] = digest(one, day=f"2025-01-{day:02}", path=f"digests/{day}.md")
        return found

    monkeypatch.setitem(globals(), "tags_of", tagged)
    names = ["deep Learning", *["other"] * 6, *["deep learning"] * 5, "x"]
    world = World()
    world.become(named(*names))
    before = world.contents()
    changed = world.become(named("DEEP learning", *names[1:])) or ()
    assert told(before, world.contents()) <= {*changed, files.DAYS}
    same_as_anew(world)


def test_nothing_changes_for_an_archive_that_stays(small_parts: None) -> None:
    world = World()
    world.become(days(4, 4, 4))
    assert world.become(days(4, 4, 4)) == ()
    world.become({})
    assert world.contents().keys() == {files.DAYS}
    same_as_anew(world)


# What is in the files


def values(content: bytes) -> list[Any]:
    """What a script hands over, where that is JSON."""
    return list(json.loads(f"[{content.partition(b'(')[2].decode('ascii').rstrip().removesuffix(')')}]"))


def test_cards_and_facets_tell_of_every_paper(small_parts: None) -> None:
    papers = collect(days(5, 5, 5, 5).values(), tag=tags_of)
    made = search_files(papers)
    [manifest] = values(files.make_manifest(papers.archive).content)
    rows = [
        row
        for part in manifest["parts"]
        for path in sorted(path for path in made if path.startswith(f"search/{part['name']}/d"))
        for row in read_packed(text_in(made[path])[1], manifest["common"])
    ]
    assert [(row[0], row[1], row[4]) for row in rows] == [
        (paper.key, paper.title, paper.first.day.toordinal()) for paper in papers.papers.values()
    ]
    names = []
    for part in manifest["parts"]:
        for path in sorted(path for path in made if path.startswith(f"search/{part['name']}/c")):
            tags, sources, own = read_packed(text_in(made[path])[1], manifest["common"])
            names += [[(tags + sources)[number] for number in row] for row in own]
    assert names == [
        [*sorted({tag.name for tag in paper.tags}), "huggingface-daily"] for paper in papers.papers.values()
    ]


def test_dictionaries_have_the_words_of_their_part(small_parts: None) -> None:
    papers = collect(days(5, 5, 5, 5).values(), tag=tags_of)
    made = search_files(papers)
    base, recent = segments_of(papers.archive.totals.papers)
    for segment in (base, recent):
        heads: dict[str, int] = {}
        tails: dict[str, int] = {}
        for path, content in made.items():
            if not path.startswith(f"search/{segment.name}/"):
                continue
            size, text = text_in(content)
            assert size == segment.size
            if path[9] == HEADS:
                heads |= read_heads(read_packed(text, cards.COMMON))
            elif path[9] == TAILS:
                tails |= read_tails(read_packed(text, cards.COMMON))
        expected = _spelled(papers.papers.values(), segment)
        assert heads == expected
        assert tails == {
            word: papers for word, papers in expected.items() if len(word) > 4 and segment.name == BASE
        }


def _spelled(papers: Iterable[Paper], segment: Segment) -> dict[str, int]:
    found: dict[str, int] = {}
    for paper in [*papers][segment.start : segment.stop]:
        terms = words_of_paper(paper)
        for word in terms:
            found[word] = found.get(word, 0) + 1
    return {
        word: int(spelling.digit(count), 36) for word, count in found.items() if count >= segment.least(HEADS)
    }


def words_of_paper(paper: Paper) -> list[str]:
    """The words of a paper and of its authors' names that are letters; one that is both counts twice."""
    made = library(*(appearance.record for appearance in paper.appearances[:1]), tag=lambda _: paper.tags)
    index = Index(made.archive.database)
    [segment] = [segment for segment in segments_of(1) if segment]
    shards = [index.shard(segment, number) for number in range(1 << segment.shard_bits)]
    terms = [term for shard in shards for term in shard if term[0] not in "#$="]
    return [word for term in terms if spelling.is_spelled(word := term.removeprefix("@"))]


def test_the_manifest_says_what_there_is() -> None:
    papers = collect(days(3, 2).values(), tag=tags_of)
    [manifest] = values(files.make_manifest(papers.archive).content)
    [part] = manifest.pop("parts")
    assert (part["name"], part["start"], part["size"], part["heavy"]) == ("a", 0, 5, "")
    assert manifest["common"] == cards.COMMON
    assert {key: manifest[key] for key in ("papers", "from", "to", "sources", "tags")} == {
        "papers": 5,
        "from": "2025-01-01",
        "to": "2025-01-02",
        "sources": [["huggingface-daily", "Hugging Face daily papers"]],
        "tags": sorted({tag.name for paper in papers.papers.values() for tag in paper.tags}),
    }


def test_an_empty_archive_has_a_manifest_and_days_alone() -> None:
    papers = collect([])
    assert [*search_files(papers)] == [files.DAYS]
    [manifest] = values(files.make_manifest(papers.archive).content)
    assert (manifest["papers"], manifest["parts"], manifest["from"], manifest["to"]) == (0, [], "", "")


def test_days_tell_when_papers_came() -> None:
    papers = collect(days(3, 0, 2, 1).values())
    [told_] = values(search_files(papers)[files.DAYS])
    assert told_ == [date(2025, 1, 1).toordinal(), 3, 2, 2, 1, 1]


def test_all_addresses_can_be_made_and_no_others(small_parts: None) -> None:
    papers = collect(days(5, 5, 5, 5, 5).values(), tag=tags_of)
    layout, made = Layout("Test"), search_files(papers)
    kinds = {path[7:10] for path in made if path != files.DAYS}
    assert kinds >= {f"{part}/{kind}" for part in "ab" for kind in "pqfdc"} | {"a/r", "a/h", "a/x"}
    assert {len(path) for path in made if path[9] == "x"} == {21, 23}
    for path in made:
        assert path.isascii()
        assert path == path.lower()
    for wrong in ("a/pzz", "a/dzz", "a/h00000000", "b/r00", "b/czz", "a/h00000000t"):
        assert files.make(papers.archive, layout, f"search/{wrong}.js") is None


def test_the_common_text_is_one_that_every_browser_puts_before_a_file() -> None:
    """It is told by its length in bytes as a block of RFC 1951."""
    assert cards.COMMON.isascii()
    assert len(cards.COMMON) < 1 << 15


def test_the_common_text_has_the_topics_that_cards_may_have() -> None:
    missing = [t.name for t in load_vocabulary(VOCABULARY).topics if f'"{t.name}"' not in cards.COMMON]
    assert missing == []


def test_two_builds_of_the_same_papers_are_the_same(small_parts: None) -> None:
    dice = Random(5)  # noqa: S311 - the same order each time
    digests = [*days(5, 3, 4, 6).values()]
    first = search_files(collect(digests, tag=tags_of))
    dice.shuffle(digests)
    assert search_files(collect(digests, tag=tags_of)) == first
