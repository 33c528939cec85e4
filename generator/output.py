"""Writing files so that nothing is touched that does not change, and nothing of the user's is lost."""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.errors import BuildError, Problem


@dataclass(slots=True)
class Tally:
    """How many files a step wrote, left as they were, and removed."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0


def write_if_changed(file: Path, content: bytes) -> bool:
    """Make `file` hold `content`, by way of a new file beside it; True if it did not hold it before."""
    try:
        if file.read_bytes() == content:
            return False
    except (FileNotFoundError, NotADirectoryError):
        pass
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(f".{file.name[:100]}.new")
    temporary.write_bytes(content)
    temporary.replace(file)
    return True


def check_target(folder: Path, signs: frozenset[str]) -> None:
    """Refuse a folder that holds anything but an earlier site: `mirror` would empty it. Raises BuildError.

    `signs` are the names of files that every site has at its top.
    """
    if not folder.is_dir():
        return
    names = {path.name for path in folder.iterdir() if not path.name.startswith(".")}
    if names and not signs <= names:
        remedy = "choose another folder as site_dir in mkdocs.yml, or empty this one"
        raise BuildError(Problem(f"{folder.name}/", "an earlier site, or nothing", "other files", remedy))


def mirror(source: Path, target: Path, keep: Container[str] = ()) -> Tally:
    """Make `target` hold the files of `source`, those named in `keep` and no others, touching only what differs.

    Files and folders of `target` whose name begins with a dot, at its top (``.git``, ``.nojekyll``), are left alone.
    """
    tally = Tally()
    names = {path.relative_to(source).as_posix(): path for path in _files(source)}
    for name, path in names.items():
        place = target / name
        if place.is_file() and filecmp.cmp(path, place, shallow=False):
            tally.unchanged += 1
            continue
        if place.is_dir():
            shutil.rmtree(place)
        _make_room(place.parent, target)
        temporary = place.with_name(f".{place.name[:100]}.new")
        shutil.copyfile(path, temporary)
        temporary.replace(place)
        tally.written += 1
    for path in [*_files(target)]:
        name = path.relative_to(target).as_posix()
        if name not in names and name not in keep and not name.startswith("."):
            path.unlink()
            _prune(path.parent, target)
            tally.removed += 1
    return tally


def _make_room(folder: Path, top: Path) -> None:
    """Make a folder; a file that stands where it or one above it must go is of an earlier site."""
    for place in (folder, *folder.parents):
        if place == top or top not in place.parents:
            break
        if place.is_file():
            place.unlink()
    folder.mkdir(parents=True, exist_ok=True)


def _files(folder: Path) -> Iterator[Path]:
    """All files below a folder, in the order of their names. Links to folders are not followed, broken ones skipped."""
    for root, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if (path := Path(root, name)).is_file():
                yield path


def _prune(folder: Path, top: Path) -> None:
    """Remove a folder and those above it, up to `top`, while they are empty."""
    while folder != top and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
