"""Answers of arXiv's OAI-PMH interface, <https://info.arxiv.org/help/oa/index.html>, and single records out of them.

The protocol: <https://www.openarchives.org/OAI/openarchivesprotocol.html>. The formats of a record:
`generator.readers.oai_pmh_record`.

- ``responseDate`` is the moment of the answer: that is the day of the list. ``datestamp`` says when the record changed.
- An answer may be one of several, with a ``resumptionToken`` for the next.
- A record that was deleted has a header only.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from generator.errors import Problem, shown
from generator.model import Digest, Source
from generator.readers.arxiv_feed import mended, read_any_day, settle_day
from generator.readers.fields import read_count
from generator.readers.oai_pmh_record import FORMATS, read_record
from generator.readers.raw import RawDigest
from generator.readers.xml_text import children, load, local, places, root_name, text_of

NAME = "oai-pmh"
LABEL = "an answer of arXiv's OAI-PMH interface"
SOURCE = Source("arxiv", "arXiv", "https://arxiv.org/")

_ANSWER = "OAI-PMH"
_LISTS = ("ListRecords", "GetRecord")
#: The outermost elements of a part of an answer; of others too, so the text must say more.
_PARTS = frozenset((*_LISTS, "record", *FORMATS))
_NAMES = ("openarchives.org/oai/", "arxiv.org/oai/", "oai:arxiv.org:")
_NEAR = 5_000


def accepts(raw: RawDigest) -> bool:
    """Whether it is an answer of the protocol, or one of its records with a name of arXiv's or of the protocol."""
    name = root_name(raw)
    if name == _ANSWER:
        return True
    start = raw.text[:_NEAR].lower() if name in _PARTS else ""
    return any(part in start for part in _NAMES)


def read(raw: RawDigest) -> Digest:
    """Read the answer. Raises DigestError if it is no XML, an error or without records, or its day is not known."""
    raw, decoding = mended(raw)
    root = load(raw)
    _fail_for_errors(raw, root)
    records = list(_records(root))
    if not records:
        found = "identifiers alone" if any(children(root, "ListIdentifiers")) else "none"
        raw.fail("", "at least one record", found, "ask with verb=ListRecords or verb=GetRecord")
    notes: list[Problem] = []
    said = read_any_day(text_of(root, "responseDate"))
    day = raw.day_or(
        settle_day(raw, [said] if said else [], notes), "", "a day, as the responseDate of the answer", "none"
    )
    where = places(raw, local(records[0]), len(records))
    outcomes = [read_record(raw, place, record, notes) for place, record in zip(where, records, strict=True)]
    notes.extend(_more(raw, root, len(records)))
    return raw.digest(NAME, day, raw.source_or(None, SOURCE), outcomes, [*decoding, *notes])


def _fail_for_errors(raw: RawDigest, root: Element) -> None:
    for error in children(root, "error"):
        words = "".join(error.itertext()).strip()
        found = f"the error {shown(': '.join(filter(None, (error.get('code', ''), words))))}"
        raw.fail("", "records", found, "correct the request and get it again")


def _records(root: Element) -> Iterator[Element]:
    """The records of an answer; of a part of one, wherever it begins. One alone may have no frame around it."""
    if local(root) == "record" or local(root) in FORMATS:
        yield root
        return
    for part in [root] if local(root) in _LISTS else root:
        if local(part) in _LISTS:
            yield from children(part, "record")


def _more(raw: RawDigest, root: Element, here: int) -> Iterator[Problem]:
    """A note if the answer is one of several and not the last."""
    for part in [root, *root]:
        for token in children(part, "resumptionToken"):
            if not (token.text or "").strip():
                continue
            whole = read_count(token.get("completeListSize", ""))
            expected = f"all {whole:,} records" if whole else "all records"
            remedy = f"get the rest with resumptionToken={shown(token.text)[1:-1]}"
            yield Problem(raw.at(), expected, f"{here:,}, and that there are more", remedy)
