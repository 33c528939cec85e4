"""BibTeX, RIS and CSL-JSON of papers."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from generator.citation.bibtex import _SPECIAL, _TEX, _author, _tex, bibtex, is_plain
from generator.citation.csl import csl
from generator.citation.reference import citation_key, split_name
from generator.citation.ris import ris
from generator.model import Paper
from tests.builders import library, record


def paper(title: str = "On the Analysis of Engines", **fields: object) -> Paper:
    (only,) = library(record(title, **fields)).papers.values()
    return only


def test_a_preprint() -> None:
    assert bibtex(
        paper("R&D of {TeX}: 100% $x_1$", authors=("Ada Lovelace", "Band, A and B"), arxiv_id="2503.00001",
              published="2025-03-12")
    ) == r"""@misc{lovelace-2503.00001,
  title = {{R\&D of \{TeX\}: 100\% $x_1$}},
  author = {Ada Lovelace and {Band, A and B}},
  year = {2025},
  eprint = {2503.00001},
  archiveprefix = {arXiv},
  url = {https://arxiv.org/abs/2503.00001},
  month = mar,
}
"""  # fmt: skip


def test_a_part_of_a_name_in_small_letters_is_no_particle() -> None:
    assert _author("Sai-er Hu") == "Hu, Sai-er"
    for name in ("Sai-Er Hu", "Ludwig van Beethoven", "Abd el-ghani Khan", "Hu, Sai-er", "Sai-er"):
        assert _author(name) == name


def test_an_entry_is_plain_if_nothing_of_it_is_tex() -> None:
    assert is_plain(paper("On Engines", authors=("Ada Lovelace",), arxiv_id="2503.00001"))
    article = {"doi": "10.1000/x", "venue": "Bulletin"}
    assert is_plain(paper(**article))
    assert not is_plain(paper(**article | {"venue": "Bulletin -- Series A"}))
    assert not is_plain(paper(**article | {"venue": "R&D"}))
    for title in ("The $x$", "R&D", "50% more", "`Quoted'", "A -- B", "{Braces}"):
        assert not is_plain(paper(title)), title
    for author in ("Sai-er Hu", "Band, A and B", "I. Tinoco,", "a_b"):
        assert not is_plain(paper(authors=(author,))), author


def test_a_name_of_many_hyphens_takes_no_longer_than_it_is_long() -> None:
    """Four times as long a name, four times as long, and not sixteen; it would take minutes."""
    assert _author("a-b" * 300_000) == "a-b" * 300_000


def test_an_article_of_an_unknown_year() -> None:
    text = bibtex(paper(doi="10.1000/x_y", authors=("Ada Lovelace",)))
    assert text.startswith("@article{lovelace-10.1000-x")
    assert "year" not in text
    assert "doi = {10.1000/x_y}" in text
    assert "url = {https://doi.org/10.1000/x_y}" in text


def test_nothing_but_a_title() -> None:
    assert bibtex(paper()).count("\n") == 3


def test_braces_that_do_not_match_cannot_end_the_entry() -> None:
    """BibTeX counts a brace with a backslash too."""
    for title in ("{{ x", "}, evil = {x", r"The set $\{$ of {TeX", r"\}\{"):
        text = bibtex(paper(title))
        database = parse_string(text, "bibtex")
        (entry,) = database.entries.values()
        assert [*entry.fields] == ["title"]
    assert r"{\textbraceleft{}\textbraceleft{} x}" in bibtex(paper("{{ x"))
    assert r"\textbraceright{}, evil = \textbraceleft{}x" in bibtex(paper("}, evil = {x"))


def test_abstracts_where_they_are_wanted() -> None:
    one = paper(abstract="Of $x^2$ & more: 50%.\n\nAnd {braces}.", authors=("Ada Lovelace",))
    assert "abstract" not in bibtex(one)
    assert "AB" not in ris(one)
    assert "abstract" not in csl(one)
    assert r"  abstract = {Of $x^2$ \& more: 50\%. And \{braces\}.}," in bibtex(one, abstract=True)
    assert "\nAB  - Of x² & more: 50%. And {braces}.\nER  - \n" in ris(one, abstract=True)
    assert csl(one, abstract=True)["abstract"] == "Of x² & more: 50%.\n\nAnd {braces}."
    assert "abstract" not in bibtex(paper(), abstract=True) + ris(paper(), abstract=True)
    assert "abstract" not in csl(paper(), abstract=True)


def test_a_key_is_ascii_and_outlives_corrections() -> None:
    assert (
        citation_key(paper("Über «A»", authors=("Paul Erdős",), arxiv_id="2503.00001")) == "erdos-2503.00001"
    )
    renamed = paper("Other", authors=("Paul Erdős",), arxiv_id="2503.00001", published="1950")
    assert citation_key(renamed) == "erdos-2503.00001"
    assert citation_key(paper("机器学习", authors=("王小明",), published="2025")).isascii()
    assert citation_key(paper(arxiv_id="2503.00001")) == "2503.00001"


def test_ris_of_a_preprint() -> None:
    found = ris(
        paper(
            r"Of $\alpha$-decay",
            authors=("Ada Lovelace", "Plato"),
            arxiv_id="2503.00001",
            published="2025-03",
        )
    )
    assert (
        found
        == """TY  - UNPB
ID  - lovelace-2503.00001
TI  - Of α-decay
AU  - Lovelace, Ada
AU  - Plato
PY  - 2025
DA  - 2025/03//
AN  - arXiv:2503.00001
UR  - https://arxiv.org/abs/2503.00001
ER  - \n"""
    )


def test_ris_and_csl_of_an_article() -> None:
    one = paper(doi="10.1000/x", venue="Nature", published="2025", authors=("Lovelace, Ada",))
    assert "TY  - JOUR\n" in ris(one)
    assert "T2  - Nature\n" in ris(one)
    assert "journal = {Nature}" in bibtex(one)
    assert csl(one) == {
        "id": "lovelace-10.1000-x",
        "type": "article-journal",
        "title": "On the Analysis of Engines",
        "author": [{"family": "Lovelace", "given": "Ada"}],
        "issued": {"date-parts": [[2025]]},
        "container-title": "Nature",
        "DOI": "10.1000/x",
        "URL": "https://doi.org/10.1000/x",
    }


def test_an_unknown_date_is_not_given() -> None:
    assert "PY" not in ris(paper())
    assert "issued" not in csl(paper())


@given(st.text(alphabet="Aé, .", max_size=12))
def test_no_letter_of_a_name_is_lost(name: str) -> None:
    assert Counter("".join(split_name(name)))["A"] == name.count("A")


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
    name = name.rstrip(" ,") or name
    whole = name.count(",") > 1 or "and" in name.lower().split()
    assert _author(name) == (f"{{{name}}}" if whole else name)
