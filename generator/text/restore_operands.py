r"""Operands of damaged formulas: a letter, number, command or group, with its scripts.

A group is taken whole or not at all, so what is found has balanced brackets. What became of groups is kept: no token is
read again and again, and hostile text costs no more than other.
"""

from __future__ import annotations

from generator.text.restore_names import SHORT_WORDS, SPOKEN
from generator.text.restore_tokens import Token

#: Groups longer or deeper than this are none: nobody writes them in an abstract.
_LONGEST_GROUP, _DEEPEST, _LONGEST_BARS = 300, 12, 40
#: Commands that take each other as arguments, one after the other, are at most so many.
_CHAIN = 5
#: As far before ``to`` a colon makes it an arrow.
_NEAR_COLON = 8
_PLAIN = frozenset({"letter", "number", "greek", "dots"})
_TAKING = frozenset({"accent", "font", "switch", "root", "fraction"})
_BETWEEN = frozenset({"operator", "relation", "binary", "infix", "space", "comma", "dots", "bar"})
_SCRIPTS = _PLAIN | {"sign", "binary", "relation"}
#: What a command takes as its argument without braces.
_ARGUMENTS = frozenset({"letter", "number", "greek", "sign"})
#: Soft signs: prose unless a script or an operand is right at them.
_NEAR = frozenset({"script", "letter", "greek", "open"})
#: Accents that English has too, in front of a letter that stands alone.
_ENGLISH_ACCENTS = frozenset({"check", "dot", "acute", "grave", "breve", "underline"})


