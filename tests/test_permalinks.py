"""Published addresses never die."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from generator import permalinks
from generator.errors import ConfigError, PermalinkError
from generator.model import Digest
from generator.permalinks import Outcome, Permalinks, parse
from tests.builders import Library, collect, digest, record
from tests.histories import reconciled

TEXT = "We study things that matter, how they came to matter to everybody, and what may be done about them."


def record_of(*digests: Digest) -> Permalinks:
    """The record after a first build of digests."""
    return parse("\n".join(rebuild(Permalinks(), *digests)[1].added))


def rebuild(record: Permalinks, *digests: Digest) -> tuple[Library, Outcome]:
    """Build again with other digests."""
    library = collect(digests, permalinks=record)
    return library, reconciled(record, library.papers)


def reconcile(record: Permalinks, pages: Mapping[str, tuple[str, ...]]) -> Outcome:
    """What becomes of a record where all pages are new and no paper has two addresses."""
    return permalinks.reconcile(record, pages, {}, pages)


def test_a_paper_that_gains_an_arxiv_id_leads_on_from_its_old_address() -> None:
    old = record_of(digest(record(abstract=TEXT)))
    (address,) = old.clues
    new, outcome = rebuild(old, digest(record(abstract=TEXT, arxiv_id="2503.00001")))
    assert list(new.papers) == ["2503.00001"]
    assert outcome.forwards == {address: "papers/2503.00001.html"}
    assert f"moved {address} papers/2503.00001.html" in outcome.added


def test_a_corrected_title_keeps_its_address() -> None:
    first = record_of(digest(record("A Stduy of Things", abstract=TEXT)))
    new, outcome = rebuild(first, digest(record("A Study of Things", abstract=TEXT)))
    assert [paper.address for paper in new.papers.values()] == [*first.clues]
    assert outcome.forwards == {}
    assert outcome.added == ()


def test_a_corrected_identifier_leads_on() -> None:
    first = record_of(digest(record(abstract=TEXT, arxiv_id="2503.00001")))
    _, outcome = rebuild(first, digest(record(abstract=TEXT, arxiv_id="2503.00002")))
    assert outcome.forwards == {"papers/2503.00001.html": "papers/2503.00002.html"}


def test_reordering_moves_nothing() -> None:
    records = [record(f"A Study of Thing {number}", abstract=f"{number} {TEXT}") for number in range(5)]
    records += [record("Editorial", abstract="On spring."), record("Editorial", abstract="On autumn.")]
    first = record_of(digest(*records))
    new, outcome = rebuild(first, digest(*reversed(records)))
    assert {paper.address for paper in new.papers.values()} == set(first.clues)
    assert outcome == Outcome({}, (), ())


def test_a_removed_paper_stops_the_build_and_says_which() -> None:
    first = record_of(digest(record("Kept on purpose"), record(arxiv_id="2503.00001")))
    with pytest.raises(PermalinkError) as error:
        rebuild(first, digest(record("Kept on purpose")))
    assert str(error.value) == (
        "papers/2503.00001.html: expected a page at this published address, found none; "
        'bring its digest back, or add to permalinks.txt the line "retired papers/2503.00001.html"'
    )


def test_a_title_that_nothing_recognises_stops_the_build_and_says_what_it_may_be() -> None:
    first = record_of(digest(record("A Stduy of Things")))
    with pytest.raises(PermalinkError) as error:
        rebuild(first, digest(record("A Study of Things")))
    (old,) = first.clues
    assert str(error.value).startswith(
        f"{old}: expected a page at this published address, found none; if it is there under another name, "
        f'add to permalinks.txt "moved {old} papers/a-study-of-things-'
    )


def test_retired_on_purpose() -> None:
    retired = parse("papers/2503.00001.html 12345678\nretired papers/2503.00001.html")
    for pages in ({}, {"papers/2503.00001.html": ("9f8e7d6c",)}):
        outcome = reconcile(retired, pages)
        assert outcome.retired == ("papers/2503.00001.html",)
        assert outcome.added == ()


def test_moved_by_hand_through_a_chain() -> None:
    record = parse(
        "papers/a.html\npapers/b.html\nmoved papers/a.html papers/b.html\nmoved papers/b.html papers/c.html"
    )
    outcome = reconcile(record, {"papers/c.html": ()})
    assert outcome.forwards == {"papers/a.html": "papers/c.html", "papers/b.html": "papers/c.html"}
    assert outcome.added == ("papers/c.html",)


def test_a_chain_ends_at_the_first_page() -> None:
    record = parse(
        "papers/a.html\npapers/b.html\npapers/c.html\n"
        "moved papers/a.html papers/b.html\nmoved papers/b.html papers/c.html"
    )
    outcome = reconcile(record, dict.fromkeys(["papers/b.html", "papers/c.html"], ()))
    assert outcome == Outcome({"papers/a.html": "papers/b.html"}, (), ())


def test_moved_to_an_address_that_is_retired() -> None:
    record = parse("papers/a.html\npapers/b.html\nmoved papers/a.html papers/b.html\nretired papers/b.html")
    assert reconcile(record, {}).retired == ("papers/a.html", "papers/b.html")


def test_a_loop_breaks_nothing() -> None:
    both = (
        "papers/a.html\npapers/b.html\nmoved papers/a.html papers/b.html\nmoved papers/b.html papers/a.html"
    )
    assert reconcile(parse(both), {"papers/a.html": ()}).forwards == {"papers/b.html": "papers/a.html"}
    ring = "".join(f"papers/{a}.html\nmoved papers/{a}.html papers/{b}.html\n" for a, b in ("ab", "bc", "ca"))
    pages = {"papers/b.html": ()}
    assert set(reconcile(parse(ring), pages).forwards.values()) == {"papers/b.html"}
    with pytest.raises(PermalinkError):
        reconcile(parse(ring), {})


def test_lists_that_have_become_empty_lead_to_the_list_above() -> None:
    listed = "tags/agents/2 tags/agents tags/old tags/bert-score archive/2025-03 authors/a"
    record = parse("\n".join(f"{name}.html" for name in listed.split()))
    pages = dict.fromkeys(["tags/agents.html", "tags/bert.html", "tags/index.html", "archive/2025.html"], ())
    assert reconcile(record, pages).forwards == {
        "tags/agents/2.html": "tags/agents.html",
        "tags/old.html": "tags/index.html",
        "tags/bert-score.html": "tags/index.html",
        "archive/2025-03.html": "archive/2025.html",
        "authors/a.html": "index.html",
    }


@pytest.mark.parametrize(
    "line",
    ["<<<<<<< HEAD", "moved papers/a.html", "papers/../x.html", "papers/./x.html", "papers//x.html", "papers/X.html",
     "papers/x.html 9f8e", "retired https://me.github.io/papers/a.html", "retired papers/never.html", "x.html",
     "moved papers/never.html papers/a.html", "papers/a/b/c.html", "papers/<b>.html", "papers/con.html"],
)  # fmt: skip
def test_a_record_that_was_damaged_is_an_error_with_its_line(line: str) -> None:
    with pytest.raises(ConfigError) as error:
        parse(f"# fine\npapers/a.html\n{line}\npapers/b.html 9f8e7d6c # fine")
    assert [problem.where for problem in error.value.problems] == ["permalinks.txt:3"]


def test_lines_are_only_added(tmp_path: Path) -> None:
    file = tmp_path / "permalinks.txt"
    permalinks.append(file, ["papers/a.html"])
    file.write_text(file.read_text() + "# a remark without a line end")
    before = file.read_text()
    permalinks.append(file, ["papers/b.html"])
    permalinks.append(file, [])
    assert file.read_text() == before + "\npapers/b.html\n"
    assert permalinks.load(file).clues == {"papers/a.html": "", "papers/b.html": ""}
