"""Identifiers and file names."""

from __future__ import annotations

import re
import sys
import unicodedata

import pytest
from anyascii import anyascii
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.ids import (
    NAME_BYTES,
    ArxivId,
    arxiv_key,
    digest6,
    doi_key,
    file_name,
    normal_title,
    parse_arxiv,
    parse_doi,
    repair_arxiv,
    slug,
    title_key,
)

ARXIV = {
    "2410.12952": ("2410.12952", None),
    "2410.12952v3": ("2410.12952", 3),
    " arXiv:2410.12952v1 ": ("2410.12952", 1),
    "https://arxiv.org/abs/2410.12952": ("2410.12952", None),
    "http://arxiv.org/pdf/2410.12952v2.pdf": ("2410.12952", 2),
    "https://export.arxiv.org/abs/2410.12952?context=cs#top": ("2410.12952", None),
    "https://huggingface.co/papers/2410.12952": ("2410.12952", None),
    "oai:arXiv.org:2410.12952": ("2410.12952", None),
    "https://doi.org/10.48550/arXiv.2410.12952": ("2410.12952", None),
    "0704.0001": ("0704.0001", None),
    "1412.9999": ("1412.9999", None),
    "cs/0701111": ("cs/0701111", None),
    "math.GT/0309136v1": ("math/0309136", 1),
    "astro-ph/0601001": ("astro-ph/0601001", None),
}


@pytest.mark.parametrize(("text", "expected"), ARXIV.items())
def test_arxiv_ids_in_every_form(text: str, expected: tuple[str, int | None]) -> None:
    assert parse_arxiv(text) == ArxivId(*expected)


@pytest.mark.parametrize(
    "text",
    ["", "../../x", "2413.00001", "2410.1295", "1412.12345", "0703.0001", "1806.0757199999998", "2410.12952v0",
     "2403.0１２３４", "cs/0713001", "cs/070111", "10.1145/3292500", "２４１０.12952", "x 2410.12952"],
)  # fmt: skip
def test_what_is_not_an_arxiv_id(text: str) -> None:
    assert parse_arxiv(text) is None


def test_dois() -> None:
    assert parse_doi("https://doi.org/10.1145/3292500.3330701") == "10.1145/3292500.3330701"
    assert parse_doi("DOI: 10.1162/COLI_a_00001.") == "10.1162/coli_a_00001"
    assert parse_doi("https://doi.org/10.1000/a%2Fb") == "10.1000/a/b"
    assert parse_doi("10.1/x") is None
    assert parse_doi("https://example.org/10.1145/x") is None


def test_keys() -> None:
    assert arxiv_key("2410.12952") == "2410.12952"
    assert arxiv_key("cs/0701111") == "cs-0701111"
    assert doi_key("10.18653/v1/2020.acl-main.1") == "10.18653-v1-2020.acl-main.1"
    assert re.fullmatch(r"let-the-quantum-creep-in-[0-9a-f]{6}", title_key("Let the Quantum Creep In!"))
    assert title_key("Preface", "lovelace") != title_key("Preface", "babbage")
    assert (
        title_key("{BERT}: Pré-training").rsplit("-", 1)[1] == title_key("BERT pretraining").rsplit("-", 1)[1]
    )


def test_titles_that_are_the_same() -> None:
    assert normal_title("  A  Study of N\u00e9ron—models ") == normal_title("a study of neron models")
    assert normal_title("机器学习") != normal_title("机器翻译")
    assert normal_title("😀") != normal_title("😁")


def test_names_of_one_spelling_in_ascii_stay_apart() -> None:
    assert file_name("王伟") != file_name("王维")
    assert file_name("Paul Erdős") == file_name("Paul Erdos")


def test_the_index_of_a_folder_is_no_name() -> None:
    assert file_name("Index") == "x-index"


def test_signs_that_tell_names_apart() -> None:
    assert normal_title("Memory safety in C++") != normal_title("Memory safety in C")
    assert slug("C++") != slug("C#") != slug("C")
    assert slug("R&D") == "r-and-d"


HOSTILE = ["../../x", "/etc/passwd", "..", ".", "", " ", "CON", "nul.txt", "a\\b", "a:b", "x" * 3000, "😀", "\0",
           "<script>", "{{ x }}", "A" * 189 + "ß" * 40, "%2e%2e%2f", "-rf", "com1"]  # fmt: skip


