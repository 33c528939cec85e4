"""Published addresses without a page of their own: they lead on, or say that they were withdrawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.pages.page import Page


def forward_pages(forwards: Mapping[str, str]) -> Iterator[Page]:
    """A page for each address of `forwards` that leads to another address."""
    for address, target in forwards.items():
        file = address.removesuffix(".html") + ".md"
        up = "../" * file.count("/")
        body = f"This page has moved: [{target}]({up}{target.removesuffix('.html')}.md)"
        yield Page(file, "forward.html", "Moved", {"forward": target}, body)


def retired_pages(addresses: tuple[str, ...]) -> Iterator[Page]:
    """A page for each address that was withdrawn on purpose."""
    for address in addresses:
        file = address.removesuffix(".html") + ".md"
        up = "../" * file.count("/")
        elsewhere = f"The [archive]({up}archive/index.md) and the [search]({up}search.md) have all others."
        body = f"This page has been withdrawn. {elsewhere}"
        yield Page(file, "retired.html", "Withdrawn", {"retired": True}, body)
