r"""Numbers as bits, and bits as the text of a script.

Bits are strings of 0 and 1, for Python joins strings faster than it shifts numbers. A text holds fifteen of them a
character, and is written in UTF-16: so bits take a fifteenth more room in a file than bare, where base64 takes a third.
Each of the two bytes of a character has one of 182 values, for 182² is just above 2¹⁵, and a server's gzip packs bytes
best that are alike; and no character is among those that may not stand in a string of JavaScript (as of ES2019).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

#: Bits of a character, and values of each of its bytes; the upper one is counted from 1.
_BITS, _VALUES = 15, 182
_TEXT: dict[str, str] = {}


def text(bits: str) -> str:
    """Bits as characters, filled up with zeros.

    >>> [hex(ord(character)) for character in text("000000000000000" "00000001011011")]
    ['0x100', '0x200']
    """
    if not _TEXT:
        _TEXT.update((f"{number:015b}", _character(number)) for number in range(1 << _BITS))
    bits += "0" * (-len(bits) % _BITS)
    return "".join([_TEXT[bits[place : place + _BITS]] for place in range(0, len(bits), _BITS)])


def _character(number: int) -> str:
    high, low = divmod(number, _VALUES)
    return chr((high + 1 << 8) + low)


def text_of(data: bytes) -> str:
    """Bytes as characters; the first bits say how many there are."""
    return text(f"{len(data):024b}" + format(int.from_bytes(b"\1" + data, "big"), "b")[1:])


def gamma(number: int) -> str:
    """Elias' gamma code of a number from 1 on.

    >>> [gamma(number) for number in (1, 2, 5)]
    ['1', '010', '00101']
    """
    return _GAMMA[number] if number < len(_GAMMA) else _gamma(number)


def unary(numbers: Iterable[int]) -> str:
    """Rice's code of numbers, without bits below the upper ones; of 0 nothing."""
    return "".join(map(_UNARY.__getitem__, numbers))


def _gamma(number: int) -> str:
    bits = format(number, "b")
    return "0" * (len(bits) - 1) + bits


_GAMMA = ["", *map(_gamma, range(1, 256))]
_UNARY = ["", *("1" * number + "0" for number in range(255))]


class _Rice(dict[int, str]):
    """The codes of one parameter, by number from 1 on. Small ones are kept."""

    def __init__(self, parameter: int) -> None:
        self._parameter = parameter

    def __missing__(self, number: int) -> str:
        high, low = number - 1 >> self._parameter, number - 1 & (1 << self._parameter) - 1
        code = "1" * high + "0" + (format(low, f"0{self._parameter}b") if self._parameter else "")
        if number < 2048:
            self[number] = code
        return code


_RICE = [_Rice(parameter) for parameter in range(50)]


def rice_codes(parameter: int) -> Mapping[int, str]:
    """Rice's codes by number."""
    return _RICE[parameter]


def rice(parameter: int, numbers: Iterable[int]) -> str:
    """Rice's code of numbers from 1 on: the upper bits in unary, below them `parameter` bits.

    >>> rice(2, (1, 4, 5))
    '0000111000'
    """
    return "".join(map(_RICE[parameter].__getitem__, numbers))


def parameter(most: int, number: int) -> int:
    """The parameter for the gaps of so many ascending numbers below `most`: near the best, and the same everywhere.

    Golomb, "Run-length encodings", IEEE Transactions on Information Theory 12 (1966): gaps of a mean m take log2(0.69
    m).
    """
    return max(0, (most * 11 // (16 * number)).bit_length() - 1)
