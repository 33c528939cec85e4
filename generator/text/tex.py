r"""TeX's spellings of letters into letters, outside of mathematics.

arXiv's titles, abstracts and names are TeX source: ``N\'eron``, ``Schr{\"o}dinger``, ``50\%``. What stands between
dollars, ``\(`` or ``\[``, or in an environment such as ``align``, is mathematics, and left as it is; so is every
command that is no letter. A library for all of TeX (pylatexenc) drops what it does not know and takes ``%`` for the
begin of a comment: that loses text.

Sources: accents and letters, *The TeXbook*, chapter 9; <https://info.arxiv.org/help/prep.html>.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

#: Accents as combining characters.
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "d": "\u0323", "b": "\u0331",
    "r": "\u030a", "t": "\u0361",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł",
    "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
}  # fmt: skip
#: What may open mathematics; a backslash and the sign after it are one, so an escaped dollar is none.
_OPENING = re.compile(
    r"\\(?:begin\{(?P<name>align|equation|eqnarray|gather|multline)(?P<star>\*?)\}|.)|\$\$?", re.DOTALL
)
_CLOSING = {"$$": "$$", r"\(": r"\)", r"\[": r"\]"}
_INLINE = re.compile(r"((?:\\.|[^$\\])*)\$(?!\d)", re.DOTALL)
#: What shows that it is TeX that stands between two dollars; and what, that it is prose between two amounts.
_SIGNS = re.compile(r"[\\^_{}=<>]")
_AMOUNT = re.compile(r"\d[^$]*?\s[A-Za-z]{2}")
_WORD = re.compile(r"(?<![\\A-Za-z{])[A-Za-z]{2,}")
_PROSE = re.compile(r"(?:\b[a-z]{3,}\b[^$]*?){4}")
_LETTER = r"\\(?:ss|ae|AE|oe|OE|aa|AA|[oOlLij]|dh|DH|th|TH|dj|DJ|ng|NG)(?![A-Za-z])"
_BASE = rf"\{{\s*(?:(?:{_LETTER}|[^\W\d_])\s*)?\}}|{_LETTER}|[^\W\d_]"
_ACCENTED = re.compile(rf"\\(?:([`'^~\"=.])\s*|([uvHckdbrt])(?:\s+|(?=\{{)|(?=\\)))({_BASE})")
_SPECIAL = re.compile(rf"({_LETTER})(?:\{{\}}|[ \t]+(?=[^\W\d_])|(?=[^A-Za-z])|$)")
#: A letter in braces of its own, which kept an accent together: ``{ö}``; but not the argument of a command.
_BRACED = re.compile(r"(\\[A-Za-z]+[ \t]*)?\{([^\W\d_a-zA-Z])\}")
_ESCAPED = re.compile(r"\\([%&_#])")


def letters(text: str) -> str:
    r"""`text` with the letters that TeX spells as commands, in mathematics as it is.

    >>> letters(r"A. N\'eron and {\'E}. Schr\"{o}dinger, \v{C}ech, \L ukasiewicz, 50\%, $\'x$")
    "A. Néron and É. Schrödinger, Čech, Łukasiewicz, 50%, $\\'x$"
    """
    if "\\" not in text:
        return text
    return "".join(part if formula else _outside(part) for formula, part in formulas(text))


def formulas(text: str) -> Iterator[tuple[bool, str]]:
    r"""`text` in parts, each with whether it is mathematics, delimiters included. What is not closed is none, nor is
    what stands between two prices.

    >>> [*formulas(r"at \$5, $x<y$ and \(z\)")]
    [(False, 'at \\$5, '), (True, '$x<y$'), (False, ' and '), (True, '\\(z\\)')]
    """
    done = 0
    for start, end in _mathematics(text):
        if start > done:
            yield False, text[done:start]
        yield True, text[start:end]
        done = end
    if done < len(text):
        yield False, text[done:]


def _mathematics(text: str) -> Iterator[tuple[int, int]]:
    """Where mathematics begins and ends. What is opened and never closed is none; each end is sought only once."""
    place, missing = 0, set[str]()
    while opening := _OPENING.search(text, place):
        place = opening.end()
        end = _closed(text, opening, missing)
        if end > 0:
            yield opening.start(), end
            place = end


def _closed(text: str, opening: re.Match[str], missing: set[str]) -> int:
    """Behind the end of what is opened; 0 if it is no mathematics, or not closed: its end is then `missing`."""
    sign, place = opening[0], opening.end()
    if sign == "$":
        match = _INLINE.match(text, place)
        return match.end() if match and _is_mathematics(match[1]) else 0
    closing = rf"\end{{{opening['name']}{opening['star']}}}" if opening["name"] else _CLOSING.get(sign, "")
    if not closing or closing in missing:
        return 0
    found = text.find(closing, place)
    if found < 0:
        missing.add(closing)
        return 0
    return found + len(closing)


def _is_mathematics(inner: str) -> bool:
    """Whether what stands between two dollars is: prose between two prices is none. White space at its begin is at its
    end too, and no words are between.
    """
    if not inner.strip() or "\n\n" in inner:
        return False
    if inner[0].isspace() and (not inner[-1].isspace() or _WORD.search(inner)):
        return False
    return bool(_SIGNS.search(inner)) or not (_AMOUNT.match(inner) or _PROSE.search(inner))


def _outside(text: str) -> str:
    if "\\" not in text:
        return text
    text = _ACCENTED.sub(_accented, text)
    text = _SPECIAL.sub(lambda match: _LETTERS[match[1][1:]], text)
    return _ESCAPED.sub(r"\1", _BRACED.sub(lambda match: match[0] if match[1] else match[2], text))


def _accented(match: re.Match[str]) -> str:
    base = match[3].strip("{} \t\n")
    base = _LETTERS[base[1:]] if base.startswith("\\") else base
    base = {"ı": "i", "ȷ": "j"}.get(base, base)
    return unicodedata.normalize("NFC", base + _ACCENTS[match[1] or match[2]]) if base else match[0]
