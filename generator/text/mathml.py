r"""TeX's mathematics into MathML, when the site is built: nothing is asked of another host, no script is needed.

The conversion is math-core's, which writes MathML Core, what browsers implement (<https://w3c.github.io/mathml-core/>).
Beside it latex2mathml never fails, for it shows what it does not know as if it were text, and KaTeX needs fonts and
styles of its own for HTML of seven times the size (`bench/formulas.py` compares). What math-core does not know shows as
the TeX that it is, in code style; what many authors write beyond its commands is in `_MACROS`.

TeX from a digest is hostile: what nests deeper, or is longer, than any formula of an abstract is not converted (a
recursive reader of it would run out of memory), and of what comes back only elements and attributes known here pass.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import NamedTuple

from math_core import LatexError, LatexToMathML

#: The longest formula that is converted, and how many groups may stand inside each other.
_LONGEST, _DEEPEST = 4_000, 40
#: Common spellings that math-core does not know: LaTeX's for text, and what many authors define for themselves.
_MACROS = {
    **{2 * letter: rf"\mathbb{{{letter}}}" for letter in "CEFGHKNPQRTZ"},
    **{letter: rf"\mathbb{{{letter}}}" for letter in "CENQRZ"},
    **{
        name: rf"\operatorname{{{name}}}"
        for name in ("poly", "polylog", "polyloglog", "quasipoly", "OPT", "NP")
    },
    **dict.fromkeys(("Oh", "bigO", "bigOh"), "O"),
    "eps": r"\epsilon",
    "O": r"\mathcal{O}",
    "textbackslash": r"\backslash",
    "norm": r"\lVert #1\rVert",
    "abs": r"\lvert #1\rvert",
    "floor": r"\lfloor #1\rfloor",
    "ceil": r"\lceil #1\rceil",
    "set": r"\lbrace #1\rbrace",
    "mbox": r"\text{#1}",
    "hbox": r"\text{#1}",
    "ensuremath": "{#1}",
    "mathbbm": r"\mathbb{#1}",
    "upgamma": r"\gamma",
    "textgreater": ">",
    "textless": "<",
    "xspace": "",
}
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%")
_CHARACTER = re.compile(r"\\unicode\{x([0-9A-Fa-f]{2,5})\}")
_ARRAY = re.compile(r"\\(begin|end)\{(?:eqnarray|equation|multline|gather|align)\*?\}")
_OPENED = re.compile(r"\\[{}]|[{}]|\\(begin|left|end|right)\b|\\[A-Za-z]+\s*(?=\\)|[\^_](?=[\^_\\])")

_TAG = re.compile(r"<(/?)([a-z]+)((?: [a-z]+=\"[^\"<>&]*\")*)/?>")
_ATTRIBUTE = re.compile(r" ([a-z]+)=\"([^\"]*)\"")
_ELEMENTS = frozenset(
    {
        *("math", "mi", "mo", "mn", "mtext", "mspace", "mrow", "msup", "msub", "msubsup", "mfrac", "msqrt"),
        *("mroot", "mover", "munder", "munderover", "mtable", "mtr", "mtd", "mpadded", "mphantom"),
        *("mmultiscripts", "mprescripts", "menclose", "mstyle", "b", "i", "u", "code", "span"),
    }
)
_ATTRIBUTES = frozenset(
    {
        *("display", "displaystyle", "scriptlevel", "stretchy", "accent", "accentunder", "mathvariant"),
        *("lspace", "rspace", "minsize", "maxsize", "form", "separator", "fence", "largeop"),
        *("movablelimits", "symmetric", "width", "height", "depth", "voffset", "linethickness"),
        *("columnalign", "columnspacing", "rowspacing", "style"),
    }
)
_STYLE = re.compile(r"[a-z0-9#:;.,% A-Z-]*")
#: Faces of text that need a style sheet of math-core's.
_FACE = re.compile(r"<span class=\"math-core-[a-z-]+\">([^<>]*)</span>")
#: Colours that were chosen for white paper cannot be read on every ground.
_COLOUR = re.compile(r" style=\"color:[^\"]*\"")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|#)\b)[A-Za-z]+;")
_STRAY = re.compile(r"[<>]")


class Formula(NamedTuple):
    """A formula as it stands in a text: its TeX without what encloses it, and whether it has a line of its own."""

    tex: str
    display: bool


def formula_of(written: str) -> Formula:
    r"""What stands between the delimiters of a formula, as `generator.text.tex.formulas` gives them.

    >>> formula_of(r"$x^2$"), formula_of(r"\begin{align*}a&=b\end{align*}")
    (Formula(tex='x^2', display=False), Formula(tex='\\begin{align*}a&=b\\end{align*}', display=True))
    """
    if written.startswith("$$"):
        return Formula(written[2:-2], display=True)
    if written.startswith("$"):
        return Formula(written[1:-1], display=False)
    if written.startswith((r"\(", r"\[")):
        return Formula(written[2:-2], written[1] == "[")
    return Formula(written, display=True)


@lru_cache(maxsize=4096)
def mathml(formula: Formula) -> str | None:
    r"""A formula as a ``math`` element; None if it cannot be converted.

    >>> mathml(Formula(r"x^2", False)), mathml(Formula(r"\nonsense", False))
    ('<math><msup><mi>x</mi><mn>2</mn></msup></math>', None)
    """
    tex = prepared(formula.tex)
    if not tex or len(tex) > _LONGEST or _depth(tex) > _DEEPEST:
        return None
    try:
        found = converter().convert_with_local_state(tex, displaystyle=formula.display)
    except LatexError:
        return None
    # What is well-formed in HTML alone is not so in XML, which feeds and e-books are.
    found = _ENTITY.sub(lambda match: html.unescape(match[0]), _COLOUR.sub("", _FACE.sub(r"\1", found)))
    return found if _is_harmless(found) else None


@lru_cache(maxsize=1)
def converter() -> LatexToMathML:
    """What converts, with the macros of this module."""
    return LatexToMathML(
        fancy_error=False, allow_unreliable_rendering=True, macros=_MACROS, max_expansions=200
    )


def prepared(tex: str) -> str:
    """TeX as math-core reads it. A percent sign begins a comment in TeX; in an abstract, which is one line, none."""
    tex = _COMMENT.sub(r"\1\\%", tex.strip())
    if "\\" not in tex:
        return tex
    tex = _CHARACTER.sub(lambda match: _character(int(match[1], 16)) or match[0], tex)
    return _ARRAY.sub(r"\\\1{aligned}", tex)


def _character(code: int) -> str:
    return chr(code) if chr(code).isprintable() else ""


def _depth(tex: str) -> int:
    r"""How many groups stand inside each other at most. Commands whose argument is a command (``\sqrt\sqrt x``) count
    as long as they follow each other, and so do indices.
    """
    depth = deepest = chain = end = 0
    for match in _OPENED.finditer(tex):
        sign = match[0]
        if sign == "{" or match[1] in ("begin", "left"):
            depth += 1
        elif sign == "}" or match[1] in ("end", "right"):
            depth -= 1
        elif sign not in (r"\{", r"\}"):
            chain = chain + 1 if match.start() == end else 1
            end = match.end()
        deepest = max(deepest, depth + chain)
    return deepest


def _is_harmless(found: str) -> bool:
    """Whether only elements and attributes known here are in it."""
    for tag in _TAG.finditer(found):
        if tag[2] not in _ELEMENTS:
            return False
        for name, value in _ATTRIBUTE.findall(tag[3]):
            if name not in _ATTRIBUTES or not _STYLE.fullmatch(value):
                return False
    return not _STRAY.search(_TAG.sub("", found))