def assert_safe(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9._-]*", name)
    assert ".." not in name
    assert len(f"{name}.html".encode()) <= NAME_BYTES
    assert not re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", name)


@pytest.mark.parametrize("text", HOSTILE)
def test_file_names_of_hostile_text(text: str) -> None:
    assert_safe(file_name(text))
    assert_safe(title_key(text))


@given(st.text())
def test_any_text_gives_a_safe_file_name(text: str) -> None:
    assert_safe(file_name(text))
    assert_safe(title_key(text))
    assert file_name(file_name(text)) == file_name(text)


SPELLED = {"+": " plus ", "#": " sharp ", "&": " and ", "@": " at ", "%": " percent "}


def plain_normal_title(title: str) -> str:
    """What the functions of this name without `plain` do, character by character."""
    folded = unicodedata.normalize("NFKD", title.casefold())
    return "".join(char for char in folded if char.isalnum() or char in "+#") or title.strip()


def plain_slug(text: str) -> str:
    spelled = "".join(SPELLED.get(char, char) for char in text)
    return re.sub(r"[^a-z0-9.]+", "-", anyascii(spelled).lower()).strip("-.")


def plain_file_name(text: str) -> str:
    spelled = "".join(SPELLED.get(char, char) for char in text)
    name = re.sub(r"[^a-z0-9._]+", "-", anyascii(spelled).lower())
    name = re.sub(r"\.{2,}", ".", name).strip("-._")
    if not name:
        return f"x-{digest6(text)}"
    if any(unicodedata.category(char) == "Lo" for char in text):
        name = f"{name}-{digest6(text)}"
    if len(name) > 190:
        return f"{name[:183].rstrip('-._')}-{digest6(text)}"
    reserved = re.fullmatch(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?|index", name)
    return f"x-{name}" if reserved else name


def assert_plain(text: str) -> None:
    assert normal_title(text) == plain_normal_title(text)
    assert slug(text) == plain_slug(text)
    assert file_name(text) == plain_file_name(text)


def test_every_code_point_in_names() -> None:
    for point in range(0x3000):
        assert_plain(chr(point))
        assert_plain(f"a{chr(point)}B")
    for start in range(0x3000, sys.maxunicode + 1, 64):
        assert_plain("".join(map(chr, range(start, start + 64))))


pieces = st.sampled_from(
    [*HOSTILE, *SPELLED, "index", "lpt9", "aux.", "..", "-", "_", " ", "é", "王", "\x1f", "\x85"]
)


@given(st.lists(pieces | st.text(max_size=4), max_size=5).map("".join))
def test_names_of_any_text(text: str) -> None:
    assert_plain(text)


@given(st.integers(7, 99), st.integers(1, 12), st.integers(1, 99_999), st.integers(-1, 1))
def test_a_number_becomes_its_own_identifier_again(year: int, month: int, number: int, moved: int) -> None:
    yymm = year * 100 + month
    assume(yymm >= 704)
    places = 5 if yymm >= 1501 else 4
    number = number % 10**places or 1
    known = f"{yymm:04d}.{number:0{places}d}"
    other = year * 12 + month - 1 + moved
    near = {"year": 2000 + other // 12, "month": other % 12 + 1}
    for damaged in (float(known), str(float(known)), f"{float(known):.13f}", f"{float(known):.17g}"):
        assert repair_arxiv(damaged, **near) == (known, None)
        assert repair_arxiv(damaged, year=near["year"] + 1, month=near["month"]) is None


@given(
    st.floats() | st.integers() | st.text(max_size=8) | st.from_regex(r"\d{3,4}\.\d{1,12}", fullmatch=True)
)
def test_what_is_repaired_was_that_number(damaged: float | str) -> None:
    for year, month in ((2007, 4), (2014, 12), (2018, 6)):
        found = repair_arxiv(damaged, year=year, month=month)
        assert found is None or abs(float(found.id) - float(damaged)) < 1e-10


@pytest.mark.parametrize(
    "damaged",
    [
        True,
        704,
        704.0,
        1806.0,
        "1806.0757446289062",
        "704.02911",
        "713.0291",
        "0703.0291",
        float("nan"),
        "",
        "1e3",
    ],
)
def test_what_no_identifier_can_have_become_is_not_repaired(damaged: float | str) -> None:
    months = ((year, month) for year in range(2006, 2020) for month in range(1, 13))
    assert {repair_arxiv(damaged, year=year, month=month) for year, month in months} == {None}
