r"""Mathematics whose TeX was damaged, written as TeX again.

The text of Hugging Face's records lost the backslashes and dollars of its mathematics: ``$X \subset \mathbb{R}^d$``
reads ``X subset R^d``. First ``\command{x}`` became ``x``, wherever it stood; then, between dollars, all backslashes
were dropped, and the dollars. What is surely such a formula is written again between dollars; text that reads fine is
left alone. What the damage took without a trace stays lost (``\sqrt{T}`` is ``T``): a formula that is written again is
a reading, not the source.

How: the text is cut into tokens (`restore_tokens`, `restore_names`); from each place the longest formula is taken
(`restore_operands`, `restore_grammar`); it is dropped where mathematics goes on beyond it, as it was not understood
(`restore_edges`), or where nothing says that it was damaged (`restore_evidence`); the rest is written
(`restore_writing`). All of it takes time in proportion to the text.

Source: the rule of the damage was found by comparing abstracts with their sources on arXiv, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.text.restore_edges import cut, dark, peeled
from generator.text.restore_evidence import LIKELY, SURE, evidence
from generator.text.restore_grammar import Grammar
from generator.text.restore_tokens import PADDING, Token, tokens
from generator.text.restore_writing import write
from generator.text.tex import formulas


class Span(NamedTuple):
    """A damaged formula: where it stands in the text, and what is written for it, without dollars."""

    start: int
    end: int
    tex: str


#: What may not stand right before and behind a formula: it would be a part of something else.
_BEFORE, _BEHIND = frozenset("\\_^@#&$%~'`{/.,;!"), frozenset("_^@#&$~\\{")
_TEX = frozenset("\\^_{")
#: What all but a few damaged formulas have one of. Most texts have none, and to look for these is quick.
_SIGNS = (
    *(
        "_",
        "^",
        "{",
        "alpha",
        "beta",
        "gamma",
        "Gamma",
        "delta",
        "Delta",
        "epsilon",
        "theta",
        "Theta",
        "kappa",
    ),
    *(
        "lambda",
        "Lambda",
        "sigma",
        "Sigma",
        "upsilon",
        "varphi",
        "omega",
        "Omega",
        "mathcal",
        "mathbb",
        "mathbf",
    ),
    *(
        "mathrm",
        "mathsf",
        "mathfrak",
        "mathscr",
        "leq",
        "geq",
        "neq",
        "infty",
        "cdot",
        "frac",
        "sqrt",
        "langle",
    ),
    *("lfloor", "lceil", "ldots", "forall", "nabla", "approxeq", "simeq", "subseteq", "setminus", "oplus"),
    *("otimes", "rightarrow", "leftarrow", "mapsto", "overline", "widetilde", "widehat", "notin", "emptyset"),
    *("varnothing", "propto", "lesssim", "gtrsim", "preceq", "succeq", "binom", "operatorname", "textbf"),
)
_WORDS = re.compile(
    r"(?<![A-Za-z])(?:ge|le|ne|ll|gg|mu|nu|xi|pi|eta|tau|rho|phi|psi|chi|ell|zeta|iota|Phi|Psi|Xi|Pi|ast|sim|pm)(?![A-Za-z])"
    r"|log[ (]|\d(?:times|sim|pm)|[a-z]\b ?(?:in|to|cup|cap|subset|mid) ?[A-Z]\b"
)
_FREE = re.compile(r"(?:\\.|[^$\\]|\\$)*", re.DOTALL)


def restore(text: str) -> str:
    r"""`text` with its damaged mathematics as TeX between dollars; everything else stays.

    >>> restore("a dataset X subset R^d, in time Omega(epsilon^{-3})")
    'a dataset $X \\subset \\mathbb{R}^d$, in time $\\Omega(\\epsilon^{-3})$'
    """
    parts, done = [], 0
    for span in spans(text):
        parts += [text[done : span.start], f"${span.tex}$"]
        done = span.end
    return "".join((*parts, text[done:]))


def spans(text: str) -> list[Span]:
    """The damaged formulas of `text`, in order, none in another.

    There are none in a text that has TeX between dollars, which was not damaged; and none behind a dollar, as it would
    be taken for a delimiter.
    """
    found = [*_candidates(text)]
    if all(degree < SURE for degree, _ in found):
        return []
    return [span for degree, span in found if degree >= LIKELY]


def _candidates(text: str) -> Iterator[tuple[int, Span]]:
    """What may be a damaged formula, each with its evidence."""
    if not (any(sign in text for sign in _SIGNS) or _WORDS.search(text)) or _has_tex(text):
        return
    items = tokens(text)
    grammar = Grammar(items)
    hidden = dark(grammar)
    links = _Links(text)
    barrier = _dollar(text)
    place = 1
    while place < len(items) - PADDING and items[place].start < barrier:
        end = grammar.formula(place)
        if end == place or any(hidden[place:end]):
            place = max(end, place + 1)
            continue
        start, place = place, end
        start, end = peeled(items, start, end)
        degree = evidence(items, start, end)
        first, last = items[start].start, items[end - 1].end
        if degree and _stands_alone(text, items, start, end) and not links.touch(first, last):
            tex = write(text, items[start:end])
            if tex:
                yield degree, Span(first, last, tex)


def _stands_alone(text: str, items: list[Token], start: int, end: int) -> bool:
    """Whether nothing around a formula belongs to it."""
    first, last = items[start].start, items[end - 1].end
    before, behind = text[first - 1 : first], text[last : last + 1]
    if before and (before.isalnum() or before in _BEFORE or text[max(first - 2, 0) : first] == '\\"'):
        return False
    if behind and (behind.isalnum() or behind in _BEHIND):
        return False
    if behind in (".", ",", ";") and text[last + 1 : last + 2].isalnum():
        return False
    return not cut(items, start, end)


def _has_tex(text: str) -> bool:
    """Whether `text` has mathematics that was not damaged."""
    if not any(sign in text for sign in ("$", "\\(", "\\[", "\\begin")):
        return False
    return any(formula and not _TEX.isdisjoint(part) for formula, part in formulas(text))


def _dollar(text: str) -> int:
    """Where the first dollar stands that no backslash makes a sign; the end of the text if there is none."""
    free = _FREE.match(text)
    return free.end() if free else 0


class _Links:
    """Where addresses stand in a text, asked from its begin to its end."""

    def __init__(self, text: str) -> None:
        self.found: list[tuple[int, int]] = []
        self.place = 0
        place = 0
        for chunk in text.split():
            start = text.index(chunk, place)
            place = start + len(chunk)
            if "://" in chunk or "@" in chunk or "www." in chunk:
                self.found.append((start, place))

    def touch(self, start: int, end: int) -> bool:
        """Whether an address is in the part of the text; none that was asked for before may be behind it."""
        while self.place < len(self.found) and self.found[self.place][1] <= start:
            self.place += 1
        return self.place < len(self.found) and self.found[self.place][0] < end
