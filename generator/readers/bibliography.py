"""What the formats of bibliographies (BibTeX, RIS, CSL-JSON, Crossref) have in common: an entry into a Record.

A bibliography says what a paper is, not on which day anybody listed it: the day comes from outside. It has one paper's
identifiers in many places (fields of their own, addresses, ``journal = {arXiv preprint arXiv:2403.01234}``): the first
of each that can be read counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.errors import Problem, shown
from generator.ids import ArxivId, parse_arxiv, parse_doi
from generator.model import Digest, Link, PartialDate, Record, Refusal, Source
from generator.readers.bibliography_dates import is_undated
from generator.readers.fields import make_link, paper_links
from generator.readers.markdown_paper import label_of
from generator.readers.people import once
from generator.readers.raw import RawDigest
from generator.text.clean import clean_line, clean_paragraphs, resolve_references
from generator.text.tags import without_tags

SOURCE = Source("bibliography", "Bibliography")

#: arXiv as the place of publication, with or without the identifier: ``arXiv preprint arXiv:2403.01234 [cs.CL]``.
_ARXIV_ID = r"(?:\d{4}\.\d{4,5}|[A-Za-z-]{2,20}(?:\.[A-Za-z]{2})?/\d{7})(?:v\d{1,3})?"
_ARXIV = re.compile(
    rf"(?:(?:available as )?(?:arXiv(?:\.org)?|CoRR)(?: (?:e-?prints?|preprints?|repository|\(Cornell University\)))*)?"
    rf"[\s,:]*(?:(?:arXiv[\s:]+|abs/|eprint[\s:]+)*(?P<id>{_ARXIV_ID}))?"
    r"\s*(?:\[[\w. ,-]{1,80}\])?[\s.,;]*",
    re.IGNORECASE | re.ASCII,
)
#: CoRR is arXiv's part for computer science; DBLP writes ``abs/2403.01234`` in it.
_NAMED = re.compile(r"arXiv|CoRR|abs/", re.IGNORECASE)
#: What tells a remark of the authors among the notes of a reference manager, which are mostly about its own work.
_REMARK = re.compile(
    r"\b(?:\d+ ?(?:\+ ?\d+ )?(?:pages?|pp|figures?|figs?|tables?)|accepted|to appear|appear(?:s|ed|ing)? (?:in|at)|"
    r"submitted|under review|in press|forthcoming|camera[- ]ready|(?:extended|full|short|revised|longer|preliminary|"
    r"journal|conference) (?:version|abstract)|presented|best paper|award|oral|spotlight|poster|workshop|equal "
    r"contribution|supplement\w*|appendi\w+|erratum|invited|version \d|preprint|work in progress)\b",
    re.IGNORECASE,
)
#: A line ``Publisher: …`` or ``_eprint: …`` of such a manager (Zotero keeps so what has no field).
_KEYED = re.compile(r"_?[A-Za-z][A-Za-z ]{0,30}:\s")
#: The key that arXiv's own comment gets there.
_COMMENT = re.compile(r"Comments?:\s*", re.IGNORECASE)
_SHORT_DOI = re.compile(r"https?://(?:dx\.)?doi\.org/[a-z0-9]{2,12}", re.IGNORECASE)
_BARE = re.compile(r"(?:www\.|(?:[a-z0-9-]+\.)+(?:com|org|net|edu|io|gov|ai)/)\S+", re.IGNORECASE)
#: A bibliography begins after at most so many lines of free text; and how lines of other formats begin: JSON, XML,
#: front matter, Markdown, mail, BibTeX, RIS.
_PREFACE = 20
_OTHER_FORMAT = re.compile(
    r"\s*(?:[{\[<|]|---|#{1,6}\s|[-*+]\s|```|\d+[.)]\s+\S|@[A-Za-z]+\s*[{(]|[A-Z][A-Z0-9]  -)"
    r"|(?:From|To|Subject|Date):",
)
_CATEGORY = re.compile(r"[A-Za-z][A-Za-z-]*(?:\.[A-Za-z-]+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one entry of a bibliography says, in plain text, not yet cleaned where a `Record` is.

    `place` is its line or path. `eprints` are texts that should be arXiv identifiers, `hints` lines that may be one
    (a journal, a number, a note); `dois` texts that should be DOIs. `links` are pairs of a label, empty where the
    address is to say it, and an address. `notes` are remarks, of which those that read as the authors' are kept.
    `published` is the date that could be read, `dated` what is written in its place. `key` is what the file calls it.
    """

    place: int | str
    title: str
    key: str = ""
    abstract: str = ""
    authors: Iterable[str] = ()
    eprints: Sequence[str] = ()
    hints: Sequence[str] = ()
    dois: Sequence[str] = ()
    links: Sequence[tuple[str, str]] = ()
    published: PartialDate | None = None
    dated: str = ""
    venue: str = ""
    notes: Sequence[str] = ()
    keywords: Iterable[str] = ()
    categories: Iterable[str] = ()


