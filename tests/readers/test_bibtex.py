"""BibTeX: what an entry's fields mean, and that nothing of a broken file is lost silently."""

from __future__ import annotations

import time
from datetime import date

import pytest

from generator.errors import DigestError
from generator.model import Digest, Record
from generator.readers import bibtex, read_digest
from generator.readers.bibtex_values import names_of
from generator.readers.raw import RawDigest

DAY = date(2025, 3, 14)


def read(text: str) -> Digest:
    return read_digest("a.bib", text.encode(), day=DAY, format="bibtex")


def record(fields: str) -> Record:
    digest = read(f"@misc{{key, title = {{T}}, {fields}}}")
    assert digest.notes == ()
    return digest.records[0]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("{{BERT}: Pre-training of {D}eep Transformers}", "BERT: Pre-training of Deep Transformers"),
        (
            r'"Schr{\"o}dinger, Erd\H{o}s, {\AA}ngstr\"om and \c{C}elik"',
            "Schrödinger, Erdős, Ångström and Çelik",
        ),
        (r"{\emph{X}-ray {\it of} \textsc{a}\textsubscript{2}}", "X-ray of a₂"),
        (r"{The ``why'' of pages 1--2---and~more}", "The “why” of pages 1–2—and more"),
        (
            r"{On $O(n^{\log_2 n})$ and $\mathbb{R}$, $<a,b>$}",
            r"On $O(n^{\log_2 n})$ and $\mathbb{R}$, $<a,b>$",
        ),
        (r"{\unknown{x} costs \$5}", r"\unknown{x} costs \$5"),
        ("{<i>E. coli</i> &amp; CO<sub>2</sub> where a<b}", "E. coli & CO₂ where a<b"),
        (r"{R$\backslash$'enyi {\&}amp$\mathsemicolon$ co}", "Rényi & co"),
        ('{Two} # " and " # {Three}', "Two and Three"),
        ("{A {braced, comma = sign} @ {CLEF}}", "A braced, comma = sign @ CLEF"),
    ],
)
def test_titles(written: str, title: str) -> None:
    assert read(f"@article{{k, year = 2020, title = {written}}}").records[0].title == title


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Ada Lovelace and Babbage, Charles", ["Ada Lovelace", "Charles Babbage"]),
        ("de la Vall{\\'e}e Poussin, Jean", ["Jean de la Vallée Poussin"]),
        ("{Barnes and Noble, Inc.} AND\n {OpenAI}", ["Barnes and Noble, Inc.", "OpenAI"]),
        ("King, Jr., Martin Luther and others", ["Martin Luther King Jr."]),
        ("King, Martin, Jr.", ["Martin King Jr."]),
        ("Donald~E. Knuth and et al.", ["Donald E. Knuth"]),
        ("Ho, J.; Jain, A.", ["J. Ho", "A. Jain"]),
        ("Ho, J., Jain, A., Abbeel, P.", ["J. Ho", "A. Jain", "P. Abbeel"]),
        ("Ada Lovelace, Charles Babbage, Alan Turing", ["Ada Lovelace", "Charles Babbage", "Alan Turing"]),
    ],
)
def test_names(written: str, names: list[str]) -> None:
    assert names_of(written) == names


@pytest.mark.parametrize(
    ("fields", "arxiv"),
    [
        ("eprint = {2403.01234v2}, archivePrefix = {arXiv}", "2403.01234"),
        ("eprint = {0309136}, archiveprefix = arxiv # {}, primaryClass = {math.GT}", "math/0309136"),
        ("eprint = {2403.01234}, eprinttype = {arxiv}", "2403.01234"),
        ("journal = {arXiv preprint arXiv:2403.01234}", "2403.01234"),
        ("journal = {CoRR}, volume = {abs/2403.01234}", "2403.01234"),
        ("url = {https://arxiv.org/pdf/2403.01234v1.pdf}", "2403.01234"),
        ("doi = {10.48550/arXiv.2403.01234}", "2403.01234"),
        ("note = {arXiv:2403.01234 [cs.CL]}", "2403.01234"),
        ("note = {A comment on arXiv:2403.01234}", None),
        ("eprint = {2403.01234}, archivePrefix = {hal}", None),
        ("eprint = {12345}, number = {2403.01234}", None),
    ],
)
def test_arxiv_identifiers(fields: str, arxiv: str | None) -> None:
    found = read(f"@misc{{key, title = {{T}}, {fields}}}").records[0]
    assert (found.arxiv_id, found.venue, found.doi) == (arxiv, "", None)


@pytest.mark.parametrize(
    ("fields", "published"),
    [
        ("year = 2003, month = oct", "2003-10"),
        ('year = "2003", month = "10"', "2003-10"),
        ("year = {2003}, month = {October}, day = 3", "2003-10-03"),
        ('year = 2003, month = "3~" # oct', "2003-10-03"),
        ("year = 2003, month = may # {--} # jun", "2003"),
        ("year = {2003a}", "2003"),
        ("date = {2003-10-03/2003-10-05}", "2003-10"),
        ("date = {2003-10}, year = 2004", "2003-10"),
        ("year = {in press}", "None"),
        ("year = {n.d.}", "None"),
    ],
)
def test_dates(fields: str, published: str) -> None:
    assert str(record(fields).published) == published


