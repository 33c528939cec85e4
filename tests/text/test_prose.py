"""Titles and abstracts: one value, three forms."""

from __future__ import annotations

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.blocks import html_of, markdown_of
from generator.text.clean import clean_paragraphs
from generator.text.prose import Prose
from tests.text.test_markdown import texts
from tests.text.test_mathml import PIECES

#: Sentences of real titles and abstracts, with what people are to read.
REAL = [
    (r"A note on the (Nystr\"om) formulation", "A note on the (Nyström) formulation"),
    (
        r"An extension of Chaitin's halting probability \Omega to",
        "An extension of Chaitin's halting probability Ω to",
    ),
    (
        r"Lattice Ising model in a field: E$_8$ scattering theory",
        "Lattice Ising model in a field: E₈ scattering theory",
    ),
    (r"Toys of Engino$^{\circledR}$", "Toys of Engino®"),
    (r"an average 1.39$\times$ speedup", "an average 1.39× speedup"),
    (r"particle fluxes must {\it both} be used", "particle fluxes must both be used"),
    (r"a similarity called a \emph{coverage measure}, and", "a similarity called a coverage measure, and"),
    (r"the class \textbf{D} that includes", "the class D that includes"),
    (r"Given $\{d_1,d_2\}$, {x in X} and \{y\}", "Given {d₁,d₂}, {x in X} and {y}"),
    (r"Guth and Katz~\cite{GK}, and", "Guth and Katz [GK], and"),
    (r"same time complexity\footnote{up to logs}", "same time complexity (up to logs)"),
    (r"at \url{http://lcav.github.io/A~B/} now", "at http://lcav.github.io/A~B/ now"),
    (
        r"at a 95\% confidence level, \$0.50 \& more, code\_aster",
        "at a 95% confidence level, $0.50 & more, code_aster",
    ),
    ("Calabi--Yau manifolds", "Calabi–Yau manifolds"),
    ("Soft-NMS -- Improving Detection", "Soft-NMS – Improving Detection"),
    ("the grammar mechanism---to express", "the grammar mechanism—to express"),
    ("(RAG) -- a way -- of `noise levels'", "(RAG) – a way – of ‘noise levels’"),
    (
        "the ``fractional quantum Hall'' and ``self-similar\"",
        "the “fractional quantum Hall” and “self-similar”",
    ),
    ("Great~Truths~are ~Always ~Simple", "Great Truths are Always Simple"),
    ("XSLT~1.0, Fig.~3, Section~4 and~(i)", "XSLT 1.0, Fig. 3, Section 4 and (i)"),
]
#: Real text that reads as it should.
FINE = [
    "gains of 0.11~0.18dB over ~20% of 2^12~2^13, about ~60 GPa, M_A~1",
    "run it with --all, <!-- no comment -->, ----, a -> b and a->b",
    "use `git log` and ``x``, it's the agents' own, Rubin's causal model",
    "https://www.cis.upenn.edu/~giorgi/cl--x.html",
    "trained for only $200k. With this model, others pay $5 or 4$ per hour",
    r"A path C:\temp\x and \unknowncommand{stays}",
    "{braces} and snake_case and 2^links",
]


@pytest.mark.parametrize(("source", "plain"), REAL)
def test_real_sentences(source: str, plain: str) -> None:
    assert Prose(source).as_plain == plain


@pytest.mark.parametrize("source", FINE)
def test_what_reads_fine_stays(source: str) -> None:
    assert Prose(source).as_plain == source


def test_the_forms() -> None:
    prose = Prose("For *all* $x<y$ in $\\nonsense_1$.\n\n$a$ & b")
    assert prose.has_formulas
    assert prose.as_plain == "For *all* x < y in \\nonsense_1.\n\na & b"
    assert prose.as_html == (
        "For *all* <span><math><mi>x</mi><mo>&lt;</mo><mi>y</mi></math></span> in"
        " <code>&#92;nonsense&#95;1</code>.\n\n<span><math><mi>a</mi></math></span> &amp; b"
    )
    assert prose.as_markdown == prose.as_html.replace("*all*", r"\*all\*")


def test_what_was_restored_says_so() -> None:
    assert '<span title="restored"><math>' in Prose("$x$", restored=True).as_html


def test_empty() -> None:
    assert (Prose("").as_plain, Prose("").as_html, Prose("").as_blocks) == ("", "", [])


@pytest.fixture(scope="module", params=[(), ("md_in_html", "smarty", "def_list", "admonition", "footnotes")])
def converter(request: pytest.FixtureRequest) -> markdown.Markdown:
    return markdown.Markdown(extensions=["attr_list", "tables", "toc", *request.param])


@pytest.mark.parametrize("source", [source for source, _ in REAL] + FINE)
def test_markdown_becomes_the_html(source: str) -> None:
    plain = markdown.Markdown(extensions=["attr_list", "tables", "toc"])
    blocks = Prose(source).as_blocks
    assert plain.convert(markdown_of(blocks)) == html_of(blocks)


hostile = st.lists(
    st.sampled_from([*PIECES, "$", "$", "\n\n", "word ", "``", "''", "--", "~", "`"]), max_size=30
)


@given(hostile.map("".join).map(clean_paragraphs) | texts.map(clean_paragraphs), st.booleans())
def test_anything_is_the_same_in_both_forms(value: str, restored: bool) -> None:
    converter = markdown.Markdown(extensions=["attr_list", "tables", "toc", "def_list", "admonition"])
    prose = Prose(value, restored)
    assert converter.convert(markdown_of(prose.as_blocks)) == html_of(prose.as_blocks)
    assert "<script" not in prose.as_html
    assert (prose.as_plain.strip() == "") == (value == "") or prose.has_formulas or "\\" in value
