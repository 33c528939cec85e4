"""What a build may skip because its inputs are those of the last one. May be deleted at any time.

The cache trusts content only (times are lost in a clone): a fingerprint of every input of the rendering, and one of
every file that it gave. If either differs, the site is rendered again, and the result is the same as without a cache.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from importlib.metadata import distributions
from pathlib import Path

from generator import __version__
from generator.output import write_if_changed

_FILE = "site.json"


def fingerprint(config: Iterable[Path], folders: Iterable[Path], site: str) -> str:
    """A hash of the contents of files and folders, of all installed packages' versions, and of `site` (settings that
    are not in a file, such as those from the environment).
    """
    total = hashlib.sha256(f"{__version__} {site}".encode())
    versions = sorted(f"{dist.name} {dist.version}" for dist in distributions())
    total.update("\n".join(versions).encode())
    for file in config:
        total.update(_line(file, file.name))
    for folder in folders:
        for file in _files(folder):
            total.update(_line(file, file.relative_to(folder).as_posix()))
    return total.hexdigest()


def outputs(folder: Path) -> str:
    """A hash of all files of a built site, but those that a user keeps there (their names begin with a dot)."""
    total = hashlib.sha256()
    for file in _files(folder):
        name = file.relative_to(folder).as_posix()
        if not name.startswith("."):
            total.update(_line(file, name))
    return total.hexdigest()


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _line(file: Path, name: str) -> bytes:
    return f"{name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode()


def is_current(cache: Path, inputs: str, site: Path) -> bool:
    """Whether the last build had these inputs and its site stands as it left it."""
    try:
        known = json.loads((cache / _FILE).read_text("utf-8"))
        return bool(known["inputs"] == inputs and known["outputs"] == outputs(site))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def remember(cache: Path, inputs: str, site: Path) -> None:
    """Note that `site` is what `inputs` give."""
    note = json.dumps({"inputs": inputs, "outputs": outputs(site)}, indent=1)
    write_if_changed(cache / _FILE, note.encode())