def test_addresses() -> None:
    found = record(
        r"url = {https://example.org/a\_b{\%}20c}, doi = {https://doi.org/10.1000/X{\_}1}, "
        r"howpublished = {\url{https://github.com/a/b}}, pdf = {https://example.org/x}"
    )
    assert [(link.label, link.url) for link in found.links] == [
        ("PDF", "https://example.org/x"),
        ("DOI", "https://doi.org/10.1000/x_1"),
        ("Code", "https://github.com/a/b"),
        ("Page", "https://example.org/a_b%20c"),
    ]


@pytest.mark.parametrize(
    ("note", "comment"),
    [
        ("12 pages, 3 figures", "12 pages, 3 figures"),
        ("Comment: accepted\n  at ICML", "accepted at ICML"),
        ("Accessed: 2018-07-24", ""),
        ("Publisher: X\nPresented at a meeting\narXiv:2403.01234", "Presented at a meeting"),
    ],
)
def test_notes_that_are_comments(note: str, comment: str) -> None:
    assert record(f"note = {{{note}}}").comment == comment


def test_a_paper_takes_what_it_lacks_from_its_volume() -> None:
    digest = read(
        "@inproceedings{a, title = {A}, crossref = {V}, month = may}\n"
        "@book{v, title = {The Volume}, booktitle = {Papers of a Volume}, editor = {E. Ditor}, year = 2001}\n"
        "@inproceedings{b, title = {B}, crossref = {v}, year = 2002, booktitle = {Other}, author = {Ann Author}}\n"
        "@xdata{x, journal = {From a Box}, keywords = {k}}\n@article{c, title = {C}, xdata = {x}}\n"
    )
    found = [(one.title, one.venue, str(one.published), one.keywords) for one in digest.records]
    assert found == [
        ("A", "Papers of a Volume", "2001-05", ()),
        ("B", "Other", "2002", ()),
        ("C", "From a Box", "None", ("k",)),
    ]
    assert [str(refusal.problem) for refusal in digest.refusals] == [
        "a.bib:2: expected a paper, found a volume that papers are in (@book); "
        "remove it if no paper refers to it"
    ]
    assert digest.notes == ()


@pytest.mark.parametrize(
    "broken",
    [
        "@article{x, title = {Open, year = 2001",
        '@article{x, title = "Open}, year = 2001}',
        "@article{x, title}",
        "@article{x, title = {T} }} extra = {y} }",
        "@article{x y, z, title = {T}}",
        "@article(x, title = {T}",
        "@article\n{x, title = {T",
        "@{x, title = {T",
    ],
)
def test_a_broken_entry_costs_no_other_and_is_not_lost(broken: str) -> None:
    digest = read(f"@article{{a, title = {{Before}}}}\n{broken}\n\n@article{{b, title = {{After}}}}\n")
    assert [one.title for one in digest.records if one.title != "T"] == ["Before", "After"]
    places = [*(refusal.problem.where for refusal in digest.refusals), *(note.where for note in digest.notes)]
    assert places == ["a.bib:2"]


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("@article{a, title = {T}}", True),
        ("% a comment\n\nMy list of papers\n@string{a = {b}}", True),
        ("  @Misc( a , title = {T})", True),
        ("@article\n{a,\n title = {T}}", True),
        ("@misc{title = {T}}", True),
        ("# Papers\n\n@article{a, title = {T}}", False),
        ("Cite as:\n```bibtex\n@article{a, title = {T}}\n```", False),
        ("From: someone@example.org\n\n@article{a, title = {T}}", False),
        ("TY  - JOUR\nTI  - x\nN1  -\n@article{a, title = {T}}", False),
        ('{"bibtex": "\n@article{a, title = {T}}"}', False),
        ("someone@example.org wrote {this}, that", False),
        ("@media screen { a { color: red } }", False),
        ("@alice and @bob (both) met", False),
    ],
)
def test_what_is_taken_for_bibtex(text: str, taken: bool) -> None:
    assert bibtex.accepts(RawDigest(path="a", text=text)) is taken


def test_no_day() -> None:
    with pytest.raises(DigestError) as caught:
        read_digest("a.bib", b"@article{a, title = {T}}")
    assert str(caught.value) == (
        "a.bib: expected a day, which a bibliography does not say, found none; "
        "give it with --date YYYY-MM-DD or begin the file's name with it"
    )


def test_macros_and_the_library_are_quiet_and_bounded(capsys: pytest.CaptureFixture[str]) -> None:
    doubling = "".join(f"@string{{k{n} = k{n - 1} # k{n - 1}}}\n" for n in range(1, 60))
    digest = read(f"@string{{k0 = {{xxxxxxxx}}}}\n{doubling}@misc{{a, title = k59}}\n@misc{{b, title = {{")
    assert len(digest.records[0].title) < 10_000
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    "hostile",
    [
        "@a{b, title={" + "{" * 200_000,
        "@a{b, title={x}}" + "@" * 200_000,
        "@a{b," + "\n@a{" * 50_000,
        "@a{b, title={x} " + "c={d} " * 30_000 + "}",
        "@a{b, title={" + r"\(" * 100_000 + "}}",
        "@a{b, title={" + r"\'{" + " " * 200_000 + "}}}",
        "@a{b, title={x}, author={" + " " * 200_000 + "b}, keywords={a" + " " * 200_000 + "b}}",
    ],
)
def test_hostile_text_takes_no_time(hostile: str) -> None:
    start = time.perf_counter()
    try:
        read(hostile)
    except DigestError as error:
        assert str(error).startswith("a.bib: expected entries of a usual length, found 50,001 in ")
    assert time.perf_counter() - start < 5, "what is quadratic takes minutes"
