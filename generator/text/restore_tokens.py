r"""Text in tokens for the search for damaged mathematics: what is a letter, a command, an operator, and what is prose.

Words that are both English and TeX (``in``, ``top``) are not decided here: they are `soft`, and count as commands only
where mathematics surrounds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.text.restore_names import COMMANDS, IDENTIFIERS, SOFT, split


class Token(NamedTuple):
    """A piece of text. `kind` is one of the kinds of `COMMANDS`, or one of these.

    ``letter``, ``number``, ``word`` (prose, or a name), ``identifier``, ``operator``, ``script`` (``_``, ``^``),
    ``open``, ``close``, ``bar``, ``comma``, ``prime``, ``dots``, ``break`` (nothing that mathematics holds).

    `name` is the command if it is one. `size` is a size in front of a delimiter, ``left`` in ``left(``. `spaced`
    says that white space stands in front, `glued` that it was cut out of a longer word.
    """

    kind: str
    text: str
    start: int
    end: int
    spaced: bool
    name: str = ""
    soft: bool = False
    glued: bool = False
    size: str = ""


#: As many tokens at the end are none: whoever looks ahead finds them.
PADDING = 4
_TOKEN = re.compile(
    r"(?P<blank>\n[ \t]*\n\s*)|(?P<space>\s+)|(?P<word>[A-Za-z]+)"
    r"|(?P<number>\d+(?:,\d{3}(?!\d))*(?:\.\d+)*|(?<![\w.)])\.\d+)|(?P<dots>\.\.\.|…)|(?P<greek>[α-ωΑ-Ω])|(?P<sign>.)",
    re.DOTALL,
)
_SIGNS = {
    **dict.fromkeys("+-*/=<>:!", "operator"),
    **dict.fromkeys("_^", "script"),
    **dict.fromkeys("([{", "open"),
    **dict.fromkeys(")]}", "close"),
    "|": "bar", ",": "comma", ";": "comma", "'": "prime",
}  # fmt: skip
_OPENING = frozenset({"left", "bigl", "Bigl", "biggl", "Biggl"})
_CLOSING = frozenset({"right", "bigr", "Bigr", "biggr", "Biggr"})


#: Words that are a letter and ``in`` in front of an interval.
_ELEMENTS = frozenset({"pin", "fin", "tin", "qin", "rin"})


def tokens(text: str) -> list[Token]:
    """The tokens of `text` without white space; ``break`` where a paragraph begins; `PADDING` of them at the end."""
    found = [Token("break", "", 0, 0, spaced=True)]
    spaced = True
    for match in _TOKEN.finditer(text):
        kind, piece, start, end = str(match.lastgroup), match[0], match.start(), match.end()
        if kind == "space":
            spaced = True
            continue
        if kind == "word":
            script = found[-1].text == "{" and text[max(start - 2, 0)] in "_^"
            new = _word(piece, start, spaced=spaced, alone=script and text[end : end + 1] == "}")
        elif kind == "sign":
            new = iter((Token(_SIGNS.get(piece, "break"), piece, start, end, spaced),))
        else:
            kind = {"blank": "break", "greek": "letter"}.get(kind, kind)
            new = iter((Token(kind, piece, start, end, spaced),))
        for token in new:
            _add(found, token)
        spaced = kind == "break" and piece.isspace()
    _reread(found)
    found = _ungrouped(found)
    found += [Token("break", "", len(text), len(text), spaced=True)] * PADDING
    return found


def _word(word: str, start: int, *, spaced: bool, alone: bool) -> Iterator[Token]:
    """The tokens of a word; one that is `alone` in the braces of a script is no product: ``_{agg}``."""
    end = start + len(word)
    if len(word) == 1:
        yield Token("letter", word, start, end, spaced)
    elif word in COMMANDS:
        yield Token(COMMANDS[word], word, start, end, spaced, name=word, soft=word in SOFT)
    elif word in IDENTIFIERS:
        yield Token("identifier", word, start, end, spaced)
    else:
        pieces = split(word)
        soft = all(piece in SOFT or len(piece) == 1 for piece in pieces)
        if pieces and not (soft and (alone or len(pieces) > 3)):
            yield from _pieces(pieces, start, spaced=spaced, soft=soft)
        else:
            yield Token("word", word, start, end, spaced)


def _pieces(pieces: tuple[str, ...], start: int, *, spaced: bool, soft: bool) -> Iterator[Token]:
    for piece in pieces:
        kind, name = COMMANDS.get(piece, "letter"), piece if piece in COMMANDS else ""
        yield Token(kind, piece, start, start + len(piece), spaced, name=name, soft=soft, glued=True)
        start += len(piece)
        spaced = False


def _add(found: list[Token], token: Token) -> None:
    """Add a token. A size that stands right before a delimiter becomes one with it."""
    before = found[-1]
    if before.kind != "size" or before.end != token.start:
        found.append(token)
        return
    dot = token.text == "." and before.name in _OPENING | _CLOSING
    if token.kind not in ("open", "close", "bar") and token.text != "/" and not dot:
        found.append(token)
        return
    kind = token.kind
    if before.name in _OPENING:
        kind = "open"
    elif before.name in _CLOSING:
        kind = "close"
    elif token.text == "/":
        kind = "operator"
    found[-1] = token._replace(kind=kind, start=before.start, spaced=before.spaced, size=before.name)


def _reread(found: list[Token]) -> None:
    """Read English words and functions as a letter and a sign, where what stands behind says so.

    ``pin A_1`` is p in A_1, ``v_jin V`` too, ``sin S`` is s in S; and ``ltimes m`` behind prose is l times m.
    """
    for place in range(len(found) - 4, 0, -1):
        before, token, following, third = found[place - 1 : place + 3]
        length = len(token.text)
        if token.text in ("ltimes", "rtimes"):
            again = before.kind in ("word", "break", "comma")
        elif length != 3 or not token.text.endswith("in"):
            continue
        elif token.kind == "word":
            scripted = following.kind == "letter" and not third.spaced and third.kind in ("script", "open")
            hard = (bool(following.name) and not following.soft) or third.kind in ("switch", "font")
            again = (
                scripted
                or hard
                or following.kind == "greek"
                or (before.kind == "script" and not token.spaced)
            )
        else:
            interval = (
                following.text in ("(", "[") and third.kind == "number" and found[place + 3].kind == "comma"
            )
            again = token.name == "sin" and (interval or (following.spaced and following.text == "S"))
        if again:
            _cut(found, place)


def _ungrouped(found: list[Token]) -> list[Token]:
    """Take an operator in braces as one token, ``256{times}256``; its braces keep TeX from spacing it."""
    result: list[Token] = []
    for token in found:
        result.append(token)
        if token.text != "}" or len(result) < 4:
            continue
        before, opening, sign = result[-4:-1]
        inside = sign.kind in ("binary", "relation") and sign.name not in (
            "in",
            "to",
            "mid",
            "choose",
            "over",
        )
        if (
            inside
            and opening.text == "{"
            and not sign.spaced
            and not token.spaced
            and before.kind != "script"
        ):
            text = f"{{{sign.name}}}"
            one = sign._replace(
                text=text, start=opening.start, end=token.end, spaced=opening.spaced, soft=False
            )
            result[-3:] = [one]
    return result


def _cut(found: list[Token], place: int) -> None:
    token = found[place]
    middle = token.start + 1
    name = token.text[1:]
    found[place : place + 1] = [
        Token("letter", token.text[0], token.start, middle, token.spaced, glued=True, soft=True),
        Token(COMMANDS[name], name, middle, token.end, spaced=False, name=name, glued=True, soft=True),
    ]
