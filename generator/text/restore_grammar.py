r"""How far a damaged formula reaches: operands are taken together as long as mathematics joins them, and prose ends it.

Operands are joined by operators, by standing side by side without white space, and over white space only where what
stands on both sides says so: ``n log n`` goes on, "for n samples" does not.
"""

from __future__ import annotations

from generator.text.restore_names import BLACKBOARD
from generator.text.restore_operands import Operands
from generator.text.restore_tokens import Token

_OPERATORS = frozenset({"operator", "relation", "binary", "space"})
_ORDERS = frozenset({"O", "o", "Omega", "Theta", "omega", "poly", "polylog"})
_MAPS = frozenset({"to", "rightarrow", "mapsto", "longrightarrow", "hookrightarrow", "times"})
_DOTS = frozenset({"dots", "ldots", "cdots", "dotsc"})
_MATHEMATICAL = frozenset({"greek", "sign", "sum", "font", "fraction", "root", "accent", "function"})
#: Relations that are words between formulas too.
_BETWEEN_FORMULAS = frozenset({"implies", "iff", "gets", "models", "parallel"})
#: As many tokens may stand before the colon of a map, its name with scripts; and as many behind it are looked at.
_NAME_OF_MAP, _LOOK = 12, 12
#: As many operators may follow each other.
_MOST_OPERATORS = 4
#: A group of as many tokens, brackets included, may be the argument of a letter with a space between them.
_SHORT_GROUP = 6


