"""What a build depends on besides the digests: four fingerprints, each with less to do again than the one before.

Times are lost in a clone, so all of them are of contents.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from generator import __version__
from generator.settings import Settings

#: Packages that have a part in what is made.
_PACKAGES = (
    "mkdocs", "mkdocs-material", "jinja2", "markdown", "markupsafe", "pymdown-extensions", "pygments", "pyyaml",
    "anyascii", "python-frontmatter", "bibtexparser", "rispy", "defusedxml",
    "math-core", "ftfy", "pillow",
)  # fmt: skip
#: What templates print the time of a build by.
_CLOCK = re.compile(rb"build_date_utc|update_date")


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """If `reading` differs, nothing that is known can be used: the program, or what readers are told of sources and of
    the site's own formats. If `deriving` does, papers are made anew of their records; if `rendering` does, all pages.
    `dated` says whether templates print the time of the build.
    """

    reading: str
    deriving: str
    rendering: str
    dated: bool


def take(settings: Settings) -> Fingerprints:
    """The fingerprints of a site."""
    theme = [*_contents(settings.theme)] if settings.theme and settings.theme.is_dir() else []
    thresholds = settings.author_papers, settings.keyword_papers
    vocabulary = settings.vocabulary.read_bytes() if settings.vocabulary.is_file() else b""
    shown = settings.site_name, settings.site_url, settings.page_size, settings.config
    return Fingerprints(
        reading=reading_print(settings),
        deriving=_hash(vocabulary, repr(thresholds)),
        rendering=_hash(repr(shown), os.environ.get("SOURCE_DATE_EPOCH", ""), *theme),
        dated=any(_CLOCK.search(part) for part in theme if isinstance(part, bytes)),
    )


def reading_print(settings: Settings) -> str:
    """The fingerprint of what digests are read by."""
    sources = sorted((slug, asdict(source)) for slug, source in settings.sources.items())
    return _hash(_program(), repr(sources), repr(settings.formats))


def _hash(*parts: str | bytes) -> str:
    total = blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "little") + data)
    return total.hexdigest()


def _program() -> str:
    """The program, and what it is made of."""
    folder = Path(__file__).parent
    own = _hash(*(part for path in sorted(folder.rglob("*.py")) for part in (path.name, path.read_bytes())))
    versions = [(name, version(name)) for name in _PACKAGES]
    return f"{__version__} {own} {versions} {sys.version}"


def _contents(folder: Path) -> Iterable[str | bytes]:
    """The names and contents of all files below a folder; links are followed, as MkDocs follows them."""
    for root, folders, names in os.walk(folder, followlinks=True):
        folders.sort()
        for name in sorted(names):
            path = Path(root, name)
            if path.is_file():
                yield path.relative_to(folder).as_posix()
                yield path.read_bytes()
