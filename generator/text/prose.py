r"""A title or an abstract as one value with its three forms: TeX's source in, plain text, Markdown or HTML out.

Sources write prose with TeX in it. What a reader sees of it is made here, by these rules, in this order:

1. Commands for text are what they show (``\emph{x}``, ``{\it x}``): `generator.text.tex_markup.shown`.
2. Formulas are mathematics: MathML in HTML and Markdown (`generator.text.mathml`), a line of signs in plain text
   (`generator.text.linear`). One that cannot be converted is its TeX, in code style.
3. Outside of formulas and web addresses TeX's ligatures are what TeX makes of them (*The TeXbook*, chapter 2):
   ``---`` and ``--`` are dashes, but not where they could begin an option (``--all``); quotes are quotes, single ones
   only in pairs. A tie (``~``) between words is a space; before a number only after a word, for it also stands for
   "about", and between two numbers for "to".
4. ``\%``, ``\$``, ``\&``, ``\_`` and ``\#`` are the signs themselves.

The source stays as it is, for citations and for machines. Whether formulas were restored from a text that had lost
parts of them (`generator.text.restore`) is said with each, for they may not be exact.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from generator.text.blocks import Block, Span, join, paragraph, raw, text
from generator.text.linear import linear
from generator.text.mathml import Formula, formula_of, mathml
from generator.text.tex import formulas
from generator.text.tex_markup import shown

#: What a pointer says of a formula that was restored.
RESTORED = "restored"
#: A formula of more signs may be wider than a telephone.
_WIDE = 28
_ADDRESS = re.compile(r"((?:https?|ftp)://\S+|www\.\S+)")
_DOUBLE = re.compile(r"``((?:[^`'\"]|'(?!')){1,300})(?:''|\")")
_SINGLE = re.compile(r"(?<![\w`'])`(?=[^\W_])([^`\n]{1,80}?)(?<=[\w.,!?)])'(?![\w'])")
_DASHES = re.compile(r"-{2,}")
_TIE = re.compile("~")
_WORD_END, _OPENING = frozenset(".,;:)]"), frozenset("\\([")
_SPACES = re.compile(" {2,}")
_ESCAPED = re.compile(r"\\([%$&_#])")
#: The characters that Markdown and its extensions could read inside of a tag's text.
_READ = {ord(char): f"&#{ord(char)};" for char in "\\`*_{}[]#|~^$"}
_TEXT = re.compile(r"(?<=>)[^<>]+(?=<)")
_REFERENCE = re.compile(r"(&(?:amp|lt|gt|quot);)")


@dataclass(frozen=True, slots=True)
class Prose:
    r"""A text of a paper. `source` is clean text with TeX in it, paragraphs separated by an empty line; `restored` says
    that its formulas were restored.

    >>> Prose(r"{\em Why} $x^2$ is ``small''---a note").as_plain
    'Why x² is “small”—a note'
    """

    source: str
    restored: bool = False

    @property
    def as_plain(self) -> str:
        """Plain text, paragraphs kept."""
        parts = _parts(self.source)
        return parts[0] if len(parts) == 1 and isinstance(parts[0], str) else "".join(map(_plain, parts))

    @property
    def as_title(self) -> str:
        r"""Plain text, or if nothing of it would be seen the source: a title must not be empty.

        >>> Prose(r"\/").as_title, Prose("Why").as_title
        ('\\/', 'Why')
        """
        plain = self.as_plain
        return plain if plain.strip() else self.source

    @property
    def as_markdown(self) -> str:
        """Markdown that shows it, formulas as MathML; nothing else of it is markup."""
        return "\n\n".join(paragraph.markdown for paragraph in self._paragraphs())

    @property
    def as_html(self) -> str:
        """HTML within a line; paragraphs are separated by an empty line."""
        return "\n\n".join(paragraph.html for paragraph in self._paragraphs())

    @property
    def as_blocks(self) -> list[Block]:
        """Its paragraphs, for a page."""
        return [*map(paragraph, self._paragraphs())]

    @property
    def has_formulas(self) -> bool:
        """Whether there is mathematics in it."""
        return any(isinstance(part, Formula) for part in _parts(self.source))

    def _paragraphs(self) -> Iterator[Span]:
        for source in self.source.split("\n\n"):
            if parts := _parts(source):
                yield join(
                    "",
                    (text(p) if isinstance(p, str) else _formula(p, restored=self.restored) for p in parts),
                )


def _parts(source: str) -> tuple[str | Formula, ...]:
    """A text as what is shown of it: text and formulas in turn."""
    # Most texts have none of these, and looking for each is quicker than any expression that knows all.
    if "$" in source or "\\" in source:
        return _read(source)
    if "--" in source or "`" in source or "~" in source:
        return (_SPACES.sub(" ", _typed(source)),)
    return (source,) if source else ()


@lru_cache(maxsize=512)
def _read(source: str) -> tuple[str | Formula, ...]:
    found: list[str | Formula] = []
    for formula, part in formulas(shown(source)):
        if formula:
            found.append(formula_of(part))
        # What a command leaves behind may be but its spaces.
        elif typed := _ESCAPED.sub(r"\1", _SPACES.sub(" ", _typed(part))):
            found.append(typed)
    return tuple(found)


def _typed(part: str) -> str:
    """What TeX makes of what was typed."""
    if "://" in part or "www." in part:
        pieces = _ADDRESS.split(part)
        return "".join(piece if place % 2 else _ligatures(piece) for place, piece in enumerate(pieces))
    return _ligatures(part)


def _ligatures(part: str) -> str:
    if "`" in part:
        part = _SINGLE.sub(r"‘\1’", _DOUBLE.sub(r"“\1”", part))
    if "--" in part:
        part = _DASHES.sub(_dash, part)
    return _TIE.sub(_tie, part) if "~" in part else part


def _around(match: re.Match[str]) -> tuple[str, str]:
    """The characters before and after a match; a space where there is none."""
    text, start, end = match.string, match.start(), match.end()
    return text[start - 1] if start else " ", text[end] if end < len(text) else " "


def _dash(match: re.Match[str]) -> str:
    if match[0] == "---":
        return "—"
    before, after = _around(match)
    inside = before.isalnum() and after.isalnum()
    return "–" if len(match[0]) == 2 and (inside or (after.isspace() and before not in "<!")) else match[0]


def _tie(match: re.Match[str]) -> str:
    before, after = _around(match)
    letter = after.isascii() and after.isalpha()
    if before.isspace():
        return "" if letter else "~"
    if letter or after in _OPENING:
        return " " if before.isalnum() or before in _WORD_END else "~"
    word = match.string[max(0, match.start() - 3) : match.start()]
    named = before == "." or (len(word) == 3 and word.isalpha())
    return " " if after.isdecimal() and named else "~"


def _plain(part: str | Formula) -> str:
    if isinstance(part, str):
        return part
    found = mathml(part)
    return linear(found) if found else part.tex.strip()


def _formula(formula: Formula, *, restored: bool) -> Span:
    """A formula on a page. A ``math`` element at the begin of a line would be a block of its own: it is in a span."""
    found = mathml(formula)
    if found is None:
        return raw(f"<code>{_escaped(html.escape(formula.tex.strip(), quote=False))}</code>")
    # Formulas do not break: on a small screen a long one is marked, so that it can be moved by itself.
    marks = (' class="bs-wide"' if len(linear(found)) > _WIDE else "") + (
        f' title="{RESTORED}"' if restored else ""
    )
    return raw(f"<span{marks}>{_TEXT.sub(lambda match: _escaped(match[0]), found)}</span>")


def _escaped(inner: str) -> str:
    """The text of an element, so that Markdown reads nothing in it. References in it stay."""
    return "".join(p if p.startswith("&") else p.translate(_READ) for p in _REFERENCE.split(inner))
