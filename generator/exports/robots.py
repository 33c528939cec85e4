"""``robots.txt``, for crawlers: they may read everything, and this is where the map is.

Rules: RFC 9309. Crawlers ask for it at the top of a host alone. A person's own stands instead
(`generator.artifact.GIVING_WAY`).
"""

from __future__ import annotations

from generator.exports import sitemap
from generator.exports.single import Single
from generator.pages.layout import Layout


def _content(layout: Layout) -> bytes:
    lines = ["User-agent: *", "Allow: /"]
    if layout.site_url:
        root = "".join(layout.site_url.split())  # a line is a rule
        lines += ["", f"Sitemap: {root}{sitemap.INDEX}"]
    return "\n".join((*lines, "")).encode()


#: The file.
KIND = Single("robots.txt", _content)
