r"""Lists of authors as arXiv and reference managers write them, into names.

arXiv's form, <https://info.arxiv.org/help/prep.html#author>: names separated by commas or "and", affiliations in
parentheses, ``A. Author (1), B. Author (1 and 2) ((1) One University, (2) Another)``, collaborations by ``for the …``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.text.clean import clean_line
from generator.text.tex import letters

_AND = re.compile(r"\s*[,;]\s*(?:(?:and|&)\s+)?|\s+(?:and|&)\s+", re.IGNORECASE)
_COLLABORATION = re.compile(r"\s*(?:\(?(?:on behalf of|for) the\b.*)$", re.IGNORECASE | re.DOTALL)
#: What may follow a comma and is no name of its own.
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV|Ph\.?\s?D|M\.?D)\.?", re.IGNORECASE)
#: Marks of affiliations at the end of a name.
_MARK = re.compile(r"[\s*†‡§¶\d¹²³⁰-⁹]")
#: A collaboration that stands before its members is named as they are.
_BEFORE = re.compile(r"^([^,;:()]{1,100}\bcollaborations?)\s*:", re.IGNORECASE)


def split_authors(text: str) -> tuple[str, ...]:
    r"""The names of an author line, in order, each once; what stands in parentheses is no name.

    >>> split_authors(r"P. Dong-P\'aez (1), Marta Volonteri (1 and 2) ((1) IAP, (2) CNRS), and E. Coccia, Jr.")
    ('P. Dong-Páez', 'Marta Volonteri', 'E. Coccia, Jr.')
    """
    bare = " ".join(without_parentheses(letters(text)).split())
    bare = _COLLABORATION.sub("", _BEFORE.sub(r"\1,", bare))
    names: list[str] = []
    for part in _AND.split(bare):
        name = _without_marks(clean_line(part)).strip(" ,;")
        if names and _SUFFIX.fullmatch(name or "-"):
            names[-1] = f"{names[-1]}, {clean_line(part)}"
        elif any(char.isalpha() for char in name) and name.casefold() not in {"et al", "et al.", "others"}:
            names.append(name)
    return tuple(dict.fromkeys(names))


def _without_marks(name: str) -> str:
    end = len(name)
    while end and _MARK.match(name[end - 1]):
        end -= 1
    return name[:end]


def without_parentheses(text: str) -> str:
    """`text` without what stands in parentheses, nested ones too; one that is not closed ends the text."""
    kept, depth = [], 0
    for char in text:
        if char == "(":
            depth += 1
        elif char == ")" and depth:
            depth -= 1
            kept.append(" ")
        elif not depth:
            kept.append(char)
    return "".join(kept)


def given_first(family: str, given: str, *suffixes: str) -> str:
    """A name from its parts, as it is spoken: given name, family name, suffixes.

    >>> given_first("Erdős", "Paul"), given_first("King", "Martin Luther", "Jr.")
    ('Paul Erdős', 'Martin Luther King Jr.')
    """
    return clean_line(" ".join(letters(part) for part in (given, family, *suffixes) if part and part.strip()))


def inverted(name: str) -> str:
    """``Family, Given`` as it is spoken; any other name as it is. A third part is a suffix (``King, Martin, Jr.``,
    and BibTeX's ``King, Jr., Martin``).

    >>> inverted("Lovelace, Ada"), inverted("King, Jr., Martin"), inverted("Plato")
    ('Ada Lovelace', 'Martin King Jr.', 'Plato')
    """
    family, *rest = [part.strip() for part in name.split(",")]
    if len(rest) >= 2 and _SUFFIX.fullmatch(rest[0]):
        rest[0], rest[1] = rest[1], rest[0]
    return given_first(family, rest[0], *rest[1:]) if rest else clean_line(letters(name))


def alone(names: Iterable[str]) -> tuple[str, ...]:
    """Names that stand each for itself, without the collaboration that is put behind one and the signs between them.

    >>> alone(["LHCb collaboration", ":", "Teresa Montaruli for the IceCube Collaboration"])
    ('LHCb collaboration', 'Teresa Montaruli')
    """
    bare = (_COLLABORATION.sub("", clean_line(name)) for name in names)
    return tuple(name for name in bare if any(char.isalpha() for char in name))


def once(names: Iterable[str]) -> tuple[str, ...]:
    """Names that are not empty, each once, in order: author lists come doubled (``A;B;A;B``)."""
    return tuple(dict.fromkeys(filter(None, names)))
