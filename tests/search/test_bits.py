"""Codes: what was written is read back; and texts, which a string of JavaScript holds."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.search import bits
from tests.search import decoder
from tests.search.decoder import Bits

strings_of_bits = st.text("01", max_size=100)
numbers = st.lists(st.integers(1, 300) | st.integers(1, 1 << 33), max_size=20)


@given(strings_of_bits)
def test_bits_stand_in_a_text_and_are_filled_up(value: str) -> None:
    read = Bits(bits.text(value)).rest
    assert read.startswith(value)
    assert len(read) % 15 == 0
    assert len(read) - len(value) < 15
    assert "1" not in read[len(value) :]


@given(st.binary(max_size=400))
def test_bytes_stand_in_a_text_after_their_number(data: bytes) -> None:
    read = Bits(bits.text_of(data))
    assert bytes(read.bits(8) for _ in range(read.bits(24))) == data
    assert read.ended()


def test_javascript_reads_every_text_as_it_was_meant() -> None:
    node = shutil.which("node")
    if not node:
        pytest.skip("node is not installed")
    text = bits.text("".join(f"{number:015b}" for number in range(1 << 15)))
    read = """
    const text = new TextDecoder("utf-16le").decode(require("fs").readFileSync(0));
    console.log(JSON.stringify(require("vm").runInNewContext(`"${text}"`)));
    """
    done = subprocess.run([node, "-e", read], input=text.encode("utf-16-le"), capture_output=True, check=True)
    assert json.loads(done.stdout) == text


def test_both_bytes_of_a_character_are_of_the_same_few_values() -> None:
    written = [bits.text(f"{number:015b}").encode("utf-16-le") for number in range(1 << 15)]
    assert len({*written}) == 1 << 15
    assert {len(character) for character in written} == {2}
    assert len({low for low, _ in written}) == len({high for _, high in written}) + 1 == 182


@given(numbers)
def test_gamma_codes_are_read_back(values: list[int]) -> None:
    read = Bits(bits.text("".join(map(bits.gamma, values))))
    assert [read.gamma() for _ in values] == values
    assert read.ended()


@given(st.lists(st.integers(0, 255), max_size=40))
def test_counts_are_unary_codes_and_none_is_nothing(values: list[int]) -> None:
    assert bits.unary(values) == bits.rice(0, [value for value in values if value])


@given(st.integers(0, 34), st.lists(st.integers(1, 1 << 12), max_size=12), st.integers(0, 3000))
def test_rice_codes_are_read_back(parameter: int, values: list[int], more: int) -> None:
    values.append(1 + (more << parameter))
    read = Bits(bits.text(bits.rice(parameter, values)))
    assert [read.rice(parameter) for _ in values] == values
    assert [bits.rice_codes(parameter)[value] for value in values] == [
        bits.rice(parameter, [value]) for value in values
    ]


@given(st.integers(1, 1 << 32), st.integers(1, 200_000))
def test_the_parameter_is_what_the_format_says(most: int, number: int) -> None:
    assert bits.parameter(most, number) == decoder.parameter(most, number)


@given(st.sets(st.integers(0, 99_999), min_size=1, max_size=300))
def test_gaps_take_little_more_than_they_must(papers: set[int]) -> None:
    """Of random numbers, log2 of how many sets there are; a gap may take two bits more."""
    rising = sorted(papers)
    gaps = [second - first for first, second in zip([-1, *rising], rising, strict=False)]
    most, number = 100_000, len(rising)
    written = len(bits.rice(bits.parameter(most, number), gaps))
    assert written <= number * (bits.parameter(most, number) + 1) + most // (
        1 << bits.parameter(most, number)
    )
