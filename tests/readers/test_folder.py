"""What of a folder is read: links to folders and files, names that are no text."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import read_folder

LIST = b"---\ndate: 2025-03-14\n---\n\n## A title\n"


def folders(root: Path, *names: str) -> list[Path]:
    made = [root / name for name in names]
    for folder in made:
        folder.mkdir(parents=True)
    return made


def test_folders_behind_links_are_read_once(tmp_path: Path) -> None:
    digests, other = folders(tmp_path, "digests", "other")
    (other / "a.md").write_bytes(LIST)
    (digests / "linked").symlink_to(other, target_is_directory=True)
    (other / "back").symlink_to(digests, target_is_directory=True)
    found, problems = read_folder(digests, tmp_path)
    assert [digest.path for digest in found] == ["digests/linked/a.md"]
    assert problems == ()


def test_the_way_to_a_folder_is_the_first_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the order in which the disk names them."""
    digests, _, other = folders(tmp_path, "digests", "digests/m", "other")
    (other / "a.md").write_bytes(LIST)
    for place in (digests / "z", digests / "b", digests / "m" / "a"):
        place.symlink_to(other, target_is_directory=True)
    walk = os.walk

    def backwards(top: Path, *, followlinks: bool) -> Iterator[tuple[str, list[str], list[str]]]:
        for root, names, files in walk(top, followlinks=followlinks):
            names.sort(reverse=True)
            yield str(root), names, files

    expected = ["digests/b/a.md"]
    assert [digest.path for digest in read_folder(digests, tmp_path)[0]] == expected
    monkeypatch.setattr(os, "walk", backwards)
    assert [digest.path for digest in read_folder(digests, tmp_path)[0]] == expected


def test_a_link_that_leads_nowhere_is_a_problem(tmp_path: Path) -> None:
    (digests,) = folders(tmp_path, "digests")
    (digests / "2025-03-14.md").symlink_to(tmp_path / "gone.md")
    (digests / ".#2025-03-14.md").symlink_to("ada@host.1234")
    digests_read, problems = read_folder(digests, tmp_path)
    assert digests_read == ()
    assert [str(problem) for problem in problems] == [
        "digests/2025-03-14.md: expected a file that can be read, found No such file or directory; "
        "change its permissions or remove it"
    ]


@pytest.mark.skipif(sys.platform in {"darwin", "win32"}, reason="names are text there")
def test_file_names_that_are_no_text(tmp_path: Path) -> None:
    """Each has a name of its own that can be written down."""
    (digests,) = folders(tmp_path, "digests")
    for name in (b"2025-03-14-\xff.md", b"2025-03-14-\xfe.md"):
        (digests / os.fsdecode(name)).write_bytes(LIST)
    (digests / os.fsdecode(b"broken-\xff.md")).write_bytes(b"")
    found, problems = read_folder(digests, tmp_path)
    assert [digest.path for digest in found] == [
        r"digests/2025-03-14-\udcfe.md",
        r"digests/2025-03-14-\udcff.md",
    ]
    assert [problem.where for problem in problems] == [r"digests/broken-\udcff.md"]
