"""Writing files so that nothing is touched that does not change, and nothing of the user's is lost."""

from __future__ import annotations

import errno
import filecmp
import os
import shutil
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from generator.errors import BuildError, Problem


@dataclass(slots=True)
class Tally:
    """How many files a step wrote, left as they were, and removed."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0


def content_hash(data: bytes) -> bytes:
    """A hash of a file's content."""
    return blake2b(data, digest_size=16).digest()


def write_file(path: Path, content: bytes) -> None:
    """Write a file by way of another one beside it: at no moment is there half of it."""
    temporary = path.with_name(half_name(path.name))
    put_file(str(temporary), content)
    temporary.replace(path)


def write_parts(path: Path, parts: Iterable[bytes]) -> int:
    """Write a file piece by piece, by way of another one beside it; gives its size. If it fails, nothing is left."""
    temporary = path.with_name(half_name(path.name))
    size = 0
    try:
        with temporary.open("wb") as file:
            for part in parts:
                size += file.write(part)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return size


def half_name(name: str) -> str:
    """The name that a file has while it is written."""
    return f".{name[:100]}.new"


def put_file(path: str, content: bytes) -> None:
    """Write a file; its folder is made if need be. A path in one piece, for there are many."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    try:
        file = os.open(path, flags, 0o666)
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, flags, 0o666)
    try:
        while content:
            content = content[os.write(file, content) :]
    finally:
        os.close(file)


def holds(path: Path, hashed: bytes) -> bool:
    """Whether a file has the content of this hash."""
    try:
        return content_hash(path.read_bytes()) == hashed
    except OSError:
        return False


def write_if_changed(file: Path, content: bytes) -> bool:
    """Make `file` hold `content`, by way of a new file beside it; True if it did not hold it before."""
    try:
        if file.read_bytes() == content:
            return False
    except (FileNotFoundError, NotADirectoryError):
        pass
    write_file(file, content)
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


def check_place(target: Path, site: Path) -> None:
    """Refuse a file whose folder does not exist, or that the next build would remove: a folder may be a
    stick that is not plugged in. Raises BuildError.
    """
    if target.resolve().is_relative_to(site.resolve()):
        remedy = "choose another --out"
        raise BuildError(Problem(str(target), "a place outside the site", "one inside it", remedy))
    if not target.parent.is_dir():
        found = "a file" if target.parent.exists() else "none"
        raise BuildError(Problem(str(target.parent), "a folder", found, "make it, or choose another --out"))


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
        if place.is_dir() or not place.parent.is_dir():
            clear_way(place, target)
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary = place.with_name(half_name(place.name))
        shutil.copyfile(path, temporary)
        temporary.replace(place)
        tally.written += 1
    for path in [*_files(target)]:
        name = path.relative_to(target).as_posix()
        if name not in names and name not in keep and not name.startswith(".") and remove(target, name):
            tally.removed += 1
    return tally


def _files(folder: Path) -> Iterator[Path]:
    """All files below a folder, in the order of their names. Links to folders are not followed, broken ones skipped."""
    for root, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if (path := Path(root, name)).is_file():
                yield path


def remove(top: Path, name: str) -> bool:
    """Remove a file below a folder, and folders above it that are empty then; says whether it was there."""
    path = top / name
    try:
        path.unlink()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, PermissionError):
        return False
    folder = path.parent
    while folder != top:
        try:
            folder.rmdir()
        except OSError:
            break
        folder = folder.parent
    return True


def place_all(pairs: Iterable[tuple[Path, Path]], top: Path | None = None) -> None:
    """Move finished files and folders to where they belong: those to where nothing is first. `top`: see `move`."""
    there: list[tuple[Path, Path]] = []
    for source, target in pairs:
        if target.exists():
            there.append((source, target))
        else:
            move(source, target, top)
    for source, target in there:
        move(source, target, top)


def place_tree(tree: Path, target: Path, top: Path | None = None) -> int:
    """Move all files below a folder to below another: those to where nothing is first; gives how many there are.

    A folder to where nothing is is moved as a whole. `top`: see `move`.
    """
    files = sum(len(names) for _, _, names in os.walk(tree))
    place_all(_parts(tree, target), top)
    return files


def _parts(tree: Path, target: Path) -> Iterator[tuple[Path, Path]]:
    if tree.is_dir() and target.is_dir():
        for inner in sorted(tree.iterdir()):
            yield from _parts(inner, target / inner.name)
    elif tree.exists():
        yield tree, target


def move(source: Path, target: Path, top: Path | None = None) -> None:
    """Move a finished file or folder to where it belongs.

    What is in the way (a folder where the file must be, a file where a folder must be) is removed below `top`, which is
    ours alone; without one it is left, and an OSError.
    """
    try:
        _replace(source, target)
    except OSError as error:
        if top is not None:
            clear_way(target, top)
        elif not isinstance(error, FileNotFoundError):
            raise
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(source, target)


def _replace(source: Path, target: Path) -> None:
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        if source.is_dir():  # another disk
            shutil.copytree(source, target)
        else:
            write_file(target, source.read_bytes())


def clear_way(target: Path, top: Path) -> None:
    """Remove what stands where a file or folder below `top`, or a folder on its way, must be."""
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
    for place in (target, *target.parents):
        if top not in place.parents:
            break
        if place.is_file():
            place.unlink()
