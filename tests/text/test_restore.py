"""Damaged mathematics. Sentences are of arXiv's abstracts (CC0), as Hugging Face shows them, or made up."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.damaging import damage, normal
from generator.text.restore import restore, spans
from generator.text.restore_names import COMMANDS, IDENTIFIERS, SOFT, split
from generator.text.tex import formulas

#: What is damaged, and what is written for it.
FORMULAS = [
    ("X subset R^d", r"X \subset \mathbb{R}^d"),
    ("sum_{x in X} f(x,y)", r"\sum_{x \in X} f(x,y)"),
    ("f(x,y) = e^{-|x-y|_2^2/sigma^2}", r"f(x,y) = e^{-|x-y|_2^2/\sigma^2}"),
    ("Sigma(R)", r"\Sigma(R)"),
    ("Sigma(<R)", r"\Sigma(<R)"),
    ("Omega(epsilon^{-4})", r"\Omega(\epsilon^{-4})"),
    ("Omegabig(epsilon^{-1+p{p}}big)", r"\Omega\big(\epsilon^{-\frac{1+p}{p}}\big)"),
    (
        "E(u) = int_Omega L(x, u(x), nabla u(x)) - f(x) u(x)dx",
        r"E(u) = \int_\Omega L(x, u(x), \nabla u(x)) - f(x) u(x)dx",
    ),
    (
        "Oleft(left(dB_Lright)^{max{p log(1/ epsilon), p^{log(1/epsilon)}}}right)",
        r"O\left(\left(dB_L\right)^{\max\{p \log(1/ \epsilon), p^{\log(1/\epsilon)}\}}\right)",
    ),
    ("N_E\nsum_{i=1}^{N_E} f_i p_i", "N_E\n\\sum_{i=1}^{N_E} f_i p_i"),
    ("1024times1024", r"1024\times1024"),
    ("20.6times", r"20.6\times"),
    ("256{times}256", r"256{\times}256"),
    ("mleq n^{k+1{2}}", r"m\leq n^{\frac{k+1}{2}}"),
    ("Oleft(Nlog N{P}right)", r"O\left(\frac{N\log N}{P}\right)"),
    ("n^{1-1{k+1}}", r"n^{1-\frac{1}{k+1}}"),
    ("lfloorn-1{2}rfloor", r"\lfloor\frac{n-1}{2}\rfloor"),
    ("Omega(frac{ell{log ell}} + D)", r"\Omega(\sqrt{\frac{\ell}{\log \ell}} + D)"),
    ("O(sqrt[3]{n})", r"O(\sqrt[3]{n})"),
    ("S subseteq {0,1}^n", r"S \subseteq \{0,1\}^n"),
    ("max_{1 leq i leq n} |x_i|", r"\max_{1 \leq i \leq n} |x_i|"),
    ("F : X_1 timescdotstimes X_krightarrow Y", r"F : X_1 \times\cdots\times X_k\rightarrow Y"),
    ("SsubsetR^d", r"S\subset\mathbb{R}^d"),
    ("{cal A}", r"{\cal A}"),
    ("O(n^{3/2}{rm polylog} n)", r"O(n^{3/2}{\rm polylog} n)"),
    ("L_{train}", r"L_{\mathrm{train}}"),
    ("x_iin X_i", r"x_i\in X_i"),
    ("varepsilon", r"\varepsilon"),
]


@pytest.mark.parametrize(("damaged", "tex"), FORMULAS, ids=[damaged for damaged, _ in FORMULAS])
def test_a_formula_is_written_as_tex(damaged: str, tex: str) -> None:
    text = f"We show that {damaged}, which was open."
    assert restore(text) == f"We show that ${tex}$, which was open."


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        (
            "Given a similarity function f and a large high-dimensional private dataset X subset R^d, output a "
            "differentially private (DP) data structure which approximates sum_{x in X} f(x,y) for any query y.",
            "Given a similarity function f and a large high-dimensional private dataset $X \\subset \\mathbb{R}^d$, "
            "output a differentially private (DP) data structure which approximates $\\sum_{x \\in X} f(x,y)$ for any "
            "query y.",
        ),
        (
            "with Barron norm b with partial derivatives of L produces a function of Barron norm at most B_L b^p, the "
            "solution can be epsilon-approximated in the L^2 sense. By a result due to Barron [1993], it follows.",
            "with Barron norm b with partial derivatives of L produces a function of Barron norm at most $B_L b^p$, "
            "the solution can be $\\epsilon$-approximated in the $L^2$ sense. By a result due to Barron [1993], it "
            "follows.",
        ),
        (
            "we show that Omega(epsilon^{-3}) and Omega(epsilon^{-4}) hold, demonstrating that epsilon matters",
            "we show that $\\Omega(\\epsilon^{-3})$ and $\\Omega(\\epsilon^{-4})$ hold, demonstrating that $\\epsilon$ "
            "matters",
        ),
        (
            "by up to 2.4-2.9times for (n leq 5) and a (1+epsilon)-approximation",
            "by up to 2.4-$2.9\\times$ for ($n \\leq 5$) and a $(1+\\epsilon)$-approximation",
        ),
    ],
)
def test_prose_around_it_stays(text: str, restored: str) -> None:
    assert restore(text) == restored


#: Sentences that read fine.
PROSE = [
    "through bottom-up instruction construction and top-down trajectory generation",
    "an ill-posed one, where exists infinite feasible solutions",
    "improved query times and accuracy; a right stochastic matrix; the problem of subset selection",
    "an exponential can be calculated with a Taylor expansion, such as ReLU or sigmoid",
    "the word representing bit-1 being approximately 0.5, replacing words representing bit-0",
    "up to 0.11~0.18dB, with improvements of up to 1% and 0.69%, less than 1 ULP in float32 by XLA/LLVM",
    "(1) 1-nearest neighbor (model predictions), 1) having access to p-th order derivatives",
    "We define the 2-category 2-Optic(C) whose 2-cells are the lax 2-adjunction. (abridged)",
    "the function of kennel is similar to the function of house; a way to estimate an exponential in n number",
    "Phi-4, Qwen2.5, GPT-4, R@1 and Llama 3.1 on the Alpha and the Beta version of Sigma",
    "the file ai_parse_document.py, a_b, snake_case, SFT_Chosen, model_v2_1 and T5_3b",
    "mail a_1@example.org or see https://example.org/x_{1}/y^2 and www.example.org/a^{2}",
    "Mixed C++ and C#, a 5x speedup, p=0.05, (n = 35), k=2 and f(x) in O(n log n) time",
    "login, within, cannot, margins, origin, domain, models, coin, catalog and denoting",
    "the big star, the bar, a hat and dots; left, right, over; the sum of the parts, to be in the max pooling layer",
    "our method \\ours gains 12.2\\% on S\\&R at Pok\\'eChamp, 5.15{\\deg}, \\textsc{FastCuRL}",
    "the gamma function, the mu-calculus, an alpha channel, TGF-beta and the lambda calculus",
    "an L^2M condition, UniF^2ace, CoRe^2 and D^2PO",
    "sqrt(n) and log(n), as programs write them; theta_13, N^2.5, 10^-100, 2^O(n) and n^(3/2), as people do",
]


@pytest.mark.parametrize("text", PROSE)
def test_what_reads_fine_is_left_alone(text: str) -> None:
    assert restore(text) == text


@pytest.mark.parametrize("name", ["gamma function", "mu-calculus", "Raspberry Pi", "Phi-4", "top", "subset"])
def test_names_and_words_are_left_alone_beside_formulas_too(name: str) -> None:
    text = f"for x_{{i}} leq 2 the {name} is"
    assert restore(text) == f"for $x_{{i}} \\leq 2$ the {name} is"


@pytest.mark.parametrize(
    "text",
    [
        "in $X \\subset R^d$ we leq epsilon_1",
        "in \\(x_1\\) we have n leq 2",
        "$5 for x_{i} leq 2",
        "a \\begin{align}x_1\\end{align} n leq 2",
    ],
)
def test_what_was_not_damaged_stays(text: str) -> None:
    assert restore(text) == text


def test_money_behind_a_formula_stays() -> None:
    assert restore("n leq 2 for $5 and m leq 3") == "$n \\leq 2$ for $5 and m leq 3"
    assert restore("for \\$5 and n leq 2") == "for \\$5 and $n \\leq 2$"


def test_what_is_likely_counts_where_something_is_sure() -> None:
    assert restore("k = 2 and epsilon in O(n log n) time") == "k = 2 and epsilon in O(n log n) time"
    assert (
        restore("k = 2 and epsilon in O(n log n) time, as n leq m")
        == "$k = 2$ and $\\epsilon$ in $O(n \\log n)$ time, as $n \\leq m$"
    )


@pytest.mark.parametrize(
    "text",
    [
        "sum_{j=1^n lambda_j}{lambda_k}",  # the braces moved
        "the model n{p}{k,d}",
        "at least 2k+2{3k} of them",  # either a half of both, or of the last
        "all n{2} pairwise matches",  # a binomial reads the same
        "left(x leq 2",
        "S^Z^d leq 2",
        "n leq sqrt max",
        "{sl polylog} leq 2",
        "f(x leq some words) = x_{1",
    ],
)
def test_what_cannot_be_told_is_left_alone(text: str) -> None:
    assert restore(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "(",
        "{",
        "x^{",
        "a_",
        "|",
        "left(",
        "leq ",
        "in ",
        "xin",
        "1{",
        "1{2}",
        "frac{",
        "tilde ",
        "sqrt[3]",
        "log ",
        "$",
    ],
)
def test_hostile_text_ends(text: str) -> None:
    long = text * (10_000 // len(text))
    assert restore(restore(long)) == restore(long)
    closing = "".join({"(": ")", "{": "}", "[": "]"}.get(sign, "") for sign in text)
    assert restore(long + closing * 2_000)


def test_words_are_looked_at_once() -> None:
    assert split("n" + "leq" * 50) == ()
    assert split("nleqinfty") == ("n", "leq", "infty")
    assert all(name in COMMANDS for name in SOFT)
    assert not any(name in COMMANDS for name in IDENTIFIERS)


PIECES = [
    *(
        "epsilon",
        "Omega",
        "in",
        "to",
        "log",
        "max",
        "leq",
        "frac",
        "sqrt",
        "mathcal",
        "bar",
        "cdots",
        "sum",
        "lfloor",
    ),
    *(
        "rceil",
        "rm",
        "over",
        "left(",
        "right)",
        "big(",
        "big)",
        "left",
        "right",
        "times",
        "nlog",
        "xin",
        "poly",
        "dx",
    ),
    *("a", "x", "n", "R", "O", "1", "2", "10", "the", "of", "size", "λ", "é"),
    *"()[]{}|_^,;:.-+=<>/*'!$\\\"%~&#",
    *("_{", "^{", "{}", "...", "\n", "\n\n", "$x$", "$\\y$", "\\(", "\\)"),
]
texts = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["", " ", ""])).map("".join)).map("".join)


@given(texts)
def test_restoring_twice_is_restoring_once(text: str) -> None:
    once = restore(text)
    assert restore(once) == once


@given(texts)
def test_only_spans_change_and_are_formulas(text: str) -> None:
    found = spans(text)
    done, parts = 0, []
    for span in found:
        assert done <= span.start < span.end <= len(text)
        parts += [text[done : span.start], f"${span.tex}$"]
        done = span.end
        assert "$" not in span.tex
        assert not re.search(r"(?<!\\)[%#&~]", span.tex)
        assert not re.search(r"[_^](?:$|[\s)\]}'])", span.tex)
        assert (True, f"${span.tex}$") in formulas(f"${span.tex}$")
        depth = 0
        for brace in re.findall(r"\\.|[{}]", span.tex, re.DOTALL):
            depth += (brace == "{") - (brace == "}")
            assert depth >= 0
        assert depth == 0
        assert len(re.findall(r"\\left(?![a-z])", span.tex)) == len(re.findall(r"\\right(?![a-z])", span.tex))
    assert restore(text) == "".join((*parts, text[done:]))


@given(texts)
def test_damaging_it_again_gives_what_it_was(text: str) -> None:
    r"""But for commands right before braces: ``mathcal{O}`` was in braces of another, ``\tilde{\mathcal{O}}``."""
    for span in spans(text):
        piece = text[span.start : span.end]
        if not re.search(r"[A-Za-z]\{", piece):
            assert damage(f"${span.tex}$").text == piece


@given(st.text())
def test_any_text_can_be_restored(text: str) -> None:
    assert restore(restore(text)) == restore(text)


@pytest.mark.parametrize(("damaged", "tex"), FORMULAS, ids=[damaged for damaged, _ in FORMULAS])
def test_formulas_are_the_same_after_the_damage(damaged: str, tex: str) -> None:
    again = damage(f"${tex}$").text
    assert again == damaged or normal(tex) == normal(again)
