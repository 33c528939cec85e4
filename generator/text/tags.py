"""Tags in titles and abstracts that publishers deliver: those that are known go, what they enclose stays.

Publishers write titles and abstracts with a few tags of HTML, of JATS (``<jats:p>``, the journal article tag suite,
<https://jats.nlm.nih.gov/publishing/>, see <https://www.crossref.org/documentation/principles-practices/best-practices/abstracts/>)
and of MathML. Text is full of other things between angle brackets (``$<a,b>$``, ``a<b``), so a tag is only what has a
name known here, and, unless JATS or MathML, is closed somewhere in the text. Mathematics between dollars is left alone.
"""

from __future__ import annotations

import re

from generator.text.tex import formulas

_SUPER = str.maketrans("0123456789+-−–=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿ")
_SUB = str.maketrans("0123456789+-−–=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎")
_RAISED = re.compile(r"<(?:jats:)?(su[pb])>([0-9+\-−–=()n]{1,12})</(?:jats:)?\1>")
_TAG = re.compile(r"<(/?)((?:jats|mml):)?([A-Za-z][A-Za-z0-9-]{0,30})((?:\s[^<>]*)?)(/?)>")
#: Tags that lines are made of, and those that end a paragraph.
_INLINE = frozenset(
    {
        *(
            "i",
            "b",
            "em",
            "strong",
            "u",
            "s",
            "sub",
            "sup",
            "sc",
            "scp",
            "small",
            "span",
            "tt",
            "code",
            "a",
            "q",
        ),
        *("italic", "bold", "monospace", "underline"),
    }
)
_BLOCKS = frozenset(
    {
        *("p", "div", "br", "ul", "ol", "li", "h1", "h2", "h3", "h4"),
        *("sec", "title", "list", "list-item", "break", "abstract"),
    }
)
_VOID = frozenset({"br", "break"})
#: The heading of an abstract that says no more than that it is one.
_HEADING = re.compile(r"<((?:jats:)?title|h[1-4])>\s*(?:Abstract|Summary)\s*[.:]?\s*</\1>", re.IGNORECASE)
#: One formula in several forms, of which TeX's is taken: without the document around it that Springer writes.
_ALTERNATIVES = re.compile(r"<(?:jats:)?alternatives>")
_ALTERNATIVES_END = re.compile(r"</(?:jats:)?alternatives>")
_TEX = re.compile(r"<(?:jats:)?tex-math(?:\s[^<>]*)?>")
_TEX_END = re.compile(r"</(?:jats:)?tex-math>")
_DOCUMENT, _DOCUMENT_END = r"\begin{document}", r"\end{document}"


def without_tags(text: str) -> str:
    """`text` without the tags that are known; a paragraph's end becomes an empty line. Clean it afterwards.

    >>> without_tags("<jats:p>The <i>lac</i> operon, CO<sub>2</sub>, a<b and $<b>$</jats:p>").strip()
    'The lac operon, CO₂, a<b and $<b>$'
    """
    if "<" not in text:
        return text
    text = text.lstrip()
    heading = _HEADING.match(text)
    text = _one_of_each(text[heading.end() :] if heading else text)
    text = _RAISED.sub(lambda match: (raised if match[1] == "sup" else lowered)(match[2]), text)
    closed = {match[3].lower() for match in _TAG.finditer(text) if match[1]}
    return "".join(
        part if formula else _TAG.sub(lambda match: _replaced(match, closed), part)
        for formula, part in formulas(text)
    )


def raised(text: str) -> str:
    """Numbers and signs as superscripts; anything else as it is."""
    return text.translate(_SUPER) if all(ord(char) in _SUPER for char in text) else text


def lowered(text: str) -> str:
    """Numbers and signs as subscripts; anything else as it is."""
    return text.translate(_SUB) if all(ord(char) in _SUB for char in text) else text


def _replaced(match: re.Match[str], closed: set[str]) -> str:
    space, name = match[2] or "", match[3].lower()
    if name in _BLOCKS and (space or name in closed or name in _VOID):
        return "\n\n"
    return "" if space or (name in _INLINE and name in closed) else match[0]


def _one_of_each(text: str) -> str:
    """`text` with one form of each formula that it has in several."""
    parts, end = [], 0
    while opening := _ALTERNATIVES.search(text, end):
        closing = _ALTERNATIVES_END.search(text, opening.end())
        if not closing:
            break
        parts += [text[end : opening.start()], _tex(text[opening.end() : closing.start()])]
        end = closing.end()
    return "".join([*parts, text[end:]])


def _tex(text: str) -> str:
    """The formula in TeX of several forms of one; all of them if none is in TeX."""
    opening = _TEX.search(text)
    closing = _TEX_END.search(text, opening.end()) if opening else None
    if not opening or not closing:
        return text
    tex = text[opening.end() : closing.start()]
    start, stop = tex.find(_DOCUMENT), tex.find(_DOCUMENT_END)
    return tex[start + len(_DOCUMENT) : stop].strip() if 0 <= start < stop else tex.strip()
