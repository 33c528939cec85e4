"""``assets/images/card.png``: what others show where somebody links to the site, for the site as a whole.

Pages name it (``og:image``), by an address that must be whole: without ``site_url`` there is none. It hangs on the
settings and the theme alone, so a new day does not draw it anew. A person's own stands instead
(`generator.artifact.GIVING_WAY`).
"""

from __future__ import annotations

from generator.exports.single import Single
from generator.pages.layout import Layout


def _content(layout: Layout) -> bytes:
    from generator.exports.drawing import draw  # few builds need it, and it is slow to load

    place = layout.site_url.partition("://")[2].rstrip("/")
    return draw(layout.site_name, layout.description, place, layout.look)


def _is_wanted(layout: Layout) -> bool:
    return layout.card and bool(layout.site_url)


#: The image.
KIND = Single("assets/images/card.png", _content, _is_wanted)
