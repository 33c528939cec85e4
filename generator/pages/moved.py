"""Published addresses without a page of their own: they lead on, or say that they were withdrawn."""

from __future__ import annotations

from generator.pages.page import Page
from generator.text.blocks import join, link, paragraph, text


def forward_page(address: str, target: str) -> Page:
    """The page of an address that leads to another address."""
    file = _file(address)
    parts = (text("This page has"), link("moved to another address", _file(target), file))
    body = [paragraph(join(" ", parts))]
    return Page(file, "forward.html", "Moved", {"forward": target}, body)


def retired_page(address: str) -> Page:
    """The page of an address that was withdrawn on purpose."""
    file = _file(address)
    parts = (
        text("This page has been withdrawn. The"),
        link("archive", "archive/index.md", file),
        text("and the"),
        link("search", "search.md", file),
        text("have all others."),
    )
    return Page(file, "retired.html", "Withdrawn", {"retired": True}, [paragraph(join(" ", parts))])


def _file(address: str) -> str:
    return address.removesuffix(".html") + ".md"
