"""The icons of the theme in the forms that devices want, drawn of ``favicon.svg``: run it when that changes.

    python scripts/icons.py

``icon-*.png`` are the mark as it is. ``maskable-*.png`` and ``apple-touch-icon.png`` have its ground out to the edges:
devices cut their own shape out of these, of which four fifths across is sure to be seen.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).parents[1] / "theme_overrides/assets/images"
WHOLE = {"icon-192.png": 192, "icon-512.png": 512}
TO_THE_EDGES = {"maskable-192.png": 192, "maskable-512.png": 512, "apple-touch-icon.png": 180}
#: Units of the mark's own across, and how many times larger it is drawn than it is kept.
UNITS, LARGER = 32, 4
#: What the mark is made of: a ground, and a path of rectangles.
GROUND = re.compile(r'<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)" rx="(\d+)" fill="(#\w+)"')
LINES = re.compile(r'<path fill="(#\w+)" d="([^"]+)"')
LINE = re.compile(r"([Mm])(-?\d+)[ ]?(-?\d+)h(\d+)v(\d+)[Hh]-?\d+z")


def draw(svg: str, size: int, *, edges: bool) -> Image.Image:
    """The mark, `size` across; with its ground out to the `edges` or as it is."""
    ground, lines = GROUND.search(svg), LINES.search(svg)
    if not ground or not lines:
        sys.exit(
            "favicon.svg: expected a ground with lines on it, found another mark; draw the icons by hand"
        )
    scale = size * LARGER / UNITS
    image = Image.new("RGBA", (size * LARGER,) * 2, ground[6] if edges else f"{ground[6]}00")
    pen = ImageDraw.Draw(image)

    def box(x: int, y: int, width: int, height: int) -> tuple[float, ...]:
        return (x * scale, y * scale, (x + width) * scale - 1, (y + height) * scale - 1)

    if not edges:
        x, y, width, height, radius = map(int, ground.groups()[:5])
        pen.rounded_rectangle(box(x, y, width, height), radius * scale, ground[6])
    x = y = 0
    for line in LINE.finditer(lines[2]):
        moved = (int(line[2]), int(line[3]))
        x, y = moved if line[1] == "M" else (x + moved[0], y + moved[1])
        pen.rectangle(box(x, y, int(line[4]), int(line[5])), lines[1])
    return image.resize((size, size), Image.Resampling.BOX).convert("RGB" if edges else "RGBA")


def main() -> None:
    """Draw all of them."""
    svg = (FOLDER / "favicon.svg").read_text("utf-8")
    for name, size in (WHOLE | TO_THE_EDGES).items():
        image = draw(svg, size, edges=name in TO_THE_EDGES)
        image.quantize(32, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
            FOLDER / name, optimize=True
        )


if __name__ == "__main__":
    main()
