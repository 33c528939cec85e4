r"""How sure it is that a formula was damaged: by what stands in it.

Three degrees. *Sure*: no prose and no plain formula reads like this: a command that is no word (``leq``), Greek with a
script or an argument (``Omega(n)``), a script in braces (``x_{ij}``), words run together (``nleq``). *Likely*: so does
damaged mathematics, and so do people who write without TeX (``epsilon``, ``n log n``, ``k = 2``): it counts in a text
that has something sure. *None*: letters, numbers, names, what reads fine.
"""

from __future__ import annotations

from generator.text.restore_tokens import Token

NONE, LIKELY, SURE = 0, 1, 2
_TOPS = frozenset({"letter", "number", "greek", "close"})
#: What is called after a Greek letter.
_THINGS = frozenset(
    {
        *(
            "function",
            "functions",
            "calculus",
            "calculi",
            "distribution",
            "distributions",
            "ray",
            "rays",
            "lift",
        ),
        *(
            "lifts",
            "version",
            "versions",
            "channel",
            "correction",
            "rule",
            "waves",
            "wave",
            "testing",
            "test",
        ),
        *(
            "blending",
            "term",
            "terms",
            "expression",
            "expressions",
            "decay",
            "photoproduction",
            "meson",
            "mesons",
        ),
    }
)


def evidence(tokens: list[Token], start: int, end: int) -> int:
    """NONE, LIKELY or SURE for the tokens from `start` up to `end`."""
    first = tokens[start]
    if end - start == 1 and not first.name:
        return NONE
    if (first.kind == "word" and tokens[start + 1].text != "(") or _is_name(tokens, start, end):
        return NONE
    if any(_is_sure(tokens, start, place, end) for place in range(start, end)):
        return SURE
    if end - start == 1:
        if first.kind == "greek":
            return NONE if _is_english(tokens, start) else LIKELY
        return SURE if first.name.endswith("arrow") or first.name == "infty" else NONE
    return LIKELY if first.kind != "word" and _is_likely(tokens, start, end) else NONE


def _is_english(tokens: list[Token], place: int) -> bool:
    """Whether a name of a Greek letter stands for a thing: gamma function, mu-calculus, Raspberry Pi."""
    before, token = tokens[place - 1], tokens[place]
    following = tokens[place + 2] if tokens[place + 1].text == "-" else tokens[place + 1]
    if following.text.lower() in _THINGS or token.text == "Pi":
        return True
    named = before.kind == "word" and before.text.istitle() and token.text.istitle()
    return named and place > 1 and tokens[place - 2].text not in (".", ":")


def _is_name(tokens: list[Token], start: int, end: int) -> bool:
    """Whether a script is within a name: L^2M, T5_3."""
    for place in range(start + 1, end):
        if tokens[place].kind != "script":
            continue
        base, script, after = tokens[place - 1], tokens[place + 1], tokens[place + 2]
        if (
            script.kind == "number"
            and not after.spaced
            and after.kind in ("letter", "word")
            and after.text[0].isupper()
        ):
            return True
        glued = place > start + 1 and not base.spaced and tokens[place - 2].kind in ("letter", "number")
        if glued and base.kind == "number":
            return True
    return False


def _is_sure(tokens: list[Token], start: int, place: int, end: int) -> bool:
    """Whether what stands at `place` makes a formula sure."""
    token, following = tokens[place], tokens[place + 1]
    near = place + 1 < end and not following.spaced
    if token.size and token.kind in ("open", "close"):
        return True
    if token.name and (not token.soft or token.name == "ell") and _is_command(token, following, near=near):
        return token.kind == "greek" or end - start > 1
    if token.kind == "script":
        return _is_script(tokens, place)
    if token.kind in ("function", "sum", "accent") and near and following.text in ("{", "_", "^"):
        return True
    return _is_joined(tokens, start, place, end)


def _is_command(token: Token, following: Token, *, near: bool) -> bool:
    if token.kind != "greek" or token.name.startswith("var"):
        return True
    return near and (following.kind == "script" or following.text in ("(", "{"))


def _is_script(tokens: list[Token], place: int) -> bool:
    """Whether a script is none that a name has: in braces, a command, or a number at a letter."""
    base, token, script = tokens[place - 1 : place + 2]
    if base.kind == "word":
        return False
    if script.text == "{" or (script.name and script.kind != "function"):
        return True
    if base.kind == "letter" and (script.kind == "number" or token.text == "^"):
        return True
    return base.kind in ("number", "close") and token.text == "^"


def _is_joined(tokens: list[Token], start: int, place: int, end: int) -> bool:
    """Whether words and signs run together at `place` as they do only where backslashes are gone."""
    token, following = tokens[place], tokens[place + 1]
    before, inner = tokens[place - 1], start < place < end - 1
    if token.glued and token.soft and inner and token.name:
        return token.kind != "greek"
    if token.name == "times" and not token.spaced and place > start and before.kind == "number":
        return True
    if token.text == "{":
        half = place > start and not token.spaced and before.kind in _TOPS
        return following.kind == "switch" or half
    lone = place == start and following.kind == "number"
    if lone or (inner and token.kind != "number"):
        return token.name in ("sim", "pm")
    return place == start and token.kind == "number" and following.kind == "greek" and not following.spaced


def _is_likely(tokens: list[Token], start: int, end: int) -> bool:
    first, second = tokens[start : start + 2]
    if first.kind == "greek" and second.text == "-" and not second.spaced:
        return any(one.kind != "number" for one in tokens[start + 2 : end])  # Phi-4
    if any(
        token.kind == "script" or token.name or token.text in ("=", "<", ">", "+")
        for token in tokens[start:end]
    ):
        return True
    return first.kind == "letter" and second.text == "("
