"""Published addresses without a page of their own: they lead on, or say that they were withdrawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.pages.page import Page
from generator.text.blocks import join, link, paragraph, text


def forward_pages(forwards: Mapping[str, str]) -> Iterator[Page]:
    """A page for each address of `forwards` that leads to another address."""
    for address, target in forwards.items():
        file = _file(address)
        body = [
            paragraph(
                join(" ", (text("This page has"), link("moved to another address", _file(target), file)))
            )
        ]
        yield Page(file, "forward.html", "Moved", {"forward": target}, body)


def retired_pages(addresses: tuple[str, ...]) -> Iterator[Page]:
    """A page for each address that was withdrawn on purpose."""
    for address in addresses:
        file = _file(address)
        parts = (
            text("This page has been withdrawn. The"),
            link("archive", "archive/index.md", file),
            text("and the"),
            link("search", "search.md", file),
            text("have all others."),
        )
        yield Page(file, "retired.html", "Withdrawn", {"retired": True}, [paragraph(join(" ", parts))])


def _file(address: str) -> str:
    return address.removesuffix(".html") + ".md"
