"""What editors say of single papers: reading ``papers.yml``, and what it changes on a site."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.archive.codec import pack_edit, unpack_edit
from generator.build import build, check
from generator.edits import load_edits
from generator.errors import ConfigError
from generator.exports.markdown import write_digest
from generator.model import Edit, Source
from generator.settings import load_settings
from tests.builders import record
from tests.incremental import CONFIG, TEMPLATE, TEMPLATES

DIGEST = write_digest(
    date(2025, 3, 14),
    [
        record("A first paper of the day", arxiv_id="2503.00001", abstract="The abstract of $x^2$."),
        record("The second paper", arxiv_id="2503.00002", doi="10.1000/abc"),
        record("A third without an identifier"),
    ],
    source=Source("lab", "Lab"),
)


def read(tmp_path: Path, text: str) -> dict[str, Edit]:
    file = tmp_path / "papers.yml"
    file.write_text(text, encoding="utf-8")
    return {key: entry.edit for key, entry in load_edits(file).items()}


def problems(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(ConfigError) as raised:
        read(tmp_path, text)
    return [str(problem) for problem in raised.value.problems]


def test_no_file_and_an_empty_one(tmp_path: Path) -> None:
    assert load_edits(tmp_path / "papers.yml") == {}
    assert read(tmp_path, "# nothing yet\n") == {}


def test_everything_that_can_be_said(tmp_path: Path) -> None:
    text = (
        "2410.12950:\n  title: Costs of $5\n  tags: [Robotics, ours]\n  pin: true\n"
        "  note: |\n    *Good*\n\n    - one\n    - two\n"
        "https://arxiv.org/abs/hep-th/9711200v3: {hide: true}\n"
        "10.1000/ABC: {summary: In short., tags: one}\n"
        "papers/a-title-0a1b2c.html: {title: 2024}\n"
    )
    assert read(tmp_path, text) == {
        # As a number it would be 2410.1295.
        "2410.12950": Edit("Costs of $5", ("Robotics", "ours"), "", "*Good*\n\n- one\n- two", pin=True),
        "hep-th-9711200": Edit(hide=True),
        "10.1000-abc": Edit(summary="In short.", tags=("one",)),
        "a-title-0a1b2c": Edit(title="2024"),
    }


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = (
        "2503.00001:\n  titel: x\n  pin: maybe\n  tags: {a: b}\n  title: ''\n"
        "'?!': {pin: true}\n2503.00002: pinned\n2503.00001v2: {pin: true}\n"
    )
    found = problems(tmp_path, text)
    assert [problem.partition(": expected")[0] for problem in found] == [
        "papers.yml: line 1: 2503.00001",
        "papers.yml: line 1: 2503.00001: pin",
        "papers.yml: line 1: 2503.00001: tags",
        "papers.yml: line 1: 2503.00001: title",
        "papers.yml: line 6",
        "papers.yml: line 7: 2503.00002",
        "papers.yml: line 8: 2503.00001v2",
    ]
    assert found[0] == (
        'papers.yml: line 1: 2503.00001: expected one of title, tags, summary, note, pin, hide, found "titel";'
        " correct or remove it"
    )


@pytest.mark.parametrize(
    "text", ["- a list", "text", "a: [", "a: *b", "\x00", "? [x]\n: {pin: true}", "[" * 3000]
)
def test_files_that_are_something_else(tmp_path: Path, text: str) -> None:
    assert all(found.startswith("papers.yml") for found in problems(tmp_path, text))


def test_edits_as_bytes() -> None:
    edit = Edit("t", ("a", "b"), "s", "n", pin=True, hide=True)
    assert unpack_edit(pack_edit(edit)) == edit


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in ("digests", "docs", "theme"):
        (tmp_path / name).mkdir()
    for name in TEMPLATES:
        (tmp_path / f"theme/{name}.html").write_text(TEMPLATE)
    (tmp_path / "theme/404.html").write_text("nothing")
    (tmp_path / "theme/sitemap.xml").write_text("")
    (tmp_path / "topics.yml").write_text("A:\n  Robots: [robot]\n")
    (tmp_path / "docs/guide.md").write_text("# Guide\n")
    (tmp_path / "mkdocs.yml").write_text(CONFIG.format(size=10, authors=2, guide="guide.md", card="false"))
    (tmp_path / "digests/2025-03-14-lab.md").write_text(DIGEST)
    return tmp_path


def said(site: Path, text: str) -> list[str]:
    """Write ``papers.yml`` and build; gives the notes."""
    (site / "papers.yml").write_text(text)
    return [str(note) for note in build(load_settings(site / "mkdocs.yml")).notes]


def page(site: Path, address: str) -> str:
    return (site / "site" / address).read_text("utf-8")


def test_a_paper_as_the_editors_want_it(site: Path) -> None:
    assert said(site, "") == []
    text = "2503.00001: {title: The right title, tags: [robots, ours], summary: In short., note: 'See [it](https://a.b/).'}"
    assert said(site, text) == []
    paper = page(site, "papers/2503.00001.html")
    assert "The right title" in paper
    assert "A first paper" not in paper
    assert "In short." in paper
    assert '<a href="https://a.b/">it</a>' in paper
    assert "The right title" in page(site, "digests/2025-03-14.html")
    assert "The right title" in page(site, "tags/robots.html")  # the topic of that name
    assert "The right title" in page(site, "tags/ours.html")
    said(site, "")
    assert "A first paper" in page(site, "papers/2503.00001.html")


def test_a_pinned_paper_stands_first(site: Path) -> None:
    said(site, "10.1000/abc: {pin: true}")
    day = page(site, "digests/2025-03-14.html")
    assert day.index("The second paper") < day.index("A first paper")
    assert "Pinned" in day
    month = page(site, "archive/2025-03.html")
    assert month.index("The second paper") < month.index("A first paper")


def test_a_hidden_paper_keeps_its_address_and_stands_nowhere(site: Path) -> None:
    said(site, "")
    said(site, "2503.00001: {hide: true}")
    assert "do not show this paper" in page(site, "papers/2503.00001.html")
    files = [
        path for path in (site / "site").rglob("*") if path.suffix in (".html", ".js", ".xml", ".json", ".md")
    ]
    account = site / "site/account"
    naming = [p.name for p in files if b"2503.00001" in p.read_bytes() and account not in p.parents]
    assert naming == ["2503.00001.html"]
    said(site, "")
    assert "A first paper" in page(site, "digests/2025-03-14.html")


def test_entries_that_no_paper_has_are_reported(site: Path) -> None:
    notes = said(site, "2503.99999: {pin: true}\n2503.00002: {pin: true}\n10.1000/abc: {hide: true}\n")
    assert notes == [
        "papers.yml: line 1: 2503.99999: expected the key of a paper of this site, found none;"
        " correct or remove the entry",
        "papers.yml: line 3: 10.1000-abc: expected one entry for a paper, found 2503.00002, which is the same paper;"
        " make one of them",
    ]
    report = check(load_settings(site / "mkdocs.yml"))
    assert [str(note) for note in report.notes] == notes
    assert "The second paper" in page(site, "digests/2025-03-14.html")  # its own key counts