class Grammar(Operands):
    """Finds formulas in the tokens of one text."""

    def formula(self, start: int) -> int:
        """Behind the last token of the formula that begins with token `start`; `start` if there is none."""
        place, end, last = start, start, -1  # `last` is where the last operand begins; -1 behind an operator
        if self._leads(start):
            place += 1
        while True:
            token = self.tokens[place]
            if token.kind in _OPERATORS or token.kind == "comma":
                goes_on = (
                    self._continues(place, last)
                    if token.kind == "comma"
                    else self._operates(place, start, last)
                )
                if not goes_on or place - end > _MOST_OPERATORS:
                    break
                place, last = place + 1, -1
                continue
            after = self.operand(place) if not self._is_class(start, place) else place + 1
            if after == place or not self._fits(start, place, after, last):
                break
            last, place, end = place, after, after
        return self._trailing(start, end)

    def _fits(self, start: int, place: int, after: int, last: int) -> bool:
        """Whether the operand from `place` goes on with what stands before it."""
        if last < 0:
            if place > start:
                return not self.article(place, after) or self.tokens[after].kind in (
                    "function",
                    "greek",
                    "letter",
                )
            return not self.article(place, after) and not self._counts(place, after)
        return not self.tokens[place].spaced or self._joins(last, place, after)

    def _counts(self, place: int, after: int) -> bool:
        """Whether a group is the number of an item, ``(ii)``."""
        token, inside, behind = self.tokens[place], self.tokens[place + 1], self.tokens[after]
        if token.text != "(" or not token.spaced or after != place + 3 or not behind.spaced:
            return False
        return inside.kind in ("letter", "number", "word") and behind.kind not in _OPERATORS

    def _is_class(self, start: int, place: int) -> bool:
        """Whether a word in capitals stands beside a relation, as the name of a class does: NP."""
        token, following = self.tokens[place], self.tokens[place + 1]
        if token.kind != "word" or not token.text[1:].isupper():
            return False
        near = [following] if place == start else [following, self.tokens[place - 1]]
        return any(one.kind in ("relation", "binary") and not one.soft for one in near)

    def _leads(self, place: int) -> bool:
        """Whether an operator may begin a formula: a hard one, or a sign at its number."""
        token, following = self.tokens[place], self.tokens[place + 1]
        if token.kind in ("relation", "binary"):
            return not token.soft or (token.name in ("sim", "pm") and following.kind == "number")
        if token.text in ("-", "+"):
            before = self.tokens[place - 1] if place else token
            return (
                not following.spaced
                and following.kind in ("greek", "letter", "sign")
                and before.text != token.text
            )
        return False

    def _operates(self, place: int, start: int, last: int) -> bool:
        """Whether the operator at `place` goes on with the formula from `start`, whose last operand is at `last`."""
        token, following, operand = self.tokens[place], self.tokens[place + 1], last >= 0
        if token.name in _BETWEEN_FORMULAS:
            return False
        if token.soft and not token.glued:
            return operand and self._is_meant(place, start, last)
        if token.text in ("-", "/"):
            return self._is_minus(place, start, operand=operand)
        if token.text == ":" or token.name == "colon":
            return self._maps(start, place)
        if token.text == "!" or following.text == "!":
            return False
        doubled = place > start and self.tokens[place - 1].kind in ("operator", "relation")
        return operand or token.kind != "operator" or doubled

    def _is_minus(self, place: int, start: int, *, operand: bool) -> bool:
        """Whether a hyphen or slash is the operator: white space is on both sides or on none, and no word follows."""
        before, token, following = self.tokens[place - 1], self.tokens[place], self.tokens[place + 1]
        if token.text == "-" and following.text == "-":
            return False
        if not operand:
            signed = place > start and before.kind in ("operator", "relation", "comma")
            return token.text == "-" and signed and not following.spaced
        word = following.kind == "word" and len(following.text) > 2
        return following.spaced == token.spaced and not word

    def _is_meant(self, place: int, start: int, last: int) -> bool:
        """Whether a word that is English too is the sign: an operand stands on both sides."""
        token, following = self.tokens[place], self.tokens[place + 1]
        signed = place + 2 if following.text in ("+", "-") and following.spaced else place + 1
        if self.operand(signed) == signed:
            return False
        if token.name == "in":
            return self._lies_in(start, last, place)
        if token.name in ("to", "colon"):
            mapped = any(
                found.text == ":" or found.name == "colon"
                for found in self.tokens[max(start, place - 2 * _LOOK) : place]
            )
            return (
                mapped
                or following.name == "infty"
                or following.text == "0"
                or (token.name == "colon" and self._maps(start, place))
            )
        return not (following.spaced and self.article(place + 1, place + 2))

    def _lies_in(self, start: int, last: int, place: int) -> bool:
        """Whether ``in`` is the sign: "solved in O(n)" and "a vertex v in G" are prose."""
        before, following, third = self.tokens[last], self.tokens[place + 1], self.tokens[place + 2]
        if following.name in _ORDERS or following.text in _ORDERS or following.kind in ("number", "accent"):
            return False
        if before.kind == "open" and before.spaced and last > start:
            return False
        if following.text == "[" and third.kind == "word":
            return False  # a reference
        if before.kind == "greek" and third.text == "(" and not third.spaced and place == last + 1:
            return False
        alone = before.kind == "letter" and before.text.isupper() and place == last + 1
        if following.kind != "letter" or (not third.spaced and third.kind in ("script", "open")):
            return (not alone or following.text in BLACKBOARD) and not self.article(place + 1, place + 2)
        scripted = place > last + 1 and before.kind == "letter" and before.text.islower()
        same = following.text.lower() == before.text.lower()
        return (following.text in BLACKBOARD and not alone) or same or (scripted and following.text.isupper())

    def _maps(self, start: int, place: int) -> bool:
        """Whether a colon says from where to where a function goes."""
        behind = self.tokens[place + 1 : place + _LOOK]
        return place - start <= _NAME_OF_MAP and any(token.name in _MAPS for token in behind)

    def _continues(self, place: int, last: int) -> bool:
        """Whether a formula goes on behind the comma at `place`: without white space, or as a list with dots."""
        before, token, following = self.tokens[place - 1 : place + 2]
        if last < 0 or token.spaced:
            return False
        after = self.operand(place + 1)
        if after == place + 1:
            return False
        if not following.spaced:
            return following.kind != "number" or before.kind != "number"
        if is_dots(before) or is_dots(following):
            return True
        return self.tokens[after].kind == "comma" and is_dots(self.tokens[after + 1])

    def _joins(self, last: int, place: int, after: int) -> bool:
        """Whether the operand from `place` goes on over white space with the one that begins at `last`."""
        before, token = self.tokens[last], self.tokens[place]
        if before.kind in ("function", "sum") or before.name in (
            "forall",
            "exists",
            "nabla",
            "partial",
            "Delta",
        ):
            return True
        if token.kind in ("function", "sum"):
            return not self.article(last, place)
        if token.kind == "open":
            return self._is_argument(last, place, after)
        of_function = last > 0 and self.tokens[last - 1].kind == "function"
        if self.mathematical(last, place) or before.kind == "open" or of_function:
            return self.mathematical(place, after) or (
                token.kind == "letter" and self._factor(last, place, after)
            )
        if not self.mathematical(place, after) or self.article(last, place):
            return False
        return before.kind == "number" or self._factor(last, place, after)

    def _is_argument(self, last: int, place: int, after: int) -> bool:
        """Whether a group behind a space is what the function before it is of: ``O (n)``, ``f (x)``."""
        before, name = self.tokens[last], self.tokens[place - 1]
        if self.tokens[place].size:
            return True
        if self.tokens[place].text != "(":
            return False
        if before.text == "{":
            return self.tokens[last + 1].kind == "switch"
        if name.text in _ORDERS or name.name in _ORDERS:
            return True
        if (
            after - place > _SHORT_GROUP
            or before.kind not in ("letter", "greek")
            or self.article(last, last + 1)
        ):
            return False
        return not any(
            token.kind == "relation" or token.text in ("=", "<", ">") for token in self.tokens[place:after]
        )

    def _factor(self, last: int, place: int, after: int) -> bool:
        """Whether two operands, one of them a letter, are factors of a side of an equation: ``= alpha n``."""
        token = self.tokens[place]
        if (
            last == 0
            or token.text in ("a", "A", "I")
            or (self.tokens[after].kind == "word" and token.text == "s")
        ):
            return False
        before = self.tokens[last - 1]
        return before.kind == "relation" or before.text in ("=", "+", "<", ">")

    def mathematical(self, place: int, after: int) -> bool:
        """Whether an operand is more than a letter, a number or a word."""
        if self.tokens[place].kind in _MATHEMATICAL:
            return True
        called = self.tokens[after].kind == "open" and not self.tokens[after].spaced
        return called or (after > place + 1 and self.tokens[place + 1].kind in ("script", "open"))

    def _trailing(self, start: int, end: int) -> int:
        """With what belongs to the end of a formula, ``4times``; an operator that stands alone is one."""
        if end == start:
            alone = self._leads(start) and self.tokens[start].kind in ("relation", "binary")
            return start + 1 if alone else start
        token = self.tokens[end]
        if token.name == "times" and not token.spaced and self.tokens[end - 1].kind == "number":
            return end + 1
        return end


def is_dots(token: Token) -> bool:
    """Whether a token stands for what is left out of a list."""
    return token.kind == "dots" or token.name in _DOTS
