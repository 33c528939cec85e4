r"""A damaged formula written as TeX: its commands get their backslashes back.

What the damage took without a trace stays lost, with two exceptions that are near certain. R with an exponent, where
something lies in it, is the set of numbers; a single capital that is glued to a command stood in the braces of a font.
Fractions leave a trace: ``\frac{a}{b}`` became ``a{b}``, ``\sqrt{\frac{a}{b}}`` became ``frac{a{b}}``. A formula whose
braces cannot be told is not written at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.text.restore_names import BLACKBOARD
from generator.text.restore_tokens import Token

#: Formulas of more tokens are not written.
_LONGEST = 400
_TAKES_GROUP = frozenset({"accent", "font", "root", "fraction"})
_IN = frozenset({"in", "subset", "subseteq", "to", "rightarrow", "times", "mapsto", "notin", "ni"})
_TOPS = frozenset({"letter", "number", "greek", "close", "identifier", "sign", "prime", "bar"})
#: Functions of sets, ``max{a, b}``: behind the others braces are groups.
_OF_SETS = frozenset({"max", "min", "sup", "inf", "Pr", "gcd", "arg", "exp"})
_SIGNS = frozenset({"operator", "comma", "binary", "relation"})
_INSIDE_SETS = frozenset({"comma", "relation", "dots", "bar"})


def write(text: str, tokens: Sequence[Token]) -> str:
    """The TeX of `tokens`, which stand side by side in `text`, without dollars; empty if it cannot be told."""
    return _Writer(text, tokens).write() if len(tokens) <= _LONGEST else ""


class _Writer:
    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.pieces: list[str] = []
        self.closing: list[tuple[str, int]] = []  # how each open brace closes, and where it opened
        self.halves: set[int] = set()  # where the lower halves of fractions open
        self.last = -1  # where the brace opened that was closed last

    def write(self) -> str:
        for place in range(len(self.tokens)):
            piece = self._piece(place)
            if piece is None:
                return ""
            self.pieces.append(piece)
        lefts, rights = (sum(token.size == size for token in self.tokens) for size in ("left", "right"))
        if lefts != rights or self.closing:
            return ""
        gaps = [
            self.text[one.end : two.start] for one, two in zip(self.tokens, self.tokens[1:], strict=False)
        ]
        tex = "".join(piece + gap for piece, gap in zip(self.pieces, [*gaps, ""], strict=True))
        return tex if _balanced(tex) else ""

    def _piece(self, place: int) -> str | None:
        """What is written for a token; None if it cannot be told."""
        token = self.tokens[place]
        size = f"\\{token.size}" if token.size else ""
        if size and token.text in ("{", "}"):
            return f"{size}\\{token.text}"
        if token.text == "{":
            return self._open(place)
        if token.text == "}":
            if not self.closing:
                return None
            piece, self.last = self.closing.pop()
            return piece
        if token.name and token.name != token.size:
            return f"{{\\{token.name}}}" if token.text.startswith("{") else f"{size}\\{token.name}"
        if token.kind == "letter":
            return self._letter(place)
        if token.kind == "word" and self.closing and len(token.text) > 2:
            return f"\\mathrm{{{token.text}}}"
        return size + token.text

    def _letter(self, place: int) -> str:
        token, before = self.tokens[place], self.tokens[place - 1] if place else None
        if token.glued and before is not None and before.name and before.end == token.start:
            font = "mathbf" if token.text.islower() else "mathbb" if token.text in BLACKBOARD else "mathcal"
            return f"\\{font}{{{token.text}}}"
        return "\\mathbb{R}" if token.text == "R" and self._is_space(place) else token.text

    def _is_space(self, place: int) -> bool:
        """Whether an R is the set of real numbers: it has an exponent, and something lies in it."""
        if place + 2 >= len(self.tokens) or self.tokens[place + 1].text != "^":
            return False
        if place:
            return self.tokens[place - 1].name in _IN
        return self.tokens[2].text in ("d", "n", "m", "D", "N") and len(self.tokens) == 3

    def _open(self, place: int) -> str | None:
        """An opening brace: of a group, of a set, or of the lower half of a fraction."""
        if place and self.tokens[place - 1].kind == "script" and self._moved(place):
            return None
        token, before = self.tokens[place], self.tokens[place - 1] if place else None
        if before is not None and not token.spaced and before.kind in _TOPS and self._may_halve(place):
            return self._fraction(place)
        closing = self._closing(place)
        if closing is None:
            return None
        self.closing.append((closing, place))
        return closing.replace("}", "{")

    def _moved(self, place: int) -> bool:
        """Whether a script begins with a font's group and goes on: a brace of something around it was lost before."""
        content = self._content(place)
        if len(content) < 2 or content[0].kind != "font" or content[1].text != "{":
            return False
        close = next((at for at, one in enumerate(content) if one.text == "}"), 0)
        return close + 1 < len(content) and content[close + 1].kind == "operator"

    def _may_halve(self, place: int) -> bool:
        """Whether a brace behind an operand may open the lower half of a fraction: none of a group or an argument."""
        content = self._content(place)
        if (
            not content
            or content[0].kind in ("switch", "font")
            or (len(content) == 1 and content[0].kind in _SIGNS)
        ):
            return False
        before = self.tokens[place - 1]
        if (
            before.kind == "bar"
            and sum(one.kind == "bar" for one in self.tokens[self._product(place) : place]) % 2
        ):
            return False
        return not self._is_argument(place)

    def _is_argument(self, place: int) -> bool:
        """Whether a brace opens the argument of a function with a script, ``log^2{n}``, or of a root with a degree."""
        at = place - 1
        if self.tokens[at].text == "]":
            opened = self._opening(at, "[")
            return opened > 0 and self.tokens[opened - 1].kind == "root"
        while at > 1:
            at = self._opening(at, "{") if self.tokens[at].text == "}" else at
            if self.tokens[at - 1].kind != "script":
                return False
            at -= 2
            if self.tokens[at].kind in ("function", "sum"):
                return True
        return False

    def _opening(self, place: int, bracket: str) -> int:
        """Where the group opens whose end is at `place`, none being in it; 0 if it does not."""
        return next((at for at in range(place, -1, -1) if self.tokens[at].text == bracket), 0)

    def _closing(self, place: int) -> str | None:
        """How the group that opens at `place` closes."""
        token, following = self.tokens[place], self.tokens[place + 1]
        before = self.tokens[place - 1] if place else None
        if before is not None:
            if before.name and following.text == "}":
                return None
            if before.kind in _TAKES_GROUP or (before.kind == "script" and not token.spaced):
                return "}"
            if before.text == "}" and self.last > 0 and self.tokens[self.last - 1].kind == "fraction":
                return "}"
            if before.kind == "function" and not token.spaced:
                return r"\}" if before.name in _OF_SETS else "}"
            if self._is_argument(place):
                moved = before.text == "}" and not self._is_whole(self._opening(place - 1, "{"), place)
                return None if moved else "}"
            if before.kind in ("relation", "binary") and not token.spaced:
                return r"\}"  # a group right behind a command would not have lost its command alone
        if following.kind == "switch" or any(one.kind == "infix" for one in self._content(place)):
            return "}"
        return self._group_or_set(place)

    def _group_or_set(self, place: int) -> str | None:
        content = self._content(place)
        if not content:
            return "}"
        if len(content) == 1:
            one = content[0]
            equal = (
                place > 0 and self.tokens[place - 1].text == "=" and one.kind in ("letter", "greek", "number")
            )
            return r"\}" if equal else "}"
        if content[0].kind == "font":
            return "}"
        if any(one.kind in _INSIDE_SETS or one.text in ("=", "<", ">", ":") for one in content):
            return r"\}"
        return r"\}" if self._is_scripted(place) and any(one.kind == "script" for one in content) else None

    def _is_scripted(self, place: int) -> bool:
        """Whether the group that opens at `place` has a script."""
        behind = place + len(self._content(place)) + 2
        return behind < len(self.tokens) and self.tokens[behind].kind == "script"

    def _content(self, place: int) -> list[Token]:
        """The tokens of the group that opens at `place`."""
        depth = 0
        for end in range(place, len(self.tokens)):
            text = self.tokens[end].text if not self.tokens[end].size else ""
            depth += (text == "{") - (text == "}")
            if not depth:
                return list(self.tokens[place + 1 : end])
        return []

    def _fraction(self, place: int) -> str | None:
        """The brace before the lower half of a fraction, whose upper half was written already."""
        if self.closing and self.tokens[self.closing[-1][1] - 1].kind == "fraction":
            return self._under_root(place)
        top = self._top(place)
        if top is None or self._is_unclear(top, place):
            return None
        first = self.tokens[top].text if self.tokens[top].kind == "letter" else self.pieces[top]
        self.pieces[top] = rf"\frac{{{first}"
        self.closing.append(("}", place))
        self.halves.add(place)
        return "}{"

    def _under_root(self, place: int) -> str | None:
        """The second argument of a fraction that is the last thing in its first one: a root stood around it."""
        opened = self.closing[-1][1]
        content = self._content(place)
        if opened + len(self._content(opened)) != place + len(content) + 1:
            return None
        command = opened - 1
        self.pieces[command] = rf"\sqrt{{{self.pieces[command]}"
        self.closing.append(("}", place))
        return "}{"

    def _is_unclear(self, top: int, place: int) -> bool:
        """Whether what looks like a fraction may be something else, or its upper half may begin elsewhere."""
        above, below = self.tokens[top:place], self._content(place)
        behind = place + len(below) + 2
        if above[0].text == "{" or (behind < len(self.tokens) and self.tokens[behind].text == "{"):
            return True
        if len(above) == 1 and above[0].kind == "letter" and len(below) == 1:
            return len(self.tokens) == len(below) + 3  # a binomial reads like this
        if any(one.kind == "letter" and one.text == below[0].text for one in above[:-1]) and len(below) == 1:
            return True
        letters = sum(one.kind == "letter" for one in above)
        if any(one.spaced and one.kind == "letter" for one in above[-1:]) and letters == len(above):
            return True  # two letters with a space: only the last may be above
        return above[-1].kind == "letter" and place > 1 and self.tokens[place - 2].text == "^"

    def _top(self, place: int) -> int | None:
        """Where the upper half of the fraction begins whose lower half opens at `place`; None if it cannot be told.

        It is the product before the brace; a sum only where it fills its group and the whole says so: ``n-1{2}`` is one
        half of n-1, ``1-1{k}`` is not; ``2k+1{3k}`` may be either.
        """
        top = self._product(place)
        one = self.tokens[place - 1]
        if one.text == "1" and one.kind == "number" and self.tokens[place - 2].kind != "script":
            top = place - 1
        before = self.tokens[top - 1] if top else None
        if before is None or before.kind != "operator" or before.text not in ("+", "-"):
            return top if self._is_whole(top, place) else None
        whole = self._product(top - 1)
        if whole == top - 1:
            return top if self._is_whole(top, place) else None
        if any(token.spaced for token in self.tokens[whole + 1 : place]):
            return None
        below = "".join(token.text for token in self._content(place))
        above = "".join(token.text for token in self.tokens[top:place])
        first = self.tokens[whole]
        if first.kind == "number" and above == "1":
            return top if whole + 2 == top else None
        halves = first.kind != "number" and (below.isdigit() or (above != "1" and first.kind == "letter"))
        return whole if (halves or below == above) and self._is_whole(whole, place) else None

    def _product(self, end: int) -> int:
        """Where the product begins that ends before `end`."""
        depth, place = 0, end
        while place > 0:
            token = self.tokens[place - 1]
            half = not depth and token.text == "}" and self.last in self.halves
            if half and place - 2 - len(self._content(self.last)) == self.last:
                break
            depth += (token.kind == "close") - (token.kind == "open")
            if depth < 0 or (not depth and self._parts(token)):
                break
            place -= 1
        return place

    def _parts(self, token: Token) -> bool:
        """Whether a token stands between factors, and is none."""
        return token.kind in ("relation", "binary", "comma", "dots") or (
            token.kind == "operator" and token.text != "/"
        )

    def _is_whole(self, top: int, place: int) -> bool:
        """Whether tokens from `top` up to `place` were one argument: its braces did not move when it was damaged."""
        if place <= top:
            return False
        if self.tokens[place - 1].text != "}":
            return True
        opened = next((at for at in range(place - 1, top - 1, -1) if self.tokens[at].text == "{"), place)
        inside = self.tokens[opened + 1 : place - 1]
        return not any(one.kind == "script" or one.text == "=" or one.spaced for one in inside)


def _balanced(tex: str) -> bool:
    """Whether every brace that TeX reads as one has its partner."""
    depth = 0
    for brace in re.findall(r"\\.|[{}]", tex):
        depth += (brace == "{") - (brace == "}")
        if depth < 0:
            return False
    return not depth
