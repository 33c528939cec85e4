r"""Damages the mathematics of abstracts as Hugging Face's text does, and says when two formulas are the same after it.

The rule: ``\command{x}`` becomes ``x``, everywhere and once; then backslashes and dollars go where dollars stand
around. It was found by comparing 54 abstracts with their sources, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.text.restore_names import COMMANDS
from generator.text.tex import formulas

_COMMAND = re.compile(r"\\[a-zA-Z]+\{([^}]*)\}")
_BEGIN, _END = "\ue000", "\ue001"
_MARKED = re.compile(f"{_BEGIN}([^{_END}]*){_END}")


class Formula(NamedTuple):
    """A formula of a damaged text: where it stands in it, and its TeX as it was, without dollars."""

    start: int
    end: int
    tex: str


class Damaged(NamedTuple):
    """An abstract that was damaged, and its formulas in order."""

    text: str
    formulas: tuple[Formula, ...]


def damage(abstract: str) -> Damaged:
    r"""The damaged abstract. What stands between ``\(`` and ``\)`` counts as text, as it does for the damage.

    >>> damage(r"in $\mathbb{R}^d$ and $x \le 2$")
    Damaged(text='in R^d and x le 2', formulas=(Formula(start=3, end=6, tex='\\mathbb{R}^d'), Formula(start=11, end=17, tex='x \\le 2')))
    """  # noqa: E501 - one line is what it gives
    parts, sources = [], []
    for formula, part in formulas(abstract):
        if formula and part.startswith("$"):
            sources.append(part[2:-2] if part.startswith("$$") else part[1:-1])
            parts.append(f"{_BEGIN}{sources[-1]}{_END}")
        else:
            parts.append(part)
    text = _COMMAND.sub(r"\1", "".join(parts))
    out, found, done, length = [], [], 0, 0
    for source, match in zip(sources, _MARKED.finditer(text), strict=False):
        inner = match[1].replace("\\", "")
        out += [text[done : match.start()], inner]
        length += len(out[-2])
        start = length + len(inner) - len(inner.lstrip())
        if inner.strip():
            found.append(Formula(start, start + len(inner.strip()), source))
        length += len(inner)
        done = match.end()
    out.append(text[done:])
    return Damaged("".join(out), tuple(found))


def _words(names: str) -> frozenset[str]:
    return frozenset(names.split())


_LOOKS = _words(
    "left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm limits nolimits "
    "displaystyle textstyle scriptstyle quad qquad hspace vspace mathop mathrel mathbin mathord nonumber allowbreak "
    "mathcal mathbb mathrm mathbf mathfrak mathscr mathsf mathtt mathit mathds boldsymbol bm Bbb operatorname pmb "
    "textrm textbf textsc textsf texttt textit text mbox rm bf cal it sl tt sf sc frak em hbox ensuremath"
)
_FRACTIONS = {"frac": "\\frac", "dfrac": "\\frac", "tfrac": "\\frac", "cfrac": "\\frac"} | dict.fromkeys(
    ("binom", "dbinom", "tbinom"), "\\binom"
)
_SIGNS = {"\\|": "|", "\\%": "%", "\\#": "#", "\\_": "_", "\\&": "&"}
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\S", re.DOTALL)
_SPACES = frozenset({"\\,", "\\;", "\\!", "\\:", "\\>", "\\ ", "~", "\\/", "\\-", "&", "\\\\", "\\\n"})


def normal(tex: str) -> tuple[str, ...]:
    r"""What the damage leaves of a formula, as signs: two formulas are the same if these are.

    Not told apart are what the damage takes without a trace, and what changes only looks: commands whose argument
    stands in braces right behind them, but for fractions (``\mathbb{R}`` is R, ``\sqrt{T}`` is T); fonts; white space;
    the sizes of brackets; names of functions, authors' own commands, and the same letters (``\max``, ``\text{max}``,
    ``\R``); ``\|`` and ``|``; braces that group only. Kept are all other commands, fractions, scripts, and braces that
    are shown.

    >>> normal(r"\mathcal{O}\left( x^{2} \right)") == normal("O(x^2)"), normal(r"\{x\}") == normal("{x}")
    (True, False)
    """
    return tuple(_ungrouped([*_signs(tex)]))


def _signs(tex: str) -> Iterator[str]:
    for match in _TOKEN.finditer(tex):
        token = match[0]
        name = token[1:] if token[1:].isalpha() and token.startswith("\\") else ""
        if token in _SPACES or name in _LOOKS:
            continue
        if name in _FRACTIONS:
            yield _FRACTIONS[name]
        elif name and tex[match.end() : match.end() + 1] == "{":
            continue
        elif name and COMMANDS.get(name, "function") == "function":
            yield from name
        else:
            yield _SIGNS.get(token, token)


def _ungrouped(signs: list[str]) -> list[str]:
    """Without braces that are not needed: around one sign, and those that are no argument."""
    opened, ends, dropped = [], {}, set()
    for place, sign in enumerate(signs):
        if sign == "{":
            opened.append(place)
        elif sign == "}" and opened:
            start = opened.pop()
            ends[place] = start
            if not _is_argument(signs, start, place, ends) or place == start + 2:
                dropped |= {start, place}
    kept = [sign for place, sign in enumerate(signs) if place not in dropped]
    return kept if not dropped else _ungrouped(kept)


def _is_argument(signs: list[str], start: int, end: int, ends: dict[int, int]) -> bool:
    before = signs[start - 1] if start else ""
    if before in ("_", "^", "\\frac", "\\binom"):
        return True
    first = ends.get(start - 1, 0)
    if first and signs[first - 1] in ("\\frac", "\\binom"):
        return True
    return any(sign in ("\\choose", "\\over", "\\atop") for sign in signs[start:end])
