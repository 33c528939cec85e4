r"""The words of a text, as the search knows them. ``scripts/search/text.js`` has the same rules for the browser, and
``tests/search/words.json`` examples that both must agree on.

- A text is folded: TeX accents and Greek commands become letters, accents go, letters become small, and letters that
  Unicode does not take apart (ø, ß) are spelled plain.
- A word is a run of letters and digits. Words joined by a hyphen or an apostrophe count one by one, and once more as
  one word: "GPT-4" is gpt, 4 and gpt4.
- Words that say nothing (the, of, with) are left out, and take no place between others. A plural is its singular.
- Chinese, Japanese and Korean are written without spaces between words, or with endings: a run of signs counts as its
  pairs of neighbours, and each sign alone.
- A Greek letter that stands alone is its name: β-VAE is beta and vae, as is ``$\beta$-VAE``.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any, TypeAlias

#: Tokens whose terms are remembered.
_KEPT = 50_000
#: Longer words are cut.
LONGEST = 40
#: A word that was joined of parts is at most so long.
JOINED = 26

STOP = frozenset(
    """a an and are as at be been but by can each for from has have how however if in into is it its may more most of on
    only or other our s show so some such than that the their them then there these they this to use used using based
    both also not via was we well were when where which while will with between does do
    propose proposed present presented provide demonstrate""".split()  # noqa: SIM905
)

#: Letters that NFKD leaves whole though people type them plain.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "þ": "th",
     "ŋ": "n", "ς": "σ", "’": "'", "‐": "-", "‑": "-", "−": "-"}
)  # fmt: skip
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho",
    "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
_HISSING = ("sses", "xes", "ches", "shes")
_IRREGULAR = {
    "analyses": "analysis", "bias": "bias", "biases": "bias", "caches": "cache", "corpora": "corpus",
    "hypotheses": "hypothesis", "indices": "index", "matrices": "matrix", "series": "series", "vertices": "vertex",
}  # fmt: skip
_NAMES = frozenset(_GREEK.values())
#: Combining accents, and the points of Hebrew and Arabic, which are seldom written.
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]")
#: Signs of scripts without spaces.
SIGNS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_ASCII = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*")
_ANY = re.compile(rf"[{SIGNS}]+|[^\W_{SIGNS}]+(?:['-][^\W_{SIGNS}]+)*")
_JOINT = re.compile("['-]")
_LABEL = re.compile(r"[^\W_]+[+#]*")

_ACCENT = re.compile(r"\\(?:[\"'`^~=.]|[uvHcdbkrt](?![A-Za-z]))\s*\{?\\?([A-Za-z])\}?")
_LETTER = re.compile(r"\\(ss|ae|AE|oe|OE|aa|AA|[oOlLij])(?![A-Za-z])\s?")
_COMMAND = re.compile(r"\\(?:var)?([A-Za-z]+)")
_BRACES = re.compile(r"[{}]")


def fold(text: str) -> str:
    r"""A text in small letters without accents.

    >>> fold('Erd\u0151s and Schr\\"{o}dinger, $\\alpha$-Łukasz')
    'erdos and schrodinger, $ alpha $-lukasz'
    """
    if "\\" in text:
        text = _tex(text)
    text = text.lower()
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKD", text).lower().translate(_LETTERS)
    return unicodedata.normalize("NFC", _MARKS.sub("", text))


def _tex(text: str) -> str:
    text = _LETTER.sub(r"\1", _ACCENT.sub(r"\1", text))
    return _BRACES.sub("", _COMMAND.sub(_command, text))


def _command(match: re.Match[str]) -> str:
    name = match[1].lower()
    return f" {name} " if name in _NAMES else " "


def stem(word: str) -> str:
    """The singular of a plural: Harman's S stemmer, with what English spells otherwise.

    D. Harman, "How effective is suffixing?", Journal of the American Society for Information Science 42 (1991).

    >>> [stem(word) for word in ("networks", "studies", "classes", "bus", "analysis", "matrices", "trees")]
    ['network', 'study', 'class', 'bus', 'analysis', 'matrix', 'tree']
    """
    if len(word) < 4 or word[-1] not in "sa":
        return word
    if other := _IRREGULAR.get(word):
        return other
    if word[-1] == "a" or word[-2] in "usi":
        return word
    if word[-3:] == "ies":
        return word if word[-4] in "ae" else word[:-3] + "y"
    return word[:-2] if word.endswith(_HISSING) else word[:-1]


def term_of(word: str) -> str:
    """What is looked up for one folded word; empty if it says nothing."""
    found = stem(_GREEK.get(word, word))[:LONGEST]
    return "" if word in STOP or found in STOP else found


#: The terms of a token: one, or none (""), or those that take a place each and those that stand beside them.
_Token: TypeAlias = str | tuple[tuple[str, ...], tuple[str, ...]]


class Words:
    """Takes texts apart, and remembers what it has seen: most words of a text have been in another."""

    def __init__(self) -> None:
        self._known: dict[str, Any] = {}

    def place(self, text: str, found: dict[str, list[int]], start: int, most: int) -> int:
        """Add to `found` the places of the terms of a text whose first word has the place `start`, each in rising
        order; gives the place after its last word. Of a text of more than `most` words only the beginning is
        read.
        """
        known = self._known
        words = self._split(text)[:most]
        tokens: list[Any] = [*map(known.get, words)]
        place = start
        for number, token in enumerate(tokens):
            if token is None:
                token = tokens[number] = known[words[number]] = _terms(words[number])
            if token.__class__ is str:
                if token:
                    if token in found:
                        found[token].append(place)
                    else:
                        found[token] = [place]
                    place += 1
                continue
            terms, beside = token
            for term in beside:
                found.setdefault(term, []).append(place)
            for term in terms:
                found.setdefault(term, []).append(place)
                place += 1
            if place - start > most:  # one token may be a whole text without blanks
                break
        return place

    def terms(self, text: str) -> list[str]:
        """The terms of a text that take a place, in order."""
        found: list[str] = []
        for word in self._split(text):
            token = self._known.get(word)
            if token is None:
                token = _terms(word)
            if isinstance(token, str):
                found += [token] if token else []
            else:
                found += token[0]
        return found

    def _split(self, text: str) -> list[str]:
        if len(self._known) > _KEPT:
            self._known.clear()
        folded = fold(text)
        return (_ASCII if folded.isascii() else _ANY).findall(folded)


def _terms(token: str) -> _Token:
    if _is_sign(token[0]):
        if len(token) == 1:
            return token
        return tuple(token[i : i + 2] for i in range(len(token) - 1)), tuple(dict.fromkeys(token))
    parts = _JOINT.split(token)
    if len(parts) == 1:
        return term_of(token)
    places = tuple(term for part in parts if (term := term_of(part)))
    joined = term_of("".join(parts)) if len(token) <= JOINED else ""
    return places, (joined,) if places and joined and joined not in places else ()


def _is_sign(char: str) -> bool:
    return char > "\u2fff" and bool(_ANY.match(char)) and re.match(f"[{SIGNS}]", char) is not None


def names(text: str) -> list[str]:
    """The words of a person's name: each counts. They lose an s as other words do, for who asks for a word may mean a
    name.

    >>> names("Jean-Luc O'Brien Jones, Jr.")
    ['jean', 'luc', 'o', 'brien', 'jone', 'jr']
    """
    return [stem(word)[:LONGEST] for token in _ANY.findall(fold(text)) for word in _JOINT.split(token)]


def label(text: str) -> str:
    """A tag's name as it is compared: its words, one blank between them; a name without any as it is.

    >>> label("Vision–language models"), label("C++")
    ('vision language models', 'c++')
    """
    return " ".join(_LABEL.findall(fold(text))) or text.strip().lower()
