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

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeAlias, TypeVar

from generator.archive.changes import Changes
from generator.archive.queries import Archive
from generator.artifact import Artifact
from generator.model import Paper
from generator.pages.layout import Layout
from generator.search.script import call

#: The folders and files of its addresses.
OWNS: tuple[str, ...] = ("search",)

#: Papers in a full shard: some 300 kB, 100 kB as a server packs them.
SHARD = 200
#: Tags that the page offers to filter by.
OFFERED = 200
MANIFEST = "search/manifest.js"
_FORM = "search/papers-{:04d}.js"

_Row: TypeAlias = list[object]
_T = TypeVar("_T")


def every(archive: Archive, layout: Layout) -> Iterator[str]:
    """The addresses of the shards, oldest first. An empty archive has none."""
    return every_shard(archive)


def every_shard(archive: Archive) -> Iterator[str]:
    """The addresses of the shards, oldest first. An empty archive has none."""
    yield from map(_FORM.format, range(1, -(-archive.totals.papers // SHARD) + 1))


def touched(archive: Archive, layout: Layout, changes: Changes) -> Iterator[str]:
    """Those that hold papers that changed or moved, and those that are gone."""
    change, shards = changes.everything, set[int]()
    for day in change.days:
        shards.update(range(archive.rank("", "", day) // SHARD, -(-archive.rank("", "", day + 1) // SHARD)))
    if change.first is not None:
        came = sum((new is not None) - (old is not None) for old, new in changes.papers)
        most = max(archive.totals.papers, archive.totals.papers - came)
        shards.update(range(archive.rank("", "", change.first) // SHARD, -(-most // SHARD)))
    yield from (_FORM.format(shard + 1) for shard in sorted(shards))


def make(archive: Archive, layout: Layout, address: str) -> Artifact | None:
    """One shard. The same papers give the same bytes."""
    number = int(address.removeprefix("search/papers-").removesuffix(".js"))
    papers = archive.papers_between((number - 1) * SHARD, number * SHARD)
    return Artifact(address, call("load", number, _shard(papers)), in_docs=True) if papers else None


def make_manifest(archive: Archive, fingerprints: Sequence[str]) -> Artifact:
    """What tells the search of the shards, of which these are the fingerprints, oldest first."""
    tags = [head for head in archive.lists("tags") if head.kind != "keyword"]
    offered = [head.name for head in sorted(tags, key=lambda head: (-head.papers, head.name))[:OFFERED]]
    listed = [day for day, papers in archive.days.items() if papers]
    said = {
        "shards": [*fingerprints],
        "papers": archive.totals.papers,
        "from": str(listed[0]) if listed else "",
        "to": str(listed[-1]) if listed else "",
        "sources": [(head.slug, head.name) for head in archive.lists("sources") if head.papers],
        "tags": list(dict.fromkeys(offered)),
    }
    return Artifact(MANIFEST, call("manifest", said), in_docs=True)


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
