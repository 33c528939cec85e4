"""Which column of a table, or which key of an object, is which field of a paper.

A name is the same in any case, and with or without spaces, hyphens and underscores: ``Paper URL`` is ``paper_url``. In
JSON a name with dots, ``paper.authors``, leads through objects, and through lists to the values of all their entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

#: The fields whose value is a web address, with the label of their links.
LINKS = {
    "pdf": "PDF", "code": "Code", "project": "Project page", "slides": "Slides", "video": "Video", "poster": "Poster",
    "blog": "Blog", "tweet": "Tweet",
}  # fmt: skip
TEXTS = ("title", "abstract", "summary", "venue", "comment", "submitted_by", "organization", "announced")
LISTS = ("authors", "tags", "keywords", "categories")
IDENTIFIERS = ("arxiv", "doi", "id")
DATES = ("published", "revised", "day")
COUNTS = ("upvotes", "comments", "stars")
#: All that can be mapped. ``id`` is an arXiv id or a DOI where it is one, and else only the source's own number.
FIELDS = (*TEXTS, *LISTS, *IDENTIFIERS, *DATES, *COUNTS, "url", *LINKS)

#: The names by which each field is known without being told, the surest first.
COMMON: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "paper title"),
    "authors": ("authors", "author", "author list", "author names", "creators", "creator"),
    "abstract": ("abstract", "abstract text", "paper abstract", "summary", "description"),
    "summary": ("tldr", "tl;dr", "ai summary", "summary", "description"),
    "arxiv": ("arxiv", "arxiv id", "eprint", "arxiv url", "arxiv link"),
    "doi": ("doi", "doi url", "doi link"),
    "id": ("id", "paper id", "identifier", "key"),
    "url": ("url", "link", "paper url", "paper link", "abs", "abs url", "abstract url", "html url", "paper"),
    "pdf": ("pdf", "pdf url", "pdf link"),
    "code": ("code", "code url", "code link", "github", "github url", "github repo", "repository", "repo"),
    "project": ("project", "project page", "project url", "homepage", "website"),
    "slides": ("slides", "slides url"),
    "video": ("video", "video url"),
    "poster": ("poster", "poster url"),
    "blog": ("blog", "blog url"),
    "tweet": ("tweet", "tweet url"),
    "published": (
        "published", "published date", "publication date", "date published", "published at", "date", "created",
        "submitted", "year", "publication year",
    ),
    "revised": ("revised", "updated", "updated date", "update date", "last updated", "updated at", "modified"),
    "day": ("day", "listed", "listed on", "digest date"),
    "venue": ("venue", "journal", "journal ref", "conference", "booktitle", "container title", "publication"),
    "comment": ("comment", "comments", "note", "notes"),
    "tags": ("tags", "tag", "labels"),
    "keywords": ("keywords", "keyword", "ai keywords"),
    "categories": ("categories", "category", "subjects", "primary category"),
    "upvotes": ("upvotes", "votes"),
    "comments": ("num comments", "comments count", "comment count"),
    "stars": ("stars", "github stars"),
    "submitted_by": ("submitted by",),
    "organization": ("organization", "organisation"),
    "announced": ("announced", "announce type"),
}  # fmt: skip
#: Of these, one besides the title must be there for a text to be taken for a list of papers.
TELLING = ("authors", "abstract", "arxiv", "doi", "id", "url", "pdf")

_DROPPED = re.compile(r"[\s_-]+")


@lru_cache(maxsize=4096)  # the names of a file are few, and asked for in each of its records
def normal(name: str) -> str:
    """A name as names are compared.

    >>> normal(" Paper_URL"), normal("arxiv-id")
    ('paperurl', 'arxivid')
    """
    return _DROPPED.sub("", name).casefold()


def normalized(item: Mapping[str, object]) -> dict[str, object]:
    """A record with its names as they are compared; of two that are the same the first with a value counts."""
    found: dict[str, object] = {}
    for name, value in item.items():
        key = normal(name)
        if is_empty(found.get(key)):
            found[key] = value
    return found


def is_empty(value: object) -> bool:
    """Whether a value says nothing. Zero says something."""
    return value is None or value == [] or value == {} or (isinstance(value, str) and not value.strip())


def look(item: Mapping[str, object], name: str) -> object:
    """The value of a record, whose names are `normalized`, under a name or a path; None if there is none."""
    own = item.get(normal(name))
    if own is not None or "." not in name:
        return own
    first, *rest = name.split(".")
    value = item.get(normal(first))
    for step in rest:
        value = _step(value, normal(step))
    return value


def _step(value: object, key: str) -> object:
    if isinstance(value, list):
        return [found for part in value if (found := _step(part, key)) is not None] or None
    if isinstance(value, Mapping):
        return next((value[name] for name in value if isinstance(name, str) and normal(name) == key), None)
    return None


@dataclass(frozen=True, slots=True)
class FieldMap:
    """For each field the names that may hold it: the first of them with a value counts. One that is `shared` by two
    fields stands for the first of them of which no better name is there.
    """

    names: tuple[tuple[str, tuple[str, ...]], ...]
    shared: frozenset[str] = frozenset()
    #: The same for `values`, which is asked of each record: names as they are compared, where they are no paths.
    _plan: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = field(
        default=(), init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        """Compare names beforehand."""
        plan = tuple((key, tuple((name, normal(name)) for name in names)) for key, names in self.names)
        object.__setattr__(self, "_plan", plan)

    def values(self, item: Mapping[str, object]) -> dict[str, tuple[str, object]]:
        """Each field that a record, whose names are `normalized`, has a value for: under which name, and the value."""
        found: dict[str, tuple[str, object]] = {}
        used: set[str] = set()
        for key, names in self._plan:
            better = False
            for name, own in names:
                if own not in item and "." not in name:
                    continue
                if name in self.shared and (better or name in used):
                    continue
                better = better or own in item
                if not is_empty(value := look(item, name)):
                    found[key] = name, value
                    used.add(name)
                    break
        return found

    def known(self) -> frozenset[str]:
        """All names, or the beginnings of their paths, as they are compared."""
        every = [name for _, names in self.names for name in names]
        return frozenset(normal(part) for name in every for part in (name, name.partition(".")[0]))

    def has_title(self, item: object) -> bool:
        """Whether a value is an object with a title."""
        if not isinstance(item, Mapping):
            return False
        own = normalized(item)
        return any(look(own, name) is not None for name in dict(self.names)["title"])

    def fits(self, names: Iterable[str]) -> bool:
        """Whether names are those of papers: of `TELLING` fields one, and the title."""
        given = frozenset(map(normal, names))
        there = {key for key, known in self.names if any(normal(name) in given for name in known)}
        return "title" in there and not there.isdisjoint(TELLING)


#: What is understood without being told.
COMMON_MAP = FieldMap(tuple(COMMON.items()), shared=frozenset({"summary", "description"}))


def steps(path: str) -> Iterator[str]:
    """The names of a path, as they are compared."""
    return map(normal, path.split("."))
