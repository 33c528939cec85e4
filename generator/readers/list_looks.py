"""By their looks: lists of names, and venues. Where something else might be meant, they are neither."""

from __future__ import annotations

import re

from generator.readers.people import inverted, once
from generator.text.clean import clean_line
from generator.text.inline import plain_line

_VENUE_WORD = r"(?:[A-Z][\w&/@-]*|of|on|for|and|the|in)"
_INTRODUCED = r"(?:[Ii]n\s+)?(?:(?:Proc\.?|[Pp]roceedings|Findings|Workshop)\s+(?:of|on|at)\s+)?(?:the\s+)?"
_VENUE = re.compile(
    rf"{_INTRODUCED}{_VENUE_WORD}(?:[\s:]+{_VENUE_WORD}){{0,7}}(?:,?\s*['’]?(?:19|20)\d\d|\s*['’]\d\d|(?<=[A-Z])\d\d)"
    r"(?:\s+(?:[Oo]ral|[Ss]potlight|[Pp]oster|[Ww]orkshop|[Hh]ighlight|[Bb]est [Pp]aper|[Ff]indings))?"
)
#: Names of conferences and journals that need no year to be known.
_VENUES = (
    "ACL AAAI ACM AISTATS ArXiv arXiv Arxiv ASRU BMVC CHI CIKM COLING COLM CoLM CoRL CVPR EACL ECCV EMNLP FAccT "
    "ICASSP ICCV ICDE ICLR ICML ICRA IJCAI IJCNLP Interspeech INTERSPEECH IROS JMLR KDD LREC MICCAI MLSys NAACL "
    "Nature NeurIPS NIPS OSDI PAMI RSS SIGGRAPH SIGIR SIGMOD SOSP TACL TMLR TPAMI UAI UIST USENIX VLDB WACV WSDM WWW "
    "Science bioRxiv Preprint"
)
_KNOWN_VENUE = re.compile(
    rf"{_INTRODUCED}(?:{'|'.join(_VENUES.split())})(?=\b|\d)[^,]*(?:,\s*(?:19|20)\d\d)?"
)
_MOST_WORDS = 6
_CAPITAL = r"[^\W\d_a-z]"
_NAME_WORD = rf"(?:{_CAPITAL}[\w'’.-]*|van|von|der|den|de|la|di|da|del|bin|ibn|al|el|le|ten|ter|dos|do|y)"
_NAME = re.compile(
    rf"{_NAME_WORD}(?:\s+{_NAME_WORD}){{1,4}}|{_CAPITAL}\.(?:{_CAPITAL}\.){{0,3}}{_CAPITAL}[\w'’-]+"
)
_SURNAME = re.compile(rf"{_CAPITAL}[\w'’-]+")
_LONGEST = 60
_ET_AL = re.compile(r"\bet\.? ?al\b\.?", re.IGNORECASE)
#: Marks of affiliations behind a name.
_MARKS = re.compile(r"[\s*†‡§¶\d¹²³⁰-⁹]+$")
_NAMES = re.compile(r"\s*[,;，、]\s*(?:(?:and|&)\s+)?|\s+(?:and|&)\s+")
_AROUND = " \t\u00a0-–—:：.。,，;|●•·>*_"


def authors_of(text: str) -> tuple[str, ...]:
    """The names of a list of two or more, or of one and "et al."; none where any part is no name.

    >>> authors_of("Ada Lovelace, C. Babbage and Grace Hopper"), authors_of("Agents and Tools for Science")
    (('Ada Lovelace', 'C. Babbage', 'Grace Hopper'), ())
    """
    if len(text) > 5_000 or not text[:1].isupper():
        return ()
    bare = _ET_AL.sub("", text).strip(_AROUND)
    others = bare != text.strip(_AROUND)  # "et al."
    names = [name for part in _NAMES.split(bare) if (name := _MARKS.sub("", part.strip()))]
    if not names or max(map(len, names)) > _LONGEST or not (others or ("," in text and len(names) > 1)):
        return ()
    alone = others and len(names) == 1  # "Vaswani et al."
    fits = all(_NAME.fullmatch(name) or (alone and _SURNAME.fullmatch(name)) for name in names)
    return once(map(clean_line, names)) if fits else ()


def names_in(text: str) -> tuple[str, ...]:
    """The names of a cell or a field that is a list of authors, whatever they look like.

    >>> names_in("Lovelace, Ada; Babbage, Charles"), names_in("nm-w, zhegan27 et al.")
    (('Ada Lovelace', 'Charles Babbage'), ('nm-w', 'zhegan27'))
    """
    bare = _ET_AL.sub("", clean_line(text)).strip(" ,;")
    if ";" in bare:
        return once(inverted(part.strip()) for part in bare.split(";"))
    return once(map(clean_line, _NAMES.split(bare)))


def is_venue(text: str) -> bool:
    """Whether words are a venue with its year, or the name of a known one: "NeurIPS 2023", "Findings of ACL"."""
    text = plain_line(text).strip(_AROUND)
    if not text or len(text) > _LONGEST or not (text[0].isupper() or text.startswith(("arXiv", "bioRxiv"))):
        return False
    known = len(text.split()) <= _MOST_WORDS and _KNOWN_VENUE.fullmatch(text)
    return bool(known or _VENUE.fullmatch(text))
