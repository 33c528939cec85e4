"""The card of a site: what is set in which size, what cannot be, and that it is drawn when it must be and not again."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFont

from generator.exports import card, drawing
from generator.exports.drawing import HEIGHT, WIDTH, Face, draw, wrapped
from generator.look import Look
from generator.pages.layout import Layout
from generator.theme import packaged
from tests.builders import collect

LOOK = Look()
FACE = Face(drawing._UPRIGHT, 56, 700)


def picture(data: bytes) -> Image.Image:
    with Image.open(BytesIO(data)) as image:
        assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))
        return image.convert("RGB")


def test_a_card_is_small_and_the_same_every_time() -> None:
    made = draw("Broadsheet", "Paper digests", "example.org", LOOK)
    assert made == draw("Broadsheet", "Paper digests", "example.org", LOOK)
    assert len(made) < 40_000
    image = picture(made)
    assert "#{:02x}{:02x}{:02x}".format(*image.getpixel((0, 0))) == LOOK.paper  # type: ignore[misc]


def test_a_card_shows_each_of_its_texts_and_the_colours_of_the_site() -> None:
    usual = ("Broadsheet", "Paper digests", "example.org", LOOK)
    others = (("Other", *usual[1:]), (*usual[:1], "Else", *usual[2:]), (*usual[:2], "b.org", LOOK))
    assert (
        len({draw(*usual), *(draw(*other) for other in others), draw(*usual[:3], Look(paper="#000000"))}) == 5
    )


@pytest.mark.parametrize("name", ["每日论文", "Дайджест", "نشرة", "Điểm báo", "📰", "a\x00b", ""])
def test_for_a_name_that_cannot_be_set_stands_the_address(name: str) -> None:
    assert draw(name, "Papers", "example.org", LOOK) == draw("example.org", "Papers", "", LOOK)


@pytest.mark.parametrize("name", ["Łódź", "Çağrı’s “Papers” – 2025", "Ειδήσεις", "α → β", "Cafe\u0301"])
def test_latin_and_greek_are_set(name: str) -> None:
    assert draw(name, "", "example.org", LOOK) != draw("example.org", "", "", LOOK)
    assert draw("Cafe\u0301", "", "", LOOK) == draw("Caf\u00e9", "", "", LOOK)


def test_a_motto_or_an_address_that_cannot_be_set_is_left_out() -> None:
    assert draw("A", "每日", "例子.org", LOOK) == draw("A", "", "", LOOK)


@settings(max_examples=60, deadline=None)
@given(st.text("ab é-. Łα", max_size=400), st.integers(1, 3))
def test_lines_have_room_and_say_where_something_is_left_out(text: str, most: int) -> None:
    lines = wrapped(text, FACE, most)
    assert len(lines) <= most
    assert all(FACE.length(line) <= WIDTH - 2 * drawing._MARGIN for line in lines)
    whole = "".join(lines).replace(" ", "")
    assert whole == "".join(text.split()) or lines[-1].endswith("…")


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=80), st.text(max_size=200), st.text(max_size=80))
def test_any_text_gives_a_card(name: str, motto: str, address: str) -> None:
    picture(draw(name, motto, address, LOOK))


def test_where_fonts_of_the_theme_cannot_be_read_pillows_own_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    original, usual = ImageFont.truetype, draw("Broadsheet", "Papers", "example.org", LOOK)

    def refuse(font: object, *rest: object, **options: object) -> object:
        if isinstance(font, Path):
            raise OSError("unknown file format")
        return original(font, *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(ImageFont, "truetype", refuse)
    drawing._font.cache_clear()
    try:
        other = draw("Broadsheet", "Papers", "example.org", LOOK)
    finally:
        drawing._font.cache_clear()
    assert other not in (usual, draw("", "", "", LOOK))
    picture(other)


def test_all_fonts_are_in_the_theme() -> None:
    for name in (*drawing._UPRIGHT, *drawing._ITALIC):
        assert (packaged() / drawing._FONTS / name).is_file()


@pytest.mark.parametrize(
    "layout",
    [
        Layout("Test"),
        Layout("Test", site_url="https://example.org/", card=False),
        Layout("Test", site_url="https://example.org/", taken=(card.KIND.address,)),
    ],
)
def test_there_is_none_where_none_is_wanted(layout: Layout) -> None:
    archive = collect([]).archive
    assert [*card.KIND.every(archive, layout)] == []
    assert card.KIND.make(archive, layout, card.KIND.address) is None
