"""Data as a classic script: the one way of loading that a page opened from a disk has in every browser."""

from __future__ import annotations

import json

from generator.artifact import DATA
from generator.pages.page import MARKER
from generator.search import bits


def call(value: object) -> bytes:
    r"""The script that hands over a JSON-like `value` (tuples are arrays).

    It is ASCII, so it reads the same under any charset; line separators that older engines end a string at,
    lone surrogates and control characters are escaped, and no ``<`` is left that could end a script element.

    >>> call([1, "</script>"])
    b'//generator: broadsheet\nbs([1,"\\u003c/script>"])\n'
    """
    text = json.dumps(value, separators=(",", ":"), allow_nan=False)
    return f"//{MARKER}\nbs({text})\n".replace("<", "\\u003c").encode("ascii")


def data(size: int, text: str) -> bytes:
    """The script that hands over a file of data: in 30 bits of how many papers its part of the index is, and a text
    that `bits.text` made. It is in UTF-16, as the mark at its beginning says: a browser goes by that, whatever a server
    says of scripts. There are many, so what they call has a short name, and that says that it was generated.

    >>> data(182, "\u0100").decode("utf-16")
    'bs("\u0100\u0200\u0100")'
    """
    return DATA + f'{bits.text(f"{size:030b}")}{text}")'.encode("utf-16-le")
