"""The data files of the search. Their format, which ``assets/js/search-engine.js`` reads:

``search/papers-0001.js`` and so on are shards. Papers stand in the order of their first appearance, oldest
first, and every shard but the last is full: a new day changes the last one, adds others, and leaves the rest
sealed. (A sealed shard changes only if one of its papers does, as by appearing again.) Each is a classic script,
which a page opened from a disk may load where it may not fetch::

    Broadsheet.load(1, {days: […], sources: [[slug, name], …], tags: […], papers: [row, …]})

A row is ``[key, title, authors, listed, tags, keywords, abstract, published, ids]``. ``listed`` has two numbers
for each appearance, the places of its day and its source in the shard's tables; ``tags`` (shown with a result)
and ``keywords`` (only searched) have places in the table of tags. ``published`` is as precise as it is known, ""
if it is not. ``ids``, left out if empty, are identifiers that the key does not spell: an old arXiv id, a DOI.

``search/manifest.js`` says what there is, so that nothing else is loaded before a question is asked::

    Broadsheet.manifest({shards: [fingerprint, …], papers: 812, from: day, to: day, sources: […], tags: […]})

``tags`` are the names that most papers have. A shard is asked for together with its fingerprint, so that a
browser keeps what did not change and never takes an old shard for a new one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import chain, islice
from typing import TypeAlias, TypeVar

from generator.exports.artifact import Artifact
from generator.model import Library, Paper
from generator.search.script import call

#: Papers in a full shard: some 300 kB, 100 kB as a server packs them.
SHARD = 200
#: Tags that the page offers to filter by.
OFFERED = 200

_Row: TypeAlias = list[object]
_T = TypeVar("_T")


def artifacts(library: Library, *, size: int = SHARD) -> Iterator[Artifact]:
    """The files of the search, shards first, oldest first. `size` is the number of papers in a full shard.

    The same library gives the same bytes. An empty one has a manifest and no shard.
    """
    papers = iter(library.papers.values())
    fingerprints: list[str] = []
    while batch := list(islice(papers, size)):
        number = len(fingerprints) + 1
        content = call("load", number, _shard(batch))
        fingerprints.append(sha256(content).hexdigest()[:8])
        yield Artifact(f"search/papers-{number:04d}.js", content, script=True)
    manifest = call("manifest", _manifest(library, fingerprints))
    yield Artifact("search/manifest.js", manifest, script=True)


def tag_names(paper: Paper) -> tuple[list[str], list[str]]:
    """The names a paper can be found under: those shown with it, and the source's keywords beside them."""
    shown = list(dict.fromkeys(tag.name for tag in paper.tags))
    return shown, [name for name in dict.fromkeys(paper.keywords) if name not in shown]


def _shard(papers: list[Paper]) -> Mapping[str, object]:
    days: dict[str, int] = {}
    sources: dict[tuple[str, str], int] = {}
    tags: dict[str, int] = {}
    rows = [_row(paper, days, sources, tags) for paper in papers]
    return {"days": [*days], "sources": [*sources], "tags": [*tags], "papers": rows}


def _row(
    paper: Paper, days: dict[str, int], sources: dict[tuple[str, str], int], tags: dict[str, int]
) -> _Row:
    listed = chain.from_iterable(
        (_place(days, str(a.day)), _place(sources, (a.source.slug, a.source.name))) for a in paper.appearances
    )
    shown, keywords = tag_names(paper)
    row: _Row = [
        paper.key,
        paper.title,
        paper.authors,
        [*listed],
        [_place(tags, name) for name in shown],
        [_place(tags, name) for name in keywords],
        paper.abstract or paper.summary,
        str(paper.published or ""),
    ]
    ids = _other_ids(paper)
    return [*row, ids] if ids else row


def _place(table: dict[_T, int], value: _T) -> int:
    return table.setdefault(value, len(table))


def _other_ids(paper: Paper) -> list[str]:
    return [name for name in (paper.arxiv_id, paper.doi) if name and name != paper.key]


def _manifest(library: Library, fingerprints: list[str]) -> Mapping[str, object]:
    papers = library.papers.values()
    counts = Counter(name for paper in papers for name in tag_names(paper)[0])
    offered = sorted(counts, key=lambda name: (-counts[name], name))[:OFFERED]
    sources = dict(sorted({(a.source.slug, a.source.name) for p in papers for a in p.appearances}))
    days = {str(appearance.day) for paper in papers for appearance in paper.appearances}
    return {
        "shards": fingerprints,
        "papers": len(library.papers),
        "from": min(days, default=""),
        "to": max(days, default=""),
        "sources": [*sources.items()],
        "tags": offered,
    }
