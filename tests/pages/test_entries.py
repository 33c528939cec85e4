"""What a list shows of a paper."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.pages.entries import teaser


def plain_teaser(value: str, most: int) -> str:
    """What `teaser` gives, made of the whole text."""
    line = " ".join(value.split())
    return line if len(line) <= most else line[:most].rsplit(" ", maxsplit=1)[0].rstrip(" ,;:.–—-") + "…"


@given(
    st.lists(st.sampled_from(["a", "word", " ", "\n\n", ",", "—", " " * 9, "x" * 12]), max_size=30).map(
        "".join
    )
)
def test_a_teaser_is_the_beginning(value: str) -> None:
    for most in (1, 5, 12, 40):
        assert teaser(value, most) == plain_teaser(value, most)
