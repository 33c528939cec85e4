"""Any text into clean text: what every value of the model is made of.

The rules, in their order:

0. Character references (``&amp;``, ``&#8211;``) are resolved once, and only by `resolve_references`: a reader
   says where they stand for characters. Only references that end in ``;`` count, so ``AT&T`` is left alone.
1. Text that was written in UTF-8 and read as something else (``8 Ã— 8``) is read again, by ftfy, which knows the ways
   this happens, and leaves alone what only looks a bit like it (<https://ftfy.readthedocs.io/en/latest/heuristic.html>).
2. Two surrogates that belong together become their character; a lone one becomes U+FFFD.
3. Removed: control characters (C0, C1, DEL) that are no white space; bidirectional embeddings, overrides and
   isolates, which can make a text show other than it is (CVE-2021-42574, Unicode Technical Report 36, 3.4);
   the soft hyphen, zero-width space, word joiner and other invisible operators, byte order mark, annotation and
   tag characters, which hide in text and break its search; and the noncharacters, which XML forbids.
   Kept: the zero-width joiner and non-joiner, which emoji, Persian and Indic scripts need, and the plain
   direction marks (U+200E, U+200F, U+061C), which Hebrew and Arabic titles need.
4. Latin ligatures of typesetting (ﬁ, ﬂ, ﬀ) become their letters, by their compatibility decomposition; nothing else
   does, for x² is not x2.
5. Normalization Form C (Unicode Standard Annex 15).
6. White space of any kind, runs of it too, becomes one space.

TeX is left as it stands.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from html.entities import html5

_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SURROGATE = re.compile("[\ud800-\udfff]")
_REMOVED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls that are no white space
    "\u00ad\u200b\u2060-\u2064\ufeff"  # soft hyphen, zero-width space, invisible operators, byte order mark
    "\u202a-\u202e\u2066-\u206f"  # embeddings, overrides, isolates, deprecated format characters
    "\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff"  # annotations, noncharacters
    "\U000e0000-\U000e007f"  # tags
    + "".join(chr(plane + last) for plane in range(0x10000, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_LIGATURES = str.maketrans(
    {code: unicodedata.normalize("NFKC", chr(code)).replace("ſ", "s") for code in range(0xFB00, 0xFB07)}
)
_TYPESET = tuple(map(chr, _LIGATURES))
#: What UTF-8 of two and of three bytes looks like when it is read as Latin-1 or Windows-1252.
_CONTINUED = (
    "[\x80-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_MISREAD = re.compile(f"[\xc2-\xdf]{_CONTINUED}|[\xe0-\xef]{_CONTINUED}{{2}}")
_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028]")


def clean_line(text: str) -> str:
    r"""Give `text` on one line, by the rules of this module; empty if nothing of it can be seen.

    >>> clean_line("Explicit\n  Matching \u202eVisual\x00 Cue\u0301s ")
    'Explicit Matching Visual Cués'
    """
    return _settled(text, _line)


def _line(text: str) -> str:
    if text.isprintable() and "  " not in text:  # the only white space is single spaces
        return _composed(text.strip())
    line = " ".join(text.split())
    if line.isprintable():
        return _composed(line)
    return " ".join(_characters(text).split())


def clean_paragraphs(text: str) -> str:
    """Give `text` with one line for each paragraph and one empty line between two of them.

    Paragraphs end at an empty line or a paragraph separator (U+2029). A single line break is a space.
    """
    return _settled(text, _paragraphs)


def _paragraphs(text: str) -> str:
    line = " ".join(text.split())
    if line.isprintable():
        # Where no white space is longer than one character, no line is empty.
        if len(line) == len(text.strip()) and "\u2029" not in text:
            return _composed(line)
        text = _composed(text)
    else:
        text = _characters(text)
    text = _LINE_ENDS.sub("\n", text).replace("\u2029", "\n\n")
    return "\n\n".join(filter(None, (" ".join(part.split()) for part in _PARAGRAPHS.split(text))))


def resolve_references(text: str) -> str:
    """Resolve HTML character references, once: ``&amp;lt;`` becomes ``&lt;`` and stays so. Clean afterwards.

    >>> resolve_references("R&amp;D at AT&T: &lt;b&gt;")
    'R&D at AT&T: <b>'
    """
    return _REFERENCE.sub(_resolve, text) if "&" in text else text


def _resolve(match: re.Match[str]) -> str:
    # `html.unescape` would read ``&nothing;`` as ``&not`` and the rest.
    known = match[0][1] == "#" or match[0][1:] in html5
    return html.unescape(match[0]) if known else match[0]


def _composed(text: str) -> str:
    """The rules 4 and 5, which is all that is to be done where every character is printable or white space.

    Surrogates and what is removed are neither, and Normalization Form C makes no white space of anything else
    (tests look at every code point).
    """
    return text if text.isascii() else unicodedata.normalize("NFC", _spelled(text))


def _spelled(text: str) -> str:
    """The rule 4. Few texts have a ligature, and looking for each is quick."""
    return text.translate(_LIGATURES) if any(sign in text for sign in _TYPESET) else text


def _settled(text: str, clean: Callable[[str], str]) -> str:
    """A text by all rules: what is clean may look misread only then."""
    cleaned = clean(_mended(text))
    while (mended := _mended(cleaned)) != cleaned:
        cleaned = clean(mended)
    return cleaned


def _mended(text: str) -> str:
    """The rule 1. ftfy is loaded only where there is something to mend."""
    if text.isascii() or not _MISREAD.search(text):
        return text
    from ftfy import fix_encoding

    return fix_encoding(text)


def _characters(text: str) -> str:
    """The rules 2 to 5."""
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return unicodedata.normalize("NFC", _spelled(_REMOVED.sub("", text)))
