"""A new site: the files that ``broadsheet new`` writes.

They stand in ``files/`` under names without a leading dot, so that no tool takes them for its own. ``@NAME@`` and
``@VERSION@`` in them are filled in; every other byte is written as it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from generator import __version__
from generator.errors import ConfigError, Problem, ascii_safe

FILES_FOLDER = Path(__file__).with_name("files")

#: Where each file goes in the new site, and where it stands below `FILES_FOLDER`.
FILES: Mapping[str, str] = {
    ".gitattributes": "gitattributes",
    ".github/workflows/publish.yml": "publish.yml",
    ".gitignore": "gitignore",
    "README.md": "README.md",
    "digests/2025-01-24-huggingface-daily.json": "digests/2025-01-24-huggingface-daily.json",
    "docs/about.md": "about.md",
    "mkdocs.yml": "mkdocs.yml",
    "requirements.txt": "requirements.txt",
}
#: Kept byte for byte.
_VERBATIM = ".json"
#: What may stand in the folder of a new site: a repository that was made first.
_ALLOWED = frozenset({".git"})
_LISTED = 5


def write_site(folder: Path) -> tuple[str, ...]:
    """Write a new site into `folder`; give the paths of its files.

    Raises ConfigError if the folder holds anything but a repository's ``.git``.
    """
    _check_empty(folder)
    name = site_name(folder)
    for target, source in FILES.items():
        content = (FILES_FOLDER / source).read_bytes()
        file = folder / target
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if target.endswith(_VERBATIM) else _fill(content, name))
    return tuple(FILES)


def site_name(folder: Path) -> str:
    """A name for the site in a folder: ``my-digests`` gives "My digests"."""
    words = " ".join(ascii_safe(folder.absolute().resolve().name).replace("-", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:] or "Paper digests"


def _fill(content: bytes, name: str) -> bytes:
    """Put the version, and the name as a YAML string (a JSON string is one) or as plain text, in their places."""
    text = content.decode().replace("@VERSION@", __version__)
    text = text.replace('"@NAME@"', json.dumps(name, ensure_ascii=False)).replace("@NAME@", name)
    return text.encode()


def _check_empty(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        problem = Problem(str(folder), "a new or empty folder", "a file", "choose another name")
        raise ConfigError(problem)
    present = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    present = [name for name in present if name not in _ALLOWED]
    if present:
        more = f" and {len(present) - _LISTED} more" if len(present) > _LISTED else ""
        found = ", ".join(present[:_LISTED]) + more
        remedy = "choose another name, or empty the folder"
        raise ConfigError(Problem(str(folder), "a new or empty folder", found, remedy))