class Operands:
    """Reads operands in the tokens of one text."""

    def __init__(self, tokens: list[Token]) -> None:
        """`tokens` as `generator.text.restore_tokens.tokens` gives them."""
        self.tokens = tokens
        self.pairs = _pairs(tokens)
        self._groups: dict[tuple[int, bool], int] = {}
        self._nested = 0  # operands that are being read

    def operand(self, place: int, deep: int = 0, *, script: bool = False) -> int:
        """Behind the operand at `place` with its scripts; `place` if there is none.

        `deep` is how many groups it is in, `script` whether one of them is a script, where words stand too.
        """
        if self._nested > _DEEPEST * 3:
            return place
        self._nested += 1
        after = self._base(place, deep, script=script)
        after = self._scripts(after, deep) if after > place else place
        self._nested -= 1
        return after

    def article(self, place: int, after: int) -> bool:
        """Whether the operand from `place` is an English word: a, A or I."""
        token, following, third = self.tokens[place], self.tokens[after], self.tokens[after + 1]
        if token.text not in ("a", "A", "I") or after != place + 1 or not following.spaced:
            return False
        if following.kind == "operator" and not third.spaced:
            return True  # "a >2", "a -1"
        if following.kind in ("relation", "binary") and following.soft:
            return following.name not in ("in", "to", "times") or third.kind in ("word", "break")
        return following.kind not in ("operator", "relation", "binary", "comma", "close", "break", "bar")

    def _base(self, place: int, deep: int, *, script: bool) -> int:
        token = self.tokens[place]
        if token.kind in _PLAIN:
            return place + 1
        if token.kind == "open":
            return self.group(place, deep, script=False)
        if token.kind == "bar":
            return self._bars(place, deep)
        if token.kind in _TAKING:
            return self._taking(place, deep)
        good = False
        if token.kind in ("word", "identifier"):
            good = script or self._named(place, deep)
        elif token.kind in ("function", "sum"):
            good = script or not token.soft or self._applies(place, deep)
        elif token.kind == "sign":
            good = script or not token.soft or self._is_sign(place, deep)
        return place + 1 if good else place

    def _named(self, place: int, deep: int) -> bool:
        """Whether a word is a name in a formula: a known one, or two letters that are no English word."""
        token, following = self.tokens[place], self.tokens[place + 1]
        before = self.tokens[place - 1] if place else token
        added = not token.spaced and before.kind in ("operator", "close") and before.text != "-"
        if token.kind == "identifier":
            near = following.kind in ("script", "open", "close", "comma") or following.text in ("=", "<", ">")
            return deep > 0 or added or (near and not following.spaced)
        if len(token.text) != 2 or token.text.lower() in SHORT_WORDS:
            return self._is_function(place)
        if before.kind == "close" and not token.spaced and not token.text.islower():
            return False
        added |= before.kind == "function"
        return deep > 0 or added or (not following.spaced and following.kind in ("script", "open"))

    def _is_function(self, place: int) -> bool:
        """Whether a word is the name of a function: right before brackets that do not hold its plural."""
        token, following, inside = self.tokens[place : place + 3]
        called = following.text == "(" and not following.spaced and inside.text not in ("s", "es")
        return called and len(token.text) < 5

    def _is_sign(self, place: int, deep: int) -> bool:
        token, following = self.tokens[place], self.tokens[place + 1]
        if token.glued or (not following.spaced and following.kind in _NEAR):
            return token.name not in ("natural", "flat", "sharp", "square")
        if token.name == "partial":
            return following.kind == "greek" or (deep > 0 and following.kind == "letter")
        before = self.tokens[place - 1] if place else token
        if token.name == "dots" and before.kind in ("binary", "relation", "comma", "operator"):
            return True
        return deep > 0 and token.name in ("dots", "exists")

    def _applies(self, place: int, deep: int) -> bool:
        """Whether a soft function's name stands for the function: something follows that it can be of."""
        token, following = self.tokens[place], self.tokens[place + 1]
        if token.glued or (not following.spaced and following.kind in _PLAIN | {"script", "open"}):
            return True
        if token.name not in SPOKEN and not deep:
            return False
        if following.kind in ("function", "sum"):
            return not following.soft or (place % _CHAIN != 0 and self._applies(place + 1, deep))
        good = following.kind in _PLAIN | {"identifier", "open", "bar"}
        return good and (deep > 0 or not self.article(place + 1, place + 2))

    def _taking(self, place: int, deep: int) -> int:
        """Behind a command and its arguments."""
        token, following = self.tokens[place], self.tokens[place + 1]
        if all(one.kind in _TAKING for one in self.tokens[max(place - _CHAIN, 0) : place]):
            return place
        if token.kind == "switch" and (not place or self.tokens[place - 1].text != "{"):
            return place
        if token.kind == "accent" and token.soft and not self._accented(place, deep):
            return place
        if token.kind == "root" and following.text in ("(", "["):
            # as programs write it, sqrt(n): TeX would take the bracket for the argument
            return self._after_degree(place, deep) if following.text == "[" else place
        if token.kind == "fraction":
            return self._fraction(place, deep)
        font = token.kind in ("font", "switch")
        if font and following.kind == "word":
            return place + 2
        if token.kind != "switch" and not self._is_taken(place + 1, font=not font):
            return place
        after = self.operand(place + 1, deep, script=font)
        return after if after > place + 1 else place

    def _is_taken(self, place: int, *, font: bool) -> bool:
        """Whether a command in front takes what stands at `place` as its argument."""
        token = self.tokens[place]
        return (
            token.kind in _ARGUMENTS
            or (token.text == "{" and not token.size)
            or (font and token.kind == "font")
        )

    def _accented(self, place: int, deep: int) -> bool:
        token, following = self.tokens[place], self.tokens[place + 1]
        if following.text == "{":
            return not following.spaced
        if not following.spaced or deep:
            return following.kind in ("letter", "greek", "sign", "font")
        if token.name in _ENGLISH_ACCENTS or self.article(place + 1, place + 2):
            return False
        return following.kind in ("letter", "greek")

    def _fraction(self, place: int, deep: int) -> int:
        """Behind a fraction; one that stood in the braces of a root has both arguments in one group: {a{b}}."""
        following = self.tokens[place + 1]
        first = self.operand(place + 1, deep) if self._is_taken(place + 1, font=True) else place + 1
        if first == place + 1:
            return place
        if following.kind == "number":
            return first if len(following.text) > 1 else self._second(place, first, deep)
        if following.kind == "font" and following.text != "{" and self.tokens[place + 2].text != "{":
            return place
        if following.text == "{" and self.tokens[first - 1].text == self.tokens[first - 2].text == "}":
            return first
        return self._second(place, first, deep)

    def _second(self, place: int, first: int, deep: int) -> int:
        second = self.operand(first, deep) if self._is_taken(first, font=True) else first
        return second if second > first else place

    def _after_degree(self, place: int, deep: int) -> int:
        """Behind a root that has a degree, ``sqrt[3]{n}``."""
        degree = self.group(place + 1, deep, script=False)
        after = self.operand(degree, deep) if degree > place + 1 else degree
        return after if after > degree > place + 1 else place

    def _scripts(self, place: int, deep: int) -> int:
        """Behind the scripts and primes at `place`, and the lower half of a fraction whose command is gone: {b}."""
        used = set()
        while not self.tokens[place].spaced:
            token = self.tokens[place]
            if token.kind == "prime":
                following = self.tokens[place + 1]
                genitive = not following.spaced and following.kind in ("letter", "word")
                after = place + 1 if not genitive and "^" not in used else place
            elif token.kind == "script":
                after = self._script(place, deep) if token.text not in used else place
                used.add(token.text)
            elif token.text == "{" and not token.size:
                after = self.group(place, deep, script=False)
            else:
                return place
            if after == place:
                return place
            place = after
        return place

    def _script(self, place: int, deep: int) -> int:
        following = self.tokens[place + 1]
        if following.spaced:
            return place
        if following.text == "{":
            after = self.group(place + 1, deep, script=True)
            return after if after > place + 1 else place
        pair = (
            following.kind == "word"
            and len(following.text) == 2
            and following.text.lower() not in SHORT_WORDS
        )
        if self._is_typed(place) or (following.kind == "relation" and following.soft):
            return place
        if following.kind in _SCRIPTS or following.text in ("*", "+", "-") or pair:
            return place + 2
        if following.kind in _TAKING - {"root"}:
            after = self.operand(place + 1, deep + 1)
            return after if after > place + 1 else place
        return place

    def _is_typed(self, place: int) -> bool:
        """Whether a script is as people write it without TeX, which takes one sign only: x_13, 10^-3, 2^O(n)."""
        script, behind = self.tokens[place + 1 : place + 3]
        if behind.spaced:
            return script.kind == "number" and len(script.text) > 1
        if script.text in ("+", "-"):
            return behind.kind in ("number", "letter")
        if script.text in ("O", "o") or script.name in ("Omega", "Theta"):
            return behind.text == "("
        return script.kind == "number" and len(script.text) > 1

    def group(self, place: int, deep: int, *, script: bool) -> int:
        """Behind the group that opens at `place`; `place` if it is not closed, or holds prose."""
        key = (place, script)
        if key not in self._groups:
            close = self.pairs.get(place, 0)
            good = 0 < close - place <= _LONGEST_GROUP and deep < _DEEPEST
            good = good and self._filled(place + 1, close, deep + 1, script=script)
            self._groups[key] = close + 1 if good else place
        return self._groups[key]

    def _filled(self, place: int, end: int, deep: int, *, script: bool) -> bool:
        """Whether mathematics fills the places up to `end`: inside of brackets white space joins."""
        if place == end:
            return not script
        while place < end:
            if self.tokens[place].kind in _BETWEEN:
                if not self._between(place, script=script):
                    return False
                place += 1
                continue
            if self.tokens[place].kind == "script":
                after = self._script(place, deep)
            else:
                after = self.operand(place, deep, script=script)
            if after == place or after > end:
                return False
            place = after
        return True

    def _between(self, place: int, *, script: bool) -> bool:
        """Whether what stands between operands can stand there."""
        before, token, following = self.tokens[place - 1 : place + 2]
        if token.text == "!" and (before.kind in ("operator", "open") or following.text == "+"):
            return False  # a negative space that lost its backslash
        lone = before.kind in ("open", "bar") or following.kind in ("close", "bar", "comma")
        if token.kind == "comma" and (token.spaced or lone):
            return False  # a thin space that lost its backslash
        if token.text == following.text == "-":
            return False
        if token.name == "to" and not script and following.name != "infty" and following.text != "0":
            return any(one.text == ":" for one in self.tokens[max(place - _NEAR_COLON, 0) : place])
        if token.kind in ("relation", "binary", "infix") and token.soft and not script:
            return before.kind not in ("open", "comma") and following.kind not in ("close", "comma", "word")
        return True

    def _bars(self, place: int, deep: int) -> int:
        """Behind what stands between two bars, ``|x - y|``."""
        if self.tokens[place + 1].spaced and not deep:
            return place
        at, operand = place + 1, False
        while at < min(place + _LONGEST_BARS, len(self.tokens) - 1):
            token = self.tokens[at]
            if token.kind == "bar":
                return at + 1 if operand else place
            if token.kind in ("operator", "relation", "binary", "comma"):
                if token.soft and not operand:
                    return place
                at, operand = at + 1, False
                continue
            after = self.operand(at, deep + 1) if deep < _DEEPEST else at
            if after == at:
                return place
            at, operand = after, True
        return place


def _pairs(tokens: list[Token]) -> dict[int, int]:
    """Which bracket closes which: round and square ones may be mixed, as in half open intervals."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    for place, token in enumerate(tokens):
        if token.kind == "break" and token.text.isspace():
            stack.clear()
        elif token.kind == "open":
            stack.append(place)
        elif token.kind == "close":
            for back in range(1, min(len(stack), 4) + 1):
                if _fit(tokens[stack[-back]], token):
                    pairs[stack[-back]] = place
                    del stack[-back:]
                    break
    return pairs


def _fit(opening: Token, closing: Token) -> bool:
    if bool(opening.size) != bool(closing.size):
        return False
    if opening.size:
        return True
    if (opening.text == "{") != (closing.text == "}"):
        return False
    return bool(opening.name) == bool(closing.name)
