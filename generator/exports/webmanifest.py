"""``manifest.webmanifest``: what a device shows of the site that has been added to its start screen.

Rules: <https://www.w3.org/TR/appmanifest/>. Addresses lead from the file itself, so it needs no ``site_url``. Pages do
not link it, for no browser loads it from a disk without complaint: ``site.js`` does, over http, on those that have an
icon for start screens. A person's own stands instead (`generator.artifact.GIVING_WAY`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from generator.exports.single import Single
from generator.pages.layout import Layout

#: Characters of a name for which there is room below an icon.
_SHORT_NAME = 12
_IMAGES = "assets/images/"
_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/vnd.microsoft.icon",
    ".webp": "image/webp",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
}


def _content(layout: Layout) -> bytes:
    said = {
        "name": layout.site_name,
        "short_name": short_name(layout.site_name),
        "description": layout.description,
        "lang": layout.language,
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",  # pages have no button that leads back
        "theme_color": layout.look.accent,
        "background_color": layout.look.paper,
        "icons": [*_icons(layout.icon)],
    }
    text = json.dumps({key: value for key, value in said.items() if value}, ensure_ascii=False, indent=1)
    return f"{text}\n".encode()


def short_name(name: str) -> str:
    """The first words of a name, as many as there is room for; of a long first word what there is room for."""
    words = name.split()
    ways = (" ".join(words[:number]) for number in range(len(words), 0, -1))
    return next((way for way in ways if len(way) <= _SHORT_NAME), name.strip()[:_SHORT_NAME])


def _icons(icon: str) -> Iterator[Mapping[str, str]]:
    """The icon that the site names, or those of the theme."""
    if icon:
        kind = _TYPES.get(PurePosixPath(icon).suffix.lower(), "")
        yield {
            "src": icon,
            **({"sizes": "any"} if kind == _TYPES[".svg"] else {}),
            **({"type": kind} if kind else {}),
        }
        return
    for name, purpose in (("icon", "any"), ("maskable", "maskable")):
        for size in (192, 512):
            yield {
                "src": f"{_IMAGES}{name}-{size}.png",
                "sizes": f"{size}x{size}",
                "type": _TYPES[".png"],
                "purpose": purpose,
            }
    yield {"src": f"{_IMAGES}favicon.svg", "sizes": "any", "type": _TYPES[".svg"]}


#: The file.
KIND = Single("manifest.webmanifest", _content)
