"""BibTeX of papers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.citation import _SPECIAL, _TEX, _author, _tex, bibtex, citation_key
from generator.model import Paper
from tests.builders import library, record


def paper(title: str = "On the Analysis of Engines", **fields: object) -> Paper:
    (only,) = library(record(title, **fields)).papers.values()
    return only


def test_a_preprint() -> None:
    assert bibtex(
        paper("R&D of {TeX}: 100% $x_1$", authors=("Ada Lovelace", "Band, A and B"), arxiv_id="2503.00001",
              published="2025-03-12")
    ) == r"""@misc{lovelace2025rd,
  title = {{R\&D of \{TeX\}: 100\% $x_1$}},
  author = {Ada Lovelace and {Band, A and B}},
  year = {2025},
  eprint = {2503.00001},
  archiveprefix = {arXiv},
  url = {https://arxiv.org/abs/2503.00001},
  month = mar,
}
"""  # fmt: skip


def test_an_article_of_an_unknown_year() -> None:
    text = bibtex(paper(doi="10.1000/x_y", authors=("Ada Lovelace",)))
    assert text.startswith("@article{10.1000-x")
    assert "year" not in text
    assert "doi = {10.1000/x_y}" in text
    assert "url = {https://doi.org/10.1000/x_y}" in text


def test_nothing_but_a_title() -> None:
    assert bibtex(paper()).count("\n") == 3


def test_braces_that_do_not_match_cannot_end_the_entry() -> None:
    assert r"\{\{ x" in bibtex(paper("{{ x"))
    assert r"\}, evil = \{" in bibtex(paper("}, evil = {x"))


def test_keys_are_ascii_words() -> None:
    key = citation_key(paper("Über «A» *Schrödinger*", authors=("Paul Erdős",), published="1950"))
    assert key == "erdos1950uber"
    assert citation_key(paper("机器学习", authors=("王小明",), published="2025")).isascii()


def plain_tex(text: str) -> str:
    """What `_tex` does, without a look at whether there is anything to do."""

    def escape(part: str) -> str:
        return "".join(_SPECIAL.get(char, char) for char in part)

    if text.count("{") != text.count("}"):
        return escape(text)
    parts, end = [], 0
    for match in _TEX.finditer(text):
        parts += [escape(text[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*parts, escape(text[end:])])


@given(
    st.lists(st.sampled_from([*_SPECIAL, "\\alpha", "\\'e", "a", " ", "{x}", "é"]), max_size=8).map("".join)
)
def test_tex_stays_and_the_rest_is_escaped(text: str) -> None:
    assert _tex(text) == plain_tex(text)


@given(
    st.lists(st.sampled_from([",", " and ", "And", "Alexander", " ", "A", "\u0130"]), max_size=6).map("".join)
)
def test_names_that_would_be_cut_are_kept_whole(name: str) -> None:
    whole = name.count(",") > 1 or "and" in name.lower().split()
    assert _author(name) == (f"{{{name}}}" if whole else name)
