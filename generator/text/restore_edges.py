"""Where a found formula ends, and whether it does: what goes on beyond was not understood, and is left alone."""

from __future__ import annotations

from generator.text.restore_grammar import Grammar
from generator.text.restore_tokens import PADDING, Token

_HARD = frozenset(
    {"relation", "binary", "greek", "sign", "sum", "font", "fraction", "root", "accent", "infix"}
)
#: Soft commands that no prose has beside a formula.
_NO_PROSE = frozenset(
    {
        *(
            "sim",
            "cong",
            "approx",
            "equiv",
            "asymp",
            "perp",
            "ll",
            "gg",
            "pm",
            "mp",
            "le",
            "ge",
            "ne",
            "ni",
            "circ",
        ),
        *(
            "ast",
            "mid",
            "cap",
            "cup",
            "sum",
            "prod",
            "int",
            "partial",
            "log",
            "ln",
            "wedge",
            "vee",
            "prec",
            "succ",
        ),
        *("propto", "hbar", "bmod"),
    }
)
_FACTORS = frozenset({"letter", "number", "greek", "close"})
#: Brackets that hold prose and stand behind a letter, as an argument does, are looked at as far as this.
_LONGEST_ARGUMENT = 60


def peeled(tokens: list[Token], start: int, end: int) -> tuple[int, int]:
    """A formula without what is prose: brackets, ``(n > 2)`` and ``(R^2)`` but ``(1 + x)``; a range, ``2-3times``."""
    first, last = tokens[start], tokens[end - 1]
    if last.name == "times" and [token.kind for token in tokens[start : end - 1]] == [
        "number",
        "operator",
        "number",
    ]:
        return end - 2, end  # a range
    if first.text != "(" or last.text != ")" or first.size or not first.spaced or end - start < 3:
        return start, end
    if not tokens[end].spaced and tokens[end].kind not in ("comma", "break", "close"):
        return start, end
    depth, relation, listed, mixed = 0, False, False, False
    for place in range(start, end):
        token = tokens[place]
        depth += (token.kind == "open") - (token.kind == "close")
        if not depth and place < end - 1:
            return start, end
        relation |= depth == 1 and (token.kind == "relation" or token.text in ("=", "<", ">"))
        mixed |= depth == 1 and (token.text in ("+", "-", "/") or token.kind == "binary")
        listed |= depth == 1 and token.kind == "comma"
    return (start + 1, end - 1) if not listed and (relation or not mixed) else (start, end)


def dark(grammar: Grammar) -> list[bool]:
    """For each token whether it is in the argument of something that was not understood, ``f(... prose ...)``."""
    tokens = grammar.tokens
    result = [False] * len(tokens)
    until = 0
    for place in range(len(tokens) - PADDING):
        token = tokens[place]
        if token.kind == "open" and place >= until and not _is_prose(tokens, place):
            close = grammar.pairs.get(place, 0)
            if (
                0 < close - place <= _LONGEST_ARGUMENT
                and grammar.group(place, 0, script=_is_script(tokens, place)) == place
            ):
                until = close + 1
        result[place] = place < until
    return result


def _is_script(tokens: list[Token], place: int) -> bool:
    return place > 0 and tokens[place - 1].kind == "script"


def _is_prose(tokens: list[Token], place: int) -> bool:
    """Whether a bracket belongs to the prose: nothing stands right before it."""
    token = tokens[place]
    if token.text == "{" or token.size:
        return False
    return token.spaced or not place or tokens[place - 1].kind in ("word", "break", "operator")


def cut(tokens: list[Token], start: int, end: int) -> bool:
    """Whether mathematics goes on beyond a formula."""
    return _goes_on(tokens, start, end) or (start > 0 and _came_before(tokens, start, end))


def _goes_on(tokens: list[Token], start: int, end: int) -> bool:
    token, following = tokens[end], tokens[end + 1]
    if token.name == "exists":
        return following.kind == "letter"
    if token.kind in _HARD or token.name in _NO_PROSE:
        return not token.soft or not token.spaced or token.name in _NO_PROSE
    if token.kind == "operator":
        return _operator_goes_on(tokens, end)
    if token.kind in ("script", "bar", "size") or token.text in ("{", "}") or token.size:
        return True
    if token.kind == "comma":
        return token.spaced or following.kind in ("comma", "dots") or following.text == "!"
    if token.name == "times" and token.spaced and following.kind in ("word", "identifier"):
        return not tokens[end + 2].spaced and tokens[end + 2].kind == "open"
    if _is_factor(token) and (end > start + 1 or tokens[start].kind == "greek"):
        return True
    return not token.spaced and token.kind in ("open", "letter", "number", "function")


def _operator_goes_on(tokens: list[Token], end: int) -> bool:
    token, following = tokens[end], tokens[end + 1]
    if token.text == "-":
        near = following.kind in ("letter", "number", "greek", "open")
        return token.spaced and near and (following.spaced or following.kind == "number")
    if token.text == "/":
        near = following.kind in ("open", "letter", "greek", "number", "sign")
        return not token.spaced and (near or (following.kind == "word" and len(following.text) < 4))
    if token.text == "!":
        return not following.spaced and following.kind in ("open", "letter", "size")
    return token.text != ":" or following.text == "="


def _came_before(tokens: list[Token], start: int, end: int) -> bool:
    token, first = tokens[start - 1], tokens[start]
    if token.kind in _HARD or token.kind == "function" or token.name in _NO_PROSE:
        return not token.soft or not first.spaced or token.kind == "accent" or token.name in _NO_PROSE
    if token.kind == "operator":
        minus = (
            token.text == "-"
            and token.spaced
            and first.spaced
            and (tokens[start - 2].kind in _FACTORS or tokens[start - 2].name == "times")
        )
        glued = token.text == "-" and not first.spaced and _is_pair(tokens, start - 2)
        minus |= token.text == "/" and token.spaced and first.spaced
        minus |= (
            token.text == "-" and not token.spaced and first.spaced and tokens[start - 2].kind == "letter"
        )
        return token.text in ("=", "<", ">", "+", "*") or minus or glued
    if token.kind in ("script", "bar", "size") or token.text in ("{", "}") or token.size:
        return True
    if token.kind == "comma" or token.text == ".":
        return token.spaced
    if _is_factor(token) and first.spaced and end > start + 1:
        return True
    return not first.spaced and token.kind in ("letter", "number", "close")


def _is_pair(tokens: list[Token], place: int) -> bool:
    """Whether two letters stand at a number, ``4nr``."""
    return (
        place > 0
        and tokens[place].kind == "word"
        and not tokens[place].spaced
        and tokens[place - 1].kind == "number"
    )


def _is_factor(token: Token) -> bool:
    """Whether a letter beside a formula may be a factor of it: none that English writes alone."""
    return token.kind == "letter" and token.spaced and token.text not in "aAI" and token.text.isascii()
