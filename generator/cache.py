"""What a build may skip because its inputs are those of the last one. May be deleted at any time.

The cache trusts content only (times are lost in a clone): a fingerprint of every input of the rendering, and one of
every file that it gave. If either differs, the site is rendered again, and the result is the same as without a cache.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from importlib.metadata import distributions
from pathlib import Path

from generator import __version__
from generator.exports.artifact import Artifact
from generator.output import write_if_changed


def fingerprint(
    settings: object, files: Iterable[Path], folders: Iterable[Path], artifacts: Iterable[Artifact]
) -> str:
    """A hash of all that a rendering depends on: the resolved `settings`, single files, whole folders, artifacts, the
    versions of all installed packages, and the day that stands for the clock.
    """
    versions = sorted(f"{dist.name} {dist.version}" for dist in distributions())
    clock = os.environ.get("SOURCE_DATE_EPOCH", "")
    total = hashlib.sha256(f"{__version__}\0{settings!r}\0{clock}\0{versions}".encode())
    for file in files:
        total.update(_line(file, file.name))
    for folder in folders:
        for file in _files(folder):
            total.update(_line(file, file.relative_to(folder).as_posix()))
    for artifact in artifacts:
        total.update(f"{artifact.path}\0{hashlib.sha256(artifact.content).hexdigest()}\n".encode())
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
    """All files below a folder by their paths; links are followed, as MkDocs follows them."""
    paths = (Path(root, name) for root, _, names in os.walk(folder, followlinks=True) for name in names)
    return sorted(path for path in paths if path.is_file())


def _line(file: Path, name: str) -> bytes:
    return f"{name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode()


def _note(cache: Path, site: Path) -> Path:
    """Where the last build of a folder is noted: a preview has a folder of its own."""
    return cache / f"{site.name}.json"


def warnings_if_current(cache: Path, inputs: str, site: Path) -> tuple[str, ...] | None:
    """The warnings of the last build, if it had these inputs and its site stands as it left it; else None."""
    try:
        known = json.loads(_note(cache, site).read_text("utf-8"))
        if known["inputs"] == inputs and known["outputs"] == outputs(site):
            return tuple(map(str, known["warnings"]))
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return None


def remember(cache: Path, inputs: str, site: Path, warnings: Iterable[str]) -> None:
    """Note that `site` is what `inputs` give, and what was to be said about it."""
    note = {"inputs": inputs, "outputs": outputs(site), "warnings": [*warnings]}
    write_if_changed(_note(cache, site), json.dumps(note, indent=1).encode())