def bibliography(
    raw: RawDigest,
    name: str,
    outcomes: Iterable[Record | Refusal],
    notes: list[Problem],
    *,
    said: int | None = None,
) -> Digest:
    """The digest of all entries in the format `name`. Raises DigestError if there is none, or the day is not known."""
    day = raw.day_or(None, "", "a day, which a bibliography does not say", "none")
    outcomes = list(outcomes)
    if not outcomes:
        raw.fail("", "at least one entry", "none", "add one or remove the file")
    return Digest(
        path=raw.path,
        format=name,
        day=day,
        source=raw.source_or(None, SOURCE),
        records=tuple(outcome for outcome in outcomes if isinstance(outcome, Record)),
        refusals=tuple(outcome for outcome in outcomes if isinstance(outcome, Refusal)),
        notes=(*raw.decoding, *notes),
        said=said,
    )


def begins_plain(text: str) -> bool:
    """Whether what stands above the first entry may: a few lines that are no other format's, or comments (``%``)."""
    lines = [line for line in text.split("\n") if line.strip() and not line.lstrip().startswith("%")]
    return len(lines) <= _PREFACE and not any(_OTHER_FORMAT.match(line) for line in lines)


def record_of(raw: RawDigest, entry: Entry, notes: list[Problem]) -> Record | Refusal:
    """The record of an entry; a Refusal if it has no title. What is left out of it is added to `notes`."""
    title = plain_line(entry.title)
    if not title:
        remedy = "write it or remove the entry"
        return Refusal(Problem(raw.at(entry.place), "a title", "none", remedy), _known_as(entry))
    arxiv, doi = _arxiv(raw, entry, notes), _doi(raw, entry, notes)
    if entry.published is None and entry.dated.strip() and not is_undated(entry.dated):
        notes.append(left_out(raw, entry.place, "a date like 2025-03-14", entry.dated))
    links = list(_links(raw, entry, arxiv, doi, notes))
    abstract = plain_paragraphs(entry.abstract)
    return Record(
        where=f"line {entry.place}" if isinstance(entry.place, int) else entry.place,
        title=title,
        abstract=abstract,
        authors=once(map(plain_line, entry.authors)),
        arxiv_id=arxiv.id if arxiv else None,
        arxiv_version=arxiv.version if arxiv else None,
        doi=doi,
        published=entry.published,
        venue="" if arxiv and _of_arxiv(plain_line(entry.venue)) else plain_line(entry.venue),
        comment=_comment(entry.notes),
        links=paper_links(links, arxiv_id=arxiv.id if arxiv else None, doi=doi, abstract=abstract),
        keywords=once(map(plain_line, entry.keywords)),
        categories=once(part for part in map(clean_line, entry.categories) if _CATEGORY.fullmatch(part)),
    )


def plain_line(text: str) -> str:
    """A title or another line, without character references and known tags, which publishers leave in all formats."""
    return clean_line(without_tags(resolve_references(text)))


def plain_paragraphs(text: str) -> str:
    """An abstract, as `plain_line` does it."""
    return clean_paragraphs(without_tags(resolve_references(text)))


def container(raw: RawDigest, place: int | str, kind: str, remedy: str, title: str) -> Refusal:
    """The refusal of an entry for what papers appear in: nobody lists a volume of proceedings as a paper."""
    return Refusal(Problem(raw.at(place), "a paper", kind, remedy), plain_line(title))


