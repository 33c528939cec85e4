"""From a file, or a folder of them, to digests: where the day and the source come from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.ids import file_name
from generator.model import Source
from generator.readers import read_digest
from tests.builders import read_folder

PAGE = b"Get trending papers in your email inbox!\n\nMar 14\n\nA Title\n\nAn abstract.\n"
LIST = b"---\ndate: 2025-03-14\nsource: Reading group\n---\n## A\n"
DAY = date(2025, 3, 14)


@pytest.mark.parametrize(
    ("name", "data", "slug", "title"),
    [
        ("2025-03-14.txt", PAGE, "huggingface", "Hugging Face papers"),
        ("2025-03-14-huggingface.txt", PAGE, "huggingface", "Hugging Face papers"),
        ("2025-03-14-huggingface-daily.txt", PAGE, "huggingface-daily", "Hugging Face daily papers"),
        ("2025-03-14-lab.txt", PAGE, "lab", "Our Lab"),
        ("2025-03-14-other.txt", PAGE, "other", "Other"),
        ("2025-03-14_Other Lab!.txt", PAGE, "other-lab", "Other lab"),
        ("2025-03-14.md", LIST, "reading-group", "Reading group"),
        ("list.md", LIST, "reading-group", "Reading group"),
        ("2025-03-14-reading-group.md", LIST, "reading-group", "Reading group"),
        ("2025-03-14-lab.md", LIST, "lab", "Our Lab"),
        ("2025-03-14-other.md", LIST, "reading-group", "Reading group"),
        ("list.md", LIST.replace(b"Reading group", b"lab"), "lab", "Our Lab"),
        ("list.md", LIST.replace(b"Reading group", b"our lab"), "lab", "Our Lab"),
        ("list.md", LIST.replace(b"source: Reading group\n", b""), "reading-list", "Reading list"),
        ("list.md", LIST.replace(b"Reading group", "Журнал".encode()), "zhurnal", "Журнал"),
        ("list.md", LIST.replace(b"Reading group", b"{name: Mine, slug: lab}"), "lab", "Our Lab"),
        ("2025-03-14-the_club.txt", PAGE, "the_club", "The Club"),
    ],
)
def test_the_source(name: str, data: bytes, slug: str, title: str) -> None:
    sources = {"lab": Source("lab", "Our Lab"), "the_club": Source("the_club", "The Club")}
    source = read_digest(f"digests/{name}", data, sources=sources).source
    assert (source.slug, source.name) == (slug, title)


def test_the_site_knows_the_sources_of_headings_by_their_slugs() -> None:
    text = b"---\ndate: 2025-03-14\n---\n# [Mine](https://example.org) { #lab }\n\n## A\n"
    lab = Source("lab", "Our Lab")
    assert read_digest("a.md", text, sources={"lab": lab}).records[0].source == lab


def test_sources_that_are_spelled_alike_in_ascii_are_two() -> None:
    one, other = (
        read_digest("list.md", LIST.replace(b"Reading group", name.encode())).source
        for name in ("王伟", "王维")
    )
    assert one.slug != other.slug


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("a" * 300, file_name("a" * 300)),
        ("con", "x-con"),
        ("../../x", "x"),
        ("Index", "x-index"),
        ("", "mine"),
    ],
)
def test_slugs_of_sources_are_file_names(slug: str, expected: str) -> None:
    text = f"---\ndate: 2025-03-14\nsource: {{name: Mine, slug: '{slug}'}}\n---\n\n## A title\n"
    source = read_digest("a.md", text.encode()).source
    assert (source.slug, source.name) == (expected, "Mine")
    named = read_digest(f"2025-03-14-{'机' * 70}.md", b"---\n---\n\n## A title\n").source
    assert named.slug == file_name(named.slug)


def test_the_caller_knows_best() -> None:
    mine = Source("mine", "Mine")
    digest = read_digest("digests/2025-03-13-lab.md", LIST, day=date(2025, 3, 12), source=mine)
    assert (digest.day, digest.source) == (date(2025, 3, 12), mine)
    assert [str(note) for note in digest.notes] == [
        "digests/2025-03-13-lab.md: expected the day 2025-03-12, given by the file's name or --date, "
        'found "2025-03-14"; correct the front matter or rename the file'
    ]


@pytest.mark.parametrize("written", ["Mar 14", "March 14, 2025", "14 March 2025", "Fri, Mar 14", "14. Mar"])
def test_days_of_a_page(written: str) -> None:
    data = PAGE.replace(b"Mar 14", written.encode())
    assert read_digest("2025-03-14.txt", data).notes == ()
    if "2025" in written:
        assert read_digest("a.txt", data).day == DAY
    (note,) = read_digest("2025-03-15.txt", data).notes
    assert str(note) == (
        f"2025-03-15.txt:3: expected the day 2025-03-15, given by the file's name or --date, "
        f'found "{written}"; rename the file if the page is right'
    )


def test_a_guessed_encoding_is_a_note() -> None:
    data = LIST.replace(b"## A", "## Candès".encode("cp1252"))
    digest = read_digest("a.md", data)
    assert digest.records[0].title == "Candès"
    assert [str(note) for note in digest.notes] == [
        "a.md: expected text in UTF-8, found other bytes, read as Windows-1252; save the file as UTF-8"
    ]
    assert read_digest("a.md", LIST.replace(b"## A", b"## A\x81\xe8")).records[0].title == "Aè"


def folder(root: Path) -> Path:
    digests = root / "digests"
    (digests / "more").mkdir(parents=True)
    (digests / ".hidden").mkdir()
    (digests / "2025-03-14-b.txt").write_bytes(PAGE)
    (digests / "2025-03-14-a.txt").write_bytes(PAGE)
    (digests / "2024-03-14.txt").write_bytes(PAGE)
    (digests / "more" / "2023-03-14.txt").write_bytes(PAGE)
    (digests / "empty.txt").write_bytes(b"")
    (digests / "year.txt").write_bytes(PAGE)
    (digests / ".DS_Store").write_bytes(b"\x00")
    (digests / ".hidden" / "2025-03-14.txt").write_bytes(PAGE)
    return digests


def test_a_folder_gives_everything_at_once(tmp_path: Path) -> None:
    lab = {"b": Source("b", "Lab B")}
    digests, problems = read_folder(folder(tmp_path), tmp_path, sources=lab)
    assert [digest.path for digest in digests] == [
        "digests/more/2023-03-14.txt",
        "digests/2024-03-14.txt",
        "digests/2025-03-14-a.txt",
        "digests/2025-03-14-b.txt",
    ]
    assert digests[-1].source == lab["b"]
    assert [problem.where for problem in problems] == ["digests/empty.txt", "digests/year.txt:3"]


def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", path)

    path = tmp_path / "2025-03-14.txt"
    path.write_bytes(PAGE)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    digests, problems = read_folder(tmp_path, tmp_path)
    assert digests == ()
    assert [str(problem) for problem in problems] == [
        "2025-03-14.txt: expected a file that can be read, found Permission denied; "
        "change its permissions or remove it"
    ]


def test_a_folder_that_is_not_there_has_no_digests(tmp_path: Path) -> None:
    assert read_folder(tmp_path / "digests", tmp_path) == ((), ())
