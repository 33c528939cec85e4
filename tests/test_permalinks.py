"""Published addresses never die."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import permalinks
from generator.errors import ConfigError, PermalinkError
from generator.keys import clue
from generator.library import collect
from generator.model import Digest, Library
from generator.permalinks import Permalinks, parse, reconcile
from tests.builders import digest, record

TEXT = "We study things that matter, and why they came to matter."


def record_of(library: Library) -> Permalinks:
    """The record after a first build of a library."""
    pages = {paper.address: clue(paper.title, paper.abstract) for paper in library.papers.values()}
    return parse("\n".join(reconcile(Permalinks(), pages, {}).added))


def rebuild(record: Permalinks, *digests: Digest) -> tuple[Library, permalinks.Outcome]:
    """Build again with other digests."""
    published = {
        name.removeprefix("papers/").removesuffix(".html"): record.clues[name]
        for name in record.published("papers")
    }
    library = collect(digests, published=published)
    pages = {paper.address: clue(paper.title, paper.abstract) for paper in library.papers.values()}
    aliases = {f"papers/{a}.html": p.address for p in library.papers.values() for a in p.aliases}
    return library, reconcile(record, pages, aliases)


def test_a_paper_that_gains_an_arxiv_id_leads_on_from_its_old_address() -> None:
    old = record_of(collect([digest(record(abstract=TEXT))]))
    (address,) = old.clues
    new, outcome = rebuild(old, digest(record(abstract=TEXT, arxiv_id="2503.00001")))
    assert list(new.papers) == ["2503.00001"]
    assert outcome.forwards == {address: "papers/2503.00001.html"}
    assert f"moved {address} papers/2503.00001.html" in outcome.added


def test_a_corrected_title_keeps_its_address() -> None:
    first = collect([digest(record("A Stduy of Things", abstract=TEXT))])
    new, outcome = rebuild(record_of(first), digest(record("A Study of Things", abstract=TEXT)))
    assert list(new.papers) == list(first.papers)
    assert outcome.forwards == {}
    assert outcome.added == ()


def test_a_corrected_identifier_leads_on() -> None:
    first = record_of(collect([digest(record(abstract=TEXT, arxiv_id="2503.00001"))]))
    _, outcome = rebuild(first, digest(record(abstract=TEXT, arxiv_id="2503.00002")))
    assert outcome.forwards == {"papers/2503.00001.html": "papers/2503.00002.html"}


def test_reordering_moves_nothing() -> None:
    records = [record(f"A Study of Thing {number}", abstract=f"{number} {TEXT}") for number in range(5)]
    first = collect([digest(*records)])
    new, outcome = rebuild(record_of(first), digest(*reversed(records)))
    assert set(new.papers) == set(first.papers)
    assert outcome == permalinks.Outcome({}, (), ())


def test_a_removed_paper_stops_the_build_and_says_which() -> None:
    first = record_of(collect([digest(record("Kept on purpose"), record(arxiv_id="2503.00001"))]))
    with pytest.raises(PermalinkError) as error:
        rebuild(first, digest(record("Kept on purpose")))
    assert str(error.value) == (
        "papers/2503.00001.html: expected a page at this published address, found nothing that would make one; "
        'bring its digest back, or add a line to permalinks.txt: "retired papers/2503.00001.html" to withdraw it '
        'or "moved papers/2503.00001.html <new address>" to lead it elsewhere'
    )


def test_retired_on_purpose() -> None:
    retired = parse("papers/2503.00001.html 12345678\nretired papers/2503.00001.html")
    outcome = reconcile(retired, {}, {})
    assert outcome.retired == ("papers/2503.00001.html",)
    assert outcome.added == ()


def test_moved_by_hand_through_a_chain() -> None:
    record = parse("papers/a.html\nmoved papers/a.html papers/b.html\nmoved papers/b.html papers/c.html")
    assert reconcile(record, {"papers/c.html": ""}, {}).forwards == {
        "papers/a.html": "papers/c.html",
        "papers/b.html": "papers/c.html",
    }


def test_a_loop_breaks_nothing() -> None:
    record = parse("moved papers/a.html papers/b.html\nmoved papers/b.html papers/a.html")
    assert reconcile(record, {"papers/a.html": ""}, {}).forwards == {"papers/b.html": "papers/a.html"}


def test_lists_that_have_become_empty_lead_to_the_list_above() -> None:
    record = parse(
        "tags/agents/2.html\ntags/agents.html\ntags/old.html\narchive/2025-03.html\nauthors/a.html"
    )
    pages = dict.fromkeys(["tags/agents.html", "tags/index.html", "archive/2025.html"], "")
    assert reconcile(record, pages, {}).forwards == {
        "tags/agents/2.html": "tags/agents.html",
        "tags/old.html": "tags/index.html",
        "archive/2025-03.html": "archive/2025.html",
        "authors/a.html": "index.html",
    }


def test_a_record_that_was_damaged_is_an_error_with_every_line() -> None:
    with pytest.raises(ConfigError) as error:
        parse("# fine\npapers/a.html\n<<<<<<< HEAD\nmoved papers/a.html\npapers/../x.html")
    assert [problem.where for problem in error.value.problems] == [
        "permalinks.txt:3",
        "permalinks.txt:4",
        "permalinks.txt:5",
    ]


def test_lines_are_only_added(tmp_path: Path) -> None:
    file = tmp_path / "permalinks.txt"
    permalinks.append(file, ["papers/a.html"])
    file.write_text(file.read_text() + "# a remark without a line end")
    before = file.read_text()
    permalinks.append(file, ["papers/b.html"])
    permalinks.append(file, [])
    assert file.read_text() == before + "\npapers/b.html\n"
    assert permalinks.load(file).clues == {"papers/a.html": "", "papers/b.html": ""}
