"""Data as a classic script: the one way of loading that a page opened from a disk has in every browser."""

from __future__ import annotations

import json

from generator.artifact import DATA
from generator.pages.page import MARKER


def call(name: str, *arguments: object) -> bytes:
    r"""The script ``Broadsheet.<name>(…)`` with JSON-like `arguments` (tuples are arrays).

    It is ASCII, so it reads the same under any charset; line separators that older engines end a string at,
    lone surrogates and control characters are escaped, and no ``<`` is left that could end a script element.

    >>> call("load", 1, ["</script>"])
    b'//generator: broadsheet\nBroadsheet.load(1,["\\u003c/script>"])\n'
    """
    text = ",".join(json.dumps(value, separators=(",", ":"), allow_nan=False) for value in arguments)
    return f"//{MARKER}\nBroadsheet.{name}({text})\n".replace("<", "\\u003c").encode("ascii")


def data(size: int, text: str) -> bytes:
    r"""The script that hands over a file of data: of how many papers its part of the index is, and a text that
    `bits.text` made. There are many, so that it is data says that it was generated.

    >>> data(7, "A")
    b'Broadsheet.data(7,"A")'
    """
    return f'{DATA}{size},"{text}")'.encode("ascii")