def join_title(title: str, subtitle: str) -> str:
    """A title and its subtitle, which may stand in it already."""
    title, subtitle = title.strip(), subtitle.strip()
    if not subtitle or subtitle.casefold() in title.casefold():
        return title
    return f"{title}{' ' if title.endswith((':', '?', '!', '.')) else ': '}{subtitle}" if title else subtitle


def _known_as(entry: Entry) -> str:
    """What an entry without a title can be known by, for the account."""
    names = (*entry.dois, *entry.eprints, *(url for _, url in entry.links), entry.key)
    return next((clean_line(text) for text in names if text.strip()), "")


def left_out(raw: RawDigest, place: int | str, expected: str, found: str) -> Problem:
    """The note that a value is left out of a record."""
    return Problem(raw.at(place), expected, shown(found), "correct it; the paper stays without it")


def _arxiv(raw: RawDigest, entry: Entry, notes: list[Problem]) -> ArxivId | None:
    """The arXiv identifier: what should be one, else a DOI or an address of arXiv, else a line that is one."""
    wrong = []
    for text in entry.eprints:
        if found := parse_arxiv(text) or arxiv_in(text):
            return found
        wrong.append(text)
    addresses = (url for _, url in entry.links)
    for text in (*entry.dois, *addresses):
        if found := parse_arxiv(text):
            break
    else:
        found = next(filter(None, map(arxiv_in, entry.hints)), None)
    if wrong:
        notes.append(left_out(raw, entry.place, "an arXiv id like 2403.01234", wrong[0]))
    return found


def arxiv_in(text: str) -> ArxivId | None:
    """The identifier in a line that says it and nothing else but arXiv.

    >>> arxiv_in("arXiv preprint arXiv:2403.01234"), arxiv_in("A comment on arXiv:2403.01234")
    (ArxivId(id='2403.01234', version=None), None)
    """
    match = _of_arxiv(clean_line(text))
    return parse_arxiv(match["id"]) if match and match["id"] and _NAMED.search(match[0]) else None


def _of_arxiv(text: str) -> re.Match[str] | None:
    """What a line that says nothing but arXiv says."""
    return _ARXIV.fullmatch(text) if len(text) < 200 else None


def _doi(raw: RawDigest, entry: Entry, notes: list[Problem]) -> str | None:
    """The DOI: what should be one, else an address of its resolver. Those of arXiv are its identifiers."""
    given = [text for text in entry.dois if text.strip()]
    found = [doi for text in given for part in text.split() if (doi := parse_doi(part))]
    if given and not found and not any(parse_arxiv(text) for text in given):
        notes.append(left_out(raw, entry.place, "a DOI like 10.1000/xyz", given[0]))
    found += [doi for _, url in entry.links if "doi.org/" in url.lower() and (doi := parse_doi(url))]
    return next((doi for doi in found if not parse_arxiv(doi)), None)


def _links(
    raw: RawDigest, entry: Entry, arxiv: ArxivId | None, doi: str | None, notes: list[Problem]
) -> Iterator[Link]:
    """The links of an entry that do not follow from its identifiers."""
    for label, written in entry.links:
        url = f"https://{written}" if _BARE.match(written) else written
        if _follows(url, arxiv, doi):
            continue
        link = make_link("Page", url)
        if link:
            yield make_link(label or label_of(link.url), link.url) or link
        else:
            notes.append(left_out(raw, entry.place, "an http or https address", written))


def _follows(url: str, arxiv: ArxivId | None, doi: str | None) -> bool:
    """Whether an address is that of an identifier of the paper, in any of its forms."""
    found = parse_arxiv(url)
    if found:
        return arxiv is not None and found.id == arxiv.id and "huggingface.co" not in url
    return bool(doi and (parse_doi(url) == doi or _SHORT_DOI.fullmatch(url)))


def _comment(notes: Iterable[str]) -> str:
    """The notes that read as what authors say of their paper, on one line."""
    return " ".join(once(part for note in notes for part in _remarks(note)))


def _remarks(note: str) -> Iterator[str]:
    """What of one note reads so. Lines are statements by themselves only where some of them have a key."""
    lines = [_COMMENT.sub("", plain_line(part)) for part in note.split("\n")]
    rest = [part for part in lines if not _KEYED.match(part) and not _of_arxiv(part)]
    parts = [" ".join(lines)] if len(rest) == len(lines) else rest
    yield from (part for part in parts if _REMARK.search(part))
