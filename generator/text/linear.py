"""MathML into a line of plain text, for titles, teasers, mail and wherever else there is no markup.

What Unicode has a sign for is that sign (x², αᵢ, x̂, ℝ); the rest is written as people type it: (1+p)/p, x^(n+1).
Letters in script, Fraktur or bold are plain letters, for few fonts have them and no search finds them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from xml.etree import ElementTree

from generator.text.mathml import Formula, mathml

_RAISED = str.maketrans("0123456789+−-=()nitTkdm", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱᵗᵀᵏᵈᵐ")
_LOWERED = str.maketrans("0123456789+−-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
#: Accents over one character, as combining characters.
_OVER = {
    "ˆ": "\u0302", "^": "\u0302", "~": "\u0303", "˜": "\u0303", "‾": "\u0304", "¯": "\u0304", "˙": "\u0307",
    "¨": "\u0308", "ˇ": "\u030c", "→": "\u20d7", "⃗": "\u20d7", "˘": "\u0306", "´": "\u0301", "`": "\u0300",
    "̲": "\u0304", "_": "\u0304", "―": "\u0304", "˚": "\u030a",
}  # fmt: skip
#: Signs between two things, with a space on either side.
_BETWEEN = frozenset("=<>≤≥≠≈≡∼≃≅∝≪≫∈∉∋⊂⊆⊃⊇→←↔↦⇒⇔⟶⟹:∶≔+−±∓×⋅∘∪∩∧∨⊕⊗∖∣⩽⩾≲≳≺≻⪯⪰⊢⊨∥⟂")
#: Stands between a function and what it is applied to: log n, but log(n).
_APPLIED, _BRACKETS = "\u2061", ("", "(", "[", "{", "|", "⟨", "⌊", "⌈", ",", ".", ")", "]", "}")
_PRIMES = frozenset("′″‴")
#: Signs that stand raised by themselves.
_SIGNS = {"∗": "*", "*": "*", "⋆": "⋆", "†": "†", "‡": "‡", "∘": "°", "Ⓡ": "®", "™": "™"}
_SPACE = re.compile(r" {2,}")
_WIDE = 0.5
_WIDTH = re.compile(r"\d+(?:\.\d+)?(?=r?em)")
_MATHEMATICAL = range(0x1D400, 0x1D800)
#: Letters that Unicode had before those.
_LETTERS = str.maketrans("ℬℰℱℋℐℒℳℛℊℯℴℭℌℑℜℨℎ", "BEFHILMRgeoCHIRZh")
_SELECTORS = re.compile("[\ufe00-\ufe0f\u2061-\u2064]")


@lru_cache(maxsize=4096)
def linear(math: str) -> str:
    """A ``math`` element, as `generator.text.mathml` gives it, on one line.

    >>> linear("<math><msup><mi>x</mi><mn>2</mn></msup><mo>≤</mo><mfrac><mn>1</mn><mi>n</mi></mfrac></math>")
    'x² ≤ 1/n'
    """
    return _SPACE.sub(" ", _row(list(ElementTree.fromstring(math)), spaced=True)).strip()  # noqa: S314 - ours


@lru_cache(maxsize=1024)
def sign_of(command: str) -> str:
    """The sign or name that a command of mathematics stands for by itself; empty if it is none.

    >>> sign_of("alpha"), sign_of("log"), sign_of("frac"), sign_of("rank")
    ('α', 'log', '', '')
    """
    found = mathml(Formula(f"\\{command}", display=False))
    said = linear(found) if found else ""
    return said if len(said) == 1 or said == command else ""


def _row(elements: Sequence[ElementTree.Element], *, spaced: bool) -> str:
    """What stands side by side. `spaced` is whether signs have spaces around them: not in an index."""
    parts: list[str] = []
    last = len(elements) - 1
    for place, element in enumerate(elements):
        said = _said(element, spaced=spaced)
        if (
            element.tag == "mo"
            and spaced
            and said in _BETWEEN
            and 0 < place < last
            and not _is_tight(element)
        ):
            said = f" {said} "
        elif element.text == _APPLIED:
            following = _said(elements[place + 1], spaced=spaced) if place < last else ""
            said = "" if following[:1] in _BRACKETS else " "
        elif parts and _is_apart(parts[-1], elements[place - 1], said, element):
            said = f" {said}"
        parts.append(said)
    return "".join(parts)


def _is_apart(before: str, previous: ElementTree.Element, said: str, element: ElementTree.Element) -> bool:
    """Whether a space is due between two things because one of them is a word."""
    joined = before[-1:].isalnum() and said[:1].isalnum()
    return joined and ((_is_word(previous) and before[-1:].isalpha()) or _is_word(element))


def _is_tight(element: ElementTree.Element) -> bool:
    """Whether it is a sign of one side only, as in −1."""
    return element.get("lspace") == "0" and element.get("rspace") == "0" and element.get("stretchy") is None


def _is_word(element: ElementTree.Element) -> bool:
    """Whether it is a name of several letters, such as log."""
    text = "".join(element.itertext())
    return element.tag in ("mi", "mrow", "mtext") and len(text) > 1 and text.isalpha() and text.isascii()


def _said(element: ElementTree.Element, *, spaced: bool) -> str:
    children = list(element)
    match element.tag:
        case "mi" | "mn" | "mo":
            return _plain(element.text or "")
        case "mtext":
            return _plain("".join(element.itertext())).replace("\xa0", " ")
        case "mspace":
            width = _WIDTH.match(element.get("width", ""))
            return " " if width and float(width[0]) >= _WIDE else ""
        case "mphantom":
            return ""
        case "mfrac" if len(children) == 2:
            above, below = (_grouped(child) for child in children)
            return f"({above} {below})" if element.get("linethickness") == "0" else f"{above}/{below}"
        case "msqrt":
            return f"√{_enclosed(_row(children, spaced=False))}"
        case "mroot" if len(children) == 2:
            root = _said(children[1], spaced=False).translate(_RAISED)
            return f"{root}√{_enclosed(_said(children[0], spaced=False))}"
        case "msup" | "msub" | "msubsup" | "munderover" | "munder" | "mover" if len(children) > 1:
            return _scripted(element.tag, children)
        case "mtable":
            rows = (", ".join(_row(list(cell), spaced=spaced) for cell in row) for row in children)
            return "; ".join(rows)
        case _:
            return _row(children, spaced=spaced)


def _scripted(tag: str, children: Sequence[ElementTree.Element]) -> str:
    """A base with what stands above and below it."""
    base = _said(children[0], spaced=False)
    scripts = [_said(child, spaced=False).strip() for child in children[1:]]
    if tag == "mover":
        accent = _OVER.get(scripts[0])
        if accent and len(base) == 1:
            return unicodedata.normalize("NFC", base + accent)
        return base if accent or not scripts[0].isalnum() else f"{base}{_raised(scripts[0])}"
    if tag == "munder" and not any(char.isalnum() for char in scripts[0]):
        return base
    if tag == "msup":
        return base + _raised(scripts[0])
    below = _lowered(scripts[0])
    return f"{base}{below}{_raised(scripts[1])}" if len(scripts) > 1 else base + below


def _raised(text: str) -> str:
    if text and all(char in _PRIMES for char in text):
        return text
    if text in _SIGNS:
        return _SIGNS[text]
    return _marked("^", text, _RAISED)


def _lowered(text: str) -> str:
    return _marked("_", text, _LOWERED)


def _marked(sign: str, text: str, signs: dict[int, int]) -> str:
    word = len(text) > 2 and text.isascii() and text.isalpha()
    if text and not word and all(ord(char) in signs for char in text):
        return text.translate(signs)
    bare = len(text) == 1 or text.isdecimal() or (text.isalpha() and text.isascii())
    return f"{sign}{text}" if bare else f"{sign}({text})" if text else ""


def _grouped(element: ElementTree.Element) -> str:
    """A part of a fraction, in parentheses if it is of several."""
    return _enclosed(_said(element, spaced=False))


def _enclosed(text: str) -> str:
    bare = all(char.isalnum() or char in "." or unicodedata.combining(char) for char in text)
    return text if bare or (text[:1] == "(" and text.find(")") == len(text) - 1) else f"({text})"


def _plain(text: str) -> str:
    """Letters of any alphabet for mathematics as plain ones; but for double-struck ones, which have a meaning."""
    if text.isascii():
        return text
    text = _SELECTORS.sub("", text).translate(_LETTERS)
    return "".join(
        unicodedata.normalize("NFKC", char) if ord(char) in _MATHEMATICAL else char for char in text
    )
