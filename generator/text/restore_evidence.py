r"""How sure it is that a formula was damaged: by what stands in it.

Three degrees. *Sure*: no prose and no plain formula reads like this: a command that is no word (``leq``), Greek with a
script or an argument (``Omega(n)``), a script in braces (``x_{ij}``), words run together (``nleq``). *Likely*: so does
damaged mathematics, and so do people who write without TeX (``epsilon``, ``n log n``, ``k = 2``): it counts in a text
that has something sure. *None*: letters, numbers, what reads fine.
"""

from __future__ import annotations

from generator.text.restore_tokens import Token

NONE, LIKELY, SURE = 0, 1, 2
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
            "lifts",
        ),
        *(
            "version",
            "versions",
            "channel",
            "correction",
            "rule",
            "waves",
            "wave",
            "testing",
            "test",
            "blending",
        ),
        *("term", "terms", "expression", "expressions", "decay", "photoproduction", "meson", "mesons"),
    }
)
_TOPS = frozenset({"letter", "number", "greek", "close"})


def evidence(tokens: list[Token], start: int, end: int) -> int:
    """NONE, LIKELY or SURE for the tokens from `start` up to `end`."""
    return reason(tokens, start, end)[0]


def reason(tokens: list[Token], start: int, end: int) -> tuple[int, str]:
    """The evidence, and a word for what it is."""
    if (tokens[start].kind == "word" and tokens[start + 1].text != "(") or (
        end - start == 1 and not tokens[start].name
    ):
        return NONE, "word"
    if _is_name(tokens, start, end):
        return NONE, "name"
    for place in range(start, end):
        found = _sign(tokens, start, place, end)
        if found:
            return SURE, found
    first = tokens[start]
    if end - start == 1:
        if first.kind == "greek":
            return (NONE, "name") if _is_english(tokens, start) else (LIKELY, "greek")
        arrow = first.name.endswith("arrow") or first.name == "infty"
        return (SURE, "arrow") if arrow else (NONE, "alone")
    hyphen = tokens[start + 1].text == "-" and not tokens[start + 1].spaced
    if first.kind == "greek" and hyphen and all(one.kind == "number" for one in tokens[start + 2 : end]):
        return NONE, "model"  # Phi-4
    return (NONE, "word") if first.kind == "word" else _likely(tokens, start, end)


def _is_english(tokens: list[Token], place: int) -> bool:
    """Whether a name of a Greek letter stands for a thing: gamma function, mu-calculus, Raspberry Pi."""
    before, token = tokens[place - 1] if place else tokens[-1], tokens[place]
    following = tokens[place + 2] if tokens[place + 1].text == "-" else tokens[place + 1]
    if following.text.lower() in _THINGS or token.text == "Pi":
        return True
    name = (
        before.kind == "word"
        and before.text[0].isupper()
        and before.text[1:].islower()
        and token.text[0].isupper()
    )
    return name and place > 1 and tokens[place - 2].text not in (".", ":")


def _is_name(tokens: list[Token], start: int, end: int) -> bool:
    """Whether a script is within a name: L^2M, T5_3."""
    for place in range(start + 1, end):
        if tokens[place].kind != "script":
            continue
        before, script, after = tokens[place - 2 : place - 1], tokens[place + 1], tokens[place + 2]
        if (
            script.kind == "number"
            and not after.spaced
            and after.kind in ("letter", "word")
            and after.text[0].isupper()
        ):
            return True
        glued = place > start + 1 and before[0].kind in ("letter", "number") and not tokens[place - 1].spaced
        if glued and tokens[place - 1].kind == "number":
            return True
    return False


def _sign(tokens: list[Token], start: int, place: int, end: int) -> str:
    """What at `place` makes a formula sure, in a word; empty if nothing."""
    token, following = tokens[place], tokens[place + 1]
    near = place + 1 < end and not following.spaced
    if token.size and token.kind in ("open", "close"):
        return "size"
    if token.name and (not token.soft or token.name == "ell"):
        found = _command(token, following, near=near, alone=end - start == 1)
        if found:
            return found
    if token.kind == "script":
        return _script(tokens, place)
    if token.kind in ("function", "sum", "accent") and near and following.text in ("{", "_", "^"):
        return "function"
    return _lesser(tokens, start, place, end)


def _lesser(tokens: list[Token], start: int, place: int, end: int) -> str:
    """The same for what makes it sure together with what stands around it."""
    token, following = tokens[place], tokens[place + 1]
    near = place + 1 < end and not following.spaced
    inner = start < place < end - 1
    if token.glued and token.soft and inner and token.kind != "greek" and token.name:
        return "glued"
    if token.name == "times" and not token.spaced and place > start and tokens[place - 1].kind == "number":
        return "times"
    if place == start and near and token.kind == "number" and following.kind == "greek":
        return "number"
    if token.text == "{":
        return _brace(tokens, start, place)
    lone = place == start and following.kind == "number"
    return token.name if token.name in ("sim", "pm") and (inner or lone) else ""


def _brace(tokens: list[Token], start: int, place: int) -> str:
    if tokens[place + 1].kind == "switch":
        return "switch"
    half = place > start and not tokens[place].spaced and tokens[place - 1].kind in _TOPS
    return "fraction" if half else ""


def _command(token: Token, following: Token, *, near: bool, alone: bool) -> str:
    if token.kind == "greek":
        if token.name.startswith("var"):
            return "variant"
        return "greek" if near and (following.kind == "script" or following.text in ("(", "{")) else ""
    return "" if alone else "command"


def _script(tokens: list[Token], place: int) -> str:
    """Whether a script is none that a name has: in braces, a command, or a number at a letter."""
    base, token, script = tokens[place - 1 : place + 2]
    if base.kind == "word":
        return ""
    if script.text == "{":
        return "braces"
    if script.name and script.kind != "function":
        return "script"
    if base.kind == "letter" and (script.kind == "number" or token.text == "^"):
        return "power"
    return "power" if base.kind in ("number", "close") and token.text == "^" else ""


def _likely(tokens: list[Token], start: int, end: int) -> tuple[int, str]:
    kinds = {token.kind for token in tokens[start:end]}
    if "script" in kinds:
        return LIKELY, "a script"
    if "greek" in kinds:
        return LIKELY, "a greek"
    if any(token.name for token in tokens[start:end]):
        return LIKELY, "a soft"
    if any(token.text in ("=", "<", ">") for token in tokens[start:end]):
        return LIKELY, "equation"
    if tokens[start].kind == "letter" and tokens[start + 1].text == "(":
        return LIKELY, "call" + (tokens[start].text if tokens[start].text in "O" else "")
    if any(token.text == "+" for token in tokens[start:end]):
        return LIKELY, "sum"
    return NONE, "plain"
