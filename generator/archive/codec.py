"""Records as bytes and back: by `marshal`, the quickest that Python has. It trusts its input, which is our cache."""

from __future__ import annotations

import marshal
from dataclasses import astuple
from datetime import date

from generator.model import Edit, Link, Paper, PartialDate, Record, Source, Tag

_NONE = Edit()


def pack(record: Record) -> bytes:
    """A record as bytes."""
    r = record
    source = (r.source.slug, r.source.name, r.source.url) if r.source else None
    return marshal.dumps(
        (
            r.where, r.title, source, r.day.toordinal() if r.day else 0, r.announced, r.venue, r.comment,
            r.abstract, r.authors, r.arxiv_id, r.arxiv_version, r.doi,
            tuple(r.published) if r.published else None, tuple(r.revised) if r.revised else None,
            tuple((link.label, link.url) for link in r.links), r.tags, r.keywords, r.categories, r.summary,
            r.upvotes, r.comments, r.stars, r.submitted_by, r.organization, r.restored,
        )
    )  # fmt: skip


def unpack(data: bytes) -> Record:
    """The record that `pack` was given."""
    (
        where, title, source, day, announced, venue, comment, abstract, authors, arxiv_id, arxiv_version, doi,
        published, revised, links, tags, keywords, categories, summary, upvotes, comments, stars, submitted_by,
        organization, restored,
    ) = marshal.loads(data)  # noqa: S302 - our own cache  # fmt: skip
    return Record(
        where=where,
        title=title,
        source=Source(*source) if source else None,
        day=date.fromordinal(day) if day else None,
        announced=announced,
        venue=venue,
        comment=comment,
        abstract=abstract,
        authors=authors,
        arxiv_id=arxiv_id,
        arxiv_version=arxiv_version,
        doi=doi,
        published=PartialDate(*published) if published else None,
        revised=PartialDate(*revised) if revised else None,
        links=tuple(Link(label, url) for label, url in links),
        tags=tags,
        keywords=keywords,
        categories=categories,
        summary=summary,
        upvotes=upvotes,
        comments=comments,
        stars=stars,
        submitted_by=submitted_by,
        organization=organization,
        restored=restored,
    )


def pack_names(paper: Paper) -> bytes:
    """What a paper has beside its records, as bytes."""
    tags = tuple((tag.kind, tag.name, tag.slug, tag.area) for tag in paper.tags)
    edit = None if paper.edit == _NONE else pack_edit(paper.edit)
    return marshal.dumps((paper.aliases, paper.clues, tags, edit))


def unpack_names(data: bytes) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Tag, ...], Edit | None]:
    """What `pack_names` was given of a paper: former keys, clues, tags, and what the editors say."""
    aliases, clues, tags, edit = marshal.loads(data)  # noqa: S302 - our own cache
    return aliases, clues, tuple(Tag(*tag) for tag in tags), unpack_edit(edit) if edit else None


def pack_edit(edit: Edit) -> bytes:
    """What the editors say of a paper, as bytes."""
    return marshal.dumps(astuple(edit))


def unpack_edit(data: bytes) -> Edit:
    """What `pack_edit` was given."""
    return Edit(*marshal.loads(data))  # noqa: S302 - our own cache
