"""The card of a site as an image: its name between rules, as at the top of a newspaper, a motto, and the address.

It is set in the fonts of the theme, letter by letter out of the first that has it. These are the scripts of Latin, and
Greek; a text with any other letter is not shown, for boxes would stand in it: the address stands for such a name. Lines
are set without the help of the system's own libraries, so that the same card is drawn everywhere.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from generator.look import Look
from generator.theme import packaged

WIDTH, HEIGHT = 1200, 630
_MARGIN = 90
_BOLD, _PLAIN = 700, 400
#: Sizes that a name is tried in, largest first, each with how many lines it may then have.
_NAME_SIZES = ((150, 1), (128, 1), (112, 2), (96, 2), (80, 2), (68, 3), (56, 3))
_MOTTO_SIZE, _MOTTO_LINES, _ADDRESS_SIZE = 42, 2, 30
#: The height of a line, in sizes of its letters.
_LEADING = 1.12
#: A card has few colours: the shades of three on a fourth.
_COLOURS = 48
_FONTS = "assets/fonts"
_UPRIGHT = (
    "newsreader/newsreader-latin-wght-normal.woff2",
    "newsreader/newsreader-latin-ext-wght-normal.woff2",
    "stix-two-math/stix-two-math.woff2",
)
_ITALIC = (
    "newsreader/newsreader-latin-wght-italic.woff2",
    "newsreader/newsreader-latin-ext-wght-italic.woff2",
)
_MORE = "…"
#: No font has a sign for it: what is drawn for it is what is drawn for all that a font does not have.
_NOTHING = "\uffff"


def draw(name: str, motto: str, address: str, look: Look) -> bytes:
    """A card as PNG."""
    image = Image.new("RGB", (WIDTH, HEIGHT), look.paper)
    pen = ImageDraw.Draw(image)
    name, motto, address = map(_normal, (name, motto, address))
    title = Face(_UPRIGHT, _NAME_SIZES[-1][0], _BOLD)
    if not name or not title.has(name):
        name, address = address if title.has(address) else "", ""
    face, lines = _fitted(name)
    small, italic = Face(_UPRIGHT, _ADDRESS_SIZE, _PLAIN), Face(_ITALIC, _MOTTO_SIZE, _PLAIN)
    below = wrapped(motto, italic, _MOTTO_LINES) if italic.has(motto) else []
    _rule(pen, _MARGIN - 20, 8, look.ink)
    _rule(pen, _MARGIN - 6, 2, look.ink)
    _rule(pen, HEIGHT - _MARGIN - 10, 2, look.line)
    gap = 26 if lines and below else 0
    height = face.leading * len(lines) + gap + italic.leading * len(below)
    top = (HEIGHT - 10 - height) / 2
    for line in lines:
        face.centre(pen, line, top, look.ink)
        top += face.leading
    top += gap
    for line in below:
        italic.centre(pen, line, top, look.ink_soft)
        top += italic.leading
    if small.has(address):
        for line in wrapped(address, small, 1):
            small.centre(pen, line, HEIGHT - _MARGIN + 6, look.accent)
    file = BytesIO()
    image.quantize(_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        file, "PNG", optimize=True
    )
    return file.getvalue()


def _normal(text: str) -> str:
    """A text in whole letters rather than letters and accents, on one line."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _rule(pen: ImageDraw.ImageDraw, top: int, thick: int, colour: str) -> None:
    pen.rectangle((_MARGIN, top, WIDTH - _MARGIN - 1, top + thick - 1), colour)


class Face:
    """Fonts of a size, of which each letter takes the first that has it."""

    def __init__(self, names: Sequence[str], size: int, weight: int) -> None:
        self._fonts = [_font(name, size, weight) for name in names]
        self.size, self.leading = size, size * _LEADING

    def has(self, text: str) -> bool:
        """Whether every letter of a text can be drawn."""
        return all(self._of(letter) is not None for letter in text)

    def _of(self, letter: str) -> int | None:
        return next((place for place, font in enumerate(self._fonts) if _has(font, letter)), None)

    def _runs(self, text: str) -> list[tuple[ImageFont.FreeTypeFont, str]]:
        """A text in parts of one font each."""
        runs: list[tuple[ImageFont.FreeTypeFont, str]] = []
        for letter in text:
            font = self._fonts[self._of(letter) or 0]
            if runs and runs[-1][0] is font:
                runs[-1] = (font, runs[-1][1] + letter)
            else:
                runs.append((font, letter))
        return runs

    def length(self, text: str) -> float:
        """How wide a text is."""
        return sum(font.getlength(run) for font, run in self._runs(text))

    def centre(self, pen: ImageDraw.ImageDraw, text: str, top: float, colour: str) -> None:
        """Draw a line in the middle of the card."""
        left = (WIDTH - self.length(text)) / 2
        for font, run in self._runs(text):
            # By its baseline: fonts do not agree about where their letters begin.
            pen.text((left, round(top + self.size * 0.86)), run, colour, font, anchor="ls")
            left += font.getlength(run)


@cache
def _font(name: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """A font of the theme; Pillow's own where it cannot read that."""
    try:
        font = ImageFont.truetype(
            packaged() / _FONTS / Path(name), size, layout_engine=ImageFont.Layout.BASIC
        )
    except OSError:  # FreeType was built without the compression of WOFF2
        plain = ImageFont.load_default(size)
        if not isinstance(plain, ImageFont.FreeTypeFont):
            raise
        return plain
    with suppress(OSError):  # it has one weight
        font.set_variation_by_axes([weight])
    return font


@cache
def _has(font: ImageFont.FreeTypeFont, letter: str) -> bool:
    """Whether a font has a letter: what it does not have it draws as it draws what is nothing."""
    if letter == " ":
        return True
    nothing, drawn = font.getmask(_NOTHING), font.getmask(letter)
    return (drawn.size, bytes(drawn)) != (nothing.size, bytes(nothing)) and unicodedata.category(letter)[
        0
    ] != "C"


def _fitted(name: str) -> tuple[Face, list[str]]:
    """The largest face in which a name has room, and its lines."""
    for size, most in _NAME_SIZES:
        face = Face(_UPRIGHT, size, _BOLD)
        lines = wrapped(name, face, most)
        if " ".join(lines) == name:  # whole, and no word is broken
            return face, lines
    return face, lines


def wrapped(text: str, face: Face, most: int) -> list[str]:
    """A text in at most so many lines; what does not go into these is left out, and a sign says so."""
    room = WIDTH - 2 * _MARGIN
    lines: list[str] = []
    words = text.split()
    while words:
        line = words.pop(0)
        if face.length(line) > room:
            fits = next(
                end for end in range(len(line) - 1, 0, -1) if face.length(line[:end]) <= room or end == 1
            )
            words.insert(0, line[fits:])
            line = line[:fits]
        else:
            while words and face.length(f"{line} {words[0]}") <= room:
                line += f" {words.pop(0)}"
        if len(lines) + 1 == most and words:
            while line and face.length(line + _MORE) > room:
                line = line[:-1]
            return [*lines, line.rstrip(" ,.;:–-") + _MORE]
        lines.append(line)
    return lines
