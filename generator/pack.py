"""The offline edition: a built site in one zip."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from generator.errors import BuildError, Problem
from generator.output import check_place, half_name

#: The first day that a zip can hold: nothing in the file depends on when or where it was made.
_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_PLAIN_FILE = 0o100644 << 16

NOTE_NAME = "OPEN-ME.txt"
_NOTE = """{title}

Open the file index.html in this folder with a web browser.
Everything is here, the search included: no server and no network is needed.
"""


def pack(site: Path, target: Path, *, folder: str, title: str) -> int:
    """Zip the built `site` into the file `target`, below one `folder`; give the number of its files.

    The same site gives the same bytes. Hidden files stay out. Raises BuildError if there is no site, if
    `target` would lie inside it, or if its folder does not exist: it may be a stick that is not there.
    """
    if not (site / "index.html").is_file():
        remedy = 'run "broadsheet build" first'
        raise BuildError(Problem(f"{site.name}/", "a built site", "nothing", remedy))
    check_place(target, site)
    temporary = target.with_name(half_name(target.name))
    count = 0
    try:
        with ZipFile(temporary, "w", ZIP_DEFLATED) as archive:
            _add(archive, f"{folder}/{NOTE_NAME}", _NOTE.format(title=title).encode())
            for name, file in _files(site):
                _add(archive, f"{folder}/{name}", file.read_bytes())
                count += 1
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return count


def _files(site: Path) -> Iterator[tuple[str, Path]]:
    names = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    for name in sorted(names):
        if not any(part.startswith(".") for part in name.split("/")):
            yield name, names[name]


def _add(archive: ZipFile, name: str, content: bytes) -> None:
    entry = ZipInfo(name, _DATE)
    entry.create_system = _UNIX
    entry.external_attr = _PLAIN_FILE
    archive.writestr(entry, content, ZIP_DEFLATED)
