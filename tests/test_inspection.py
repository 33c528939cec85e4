"""What other hands did is found, and what a person wrote is a person's."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.archive.database import connect
from generator.inspection import Inspection, inspect, is_marked, remember
from generator.output import content_hash
from generator.outputs import FILE, LEAD, PAGE, SHARED, Outputs, source_path
from tests.test_output import put

PAGE_TEXT = "---\ngenerator: broadsheet\n---\n\nA page.\n"
KINDS = {
    "index.html": PAGE,
    "papers/a.html": PAGE,
    "papers/b.html": LEAD,
    "search/x.js": SHARED,
    "digests/a.md": FILE,
}


@pytest.fixture
def outputs(tmp_path: Path) -> Outputs:
    """A site as a build left it: five outputs, one page by hand."""
    made = Outputs(connect(":memory:"), tmp_path / "docs", tmp_path / "site")
    for address, kind in KINDS.items():
        put(tmp_path, **{f"site__{address}": "made"})
        if source := source_path(address, kind):
            put(tmp_path, **{f"docs__{source}": PAGE_TEXT})
        known = content_hash(PAGE_TEXT.encode()) if source_path(address, kind) else None
        made.note([(address, kind, known, content_hash(b"made"), "")])
    put(tmp_path, **{"docs__guide__mine.md": "# Mine", "site__.nojekyll": "", "site__.git__config": ""})
    remember(made, inspect(made).written)
    return made


def found(inspection: Inspection) -> tuple[dict[str, str], list[str], list[str]]:
    return inspection.doubtful, inspection.strange, inspection.leftover


def test_what_nobody_touched_is_not_even_opened(outputs: Outputs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.inspection.holds", None)
    monkeypatch.setattr("generator.inspection.is_marked", None)
    inspection = inspect(outputs)
    assert found(inspection) == ({}, [], [])
    assert ([*inspection.written], inspection.rewritten) == (["guide/mine.md"], False)


@pytest.mark.parametrize("address", KINDS)
def test_a_file_that_is_gone_or_was_replaced_is_made_again(outputs: Outputs, address: str) -> None:
    (outputs.site / address).unlink()
    assert found(inspect(outputs)) == ({address: KINDS[address]}, [], [])
    (outputs.site / address).write_text("other")
    assert found(inspect(outputs)) == ({address: KINDS[address]}, [], [])
    (outputs.site / address).write_text("made")
    assert found(inspect(outputs)) == ({}, [], [])


@pytest.mark.parametrize("address", [address for address, kind in KINDS.items() if kind != FILE])
def test_a_source_that_is_gone_is_made_again(outputs: Outputs, address: str) -> None:
    source = outputs.docs / str(source_path(address, KINDS[address]))
    source.unlink()
    assert found(inspect(outputs)) == ({address: KINDS[address]}, [], [])
    source.write_text(PAGE_TEXT.replace("A page", "Another"))
    assert found(inspect(outputs)) == ({address: KINDS[address]}, [], [])


def test_a_folder_that_is_gone_is_made_again(outputs: Outputs) -> None:
    for file in (outputs.site / "papers").iterdir():
        file.unlink()
    (outputs.site / "papers").rmdir()
    assert found(inspect(outputs)) == ({"papers/a.html": PAGE, "papers/b.html": LEAD}, [], [])


def test_files_of_nobody_are_removed_from_the_site_but_not_hidden_ones_at_its_top(outputs: Outputs) -> None:
    put(outputs.site, **{"papers__new.html": "", "deep__er__new.html": "", ".mine": "", ".git__index": ""})
    assert sorted(inspect(outputs).strange) == ["deep/er/new.html", "papers/new.html"]


def test_leftover_pages_are_removed_from_docs_and_nothing_else_is(outputs: Outputs) -> None:
    put(
        outputs.docs,
        **{
            "papers__old.md": PAGE_TEXT,
            "old__deep__x.md": PAGE_TEXT,
            "search__old.js": "// generator: broadsheet\n",
            "sitemaps__old.xml": "<!-- generator: broadsheet -->\n",
            "papers__.half.md.new": PAGE_TEXT,
            "papers__.empty.md.new": "",
            "papers__mine.md": "# By hand, about generator: broadsheet\n",
            "papers__late.md": "# Mine\n\nIt says only here\ngenerator: broadsheet\n",
            "papers__.notes.md": PAGE_TEXT,
            "papers__.notes.new": "mine",
        },
    )
    (outputs.docs / "papers/.#a.md").symlink_to("nobody@nowhere.1234")
    (outputs.docs / "papers/link.md").symlink_to("nowhere.md")
    inspection = inspect(outputs)
    assert sorted(inspection.leftover) == [
        "old/deep/x.md", "papers/.empty.md.new", "papers/.half.md.new", "papers/old.md", "search/old.js",
        "sitemaps/old.xml",
    ]  # fmt: skip
    assert sorted(inspection.written) == ["guide/mine.md", "papers/late.md", "papers/mine.md"]
    assert inspection.rewritten


@given(st.text(min_size=9), st.text(), st.sampled_from(["---\n", "// ", "<!-- "]))
def test_a_text_is_generated_only_if_it_begins_with_saying_so(
    tmp_path_factory: pytest.TempPathFactory, before: str, after: str, beginning: str
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.md"
    for start, generated in ((before, False), (beginning, True)):
        file.write_text(f"{start}generator: broadsheet{after}", encoding="utf-8", newline="")
        assert is_marked(file) == generated


def test_a_page_by_hand_that_changes_comes_or_goes_is_noticed(outputs: Outputs) -> None:
    mine = outputs.docs / "guide/mine.md"
    mine.write_text("# Mine, in place")
    assert inspect(outputs).rewritten
    remember(outputs, inspect(outputs).written)
    assert not inspect(outputs).rewritten
    put(outputs.docs, **{"new__page.md": "# New"})
    assert inspect(outputs).rewritten
    remember(outputs, inspect(outputs).written, {"new"})
    assert not inspect(outputs).rewritten
    mine.unlink()
    assert inspect(outputs).rewritten


def test_pages_by_hand_behind_a_link_are_seen(
    outputs: Outputs, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = put(tmp_path_factory.mktemp("elsewhere"), **{"a.md": "# Mine", "b.md": PAGE_TEXT})
    (outputs.docs / "linked").symlink_to(elsewhere, target_is_directory=True)
    inspection = inspect(outputs)
    assert sorted(inspection.written) == ["guide/mine.md", "linked/a.md"]
    assert inspection.leftover == ["linked/b.md"]


def test_a_file_changed_in_place_in_a_folder_that_nobody_touched_is_not_noticed(outputs: Outputs) -> None:
    """That would take opening all files of a site; ``--clean`` does."""
    (outputs.site / "papers/a.html").write_text("other")
    assert found(inspect(outputs)) == ({}, [], [])
