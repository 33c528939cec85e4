"""Formulas: TeX into MathML and into a line of text; what is hostile in them stays harmless."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.linear import linear, sign_of
from generator.text.mathml import Formula, formula_of, mathml

#: Formulas of real abstracts on arXiv, with what they are in a line.
REAL = [
    (r"$O(n^2)$", "O(n²)"),
    (r"$\mathcal{O}(\rho T^{-1})$", "O(ρT⁻¹)"),
    (r"$\tilde{\mathcal{O}}(K/(\epsilon^{2}(1-\gamma)^{4}))$", "Õ(K/(ϵ²(1 − γ)⁴))"),
    (r"$\mathbf{v} \in \mathbb{R}^d$", "v ∈ ℝᵈ"),
    (r"$\lceil \log_2 n \rceil + 2$", "⌈log₂ n⌉ + 2"),
    (r"$\log(1/\epsilon)$", "log(1/ϵ)"),
    (r"$\frac 12<s<1$", "1/2 < s < 1"),
    (r"$\Omega\big(\epsilon^{-\frac{1+p}{p}}\big)$", "Ω(ϵ^(−(1+p)/p))"),
    (r"$1 \leq i \leq r$", "1 ≤ i ≤ r"),
    (r"$\sum_{i=1}^n x_i$", "∑ᵢ₌₁ⁿxᵢ"),
    (r"$\|x-y\|_2^2$", "‖x − y‖₂²"),
    (r"$K^{(k-1)}$", "K⁽ᵏ⁻¹⁾"),
    (r"$n^{-(1-\delta)/d}$", "n^(−(1−δ)/d)"),
    (r"$c_{\max}$", "c_max"),
    (r"$T_G$", "T_G"),
    (r"$\hat{x}$", "x̂"),
    (r"$\sqrt{T}$", "√T"),
    (r"$\sqrt[3]{n+1}$", "³√(n+1)"),
    (r"$\arg\max_x f(x)$", "arg maxₓ f(x)"),
    (r"$f'$", "f′"),
    (r"$2^{\circ}$", "2°"),
    (r"$\textsf{P}=\textsf{NP}$", "P = NP"),
    (r"$30\times$", "30×"),
    (r"$-1$", "−1"),
    (r"$10%$", "10%"),
    (r"$\mbox{ml} (G)$", "ml(G)"),
    (r"$\RR^d$", "ℝᵈ"),
    (r"$\norm{x}$", "‖x‖"),
    (r"$a\unicode{x2013}b$", "a–b"),
    (r"\[ x < y \]", "x < y"),
    (r"\begin{eqnarray*} m &=& 1 \end{eqnarray*}", "m, =, 1"),
]


@pytest.mark.parametrize(("written", "line"), REAL)
def test_real_formulas(written: str, line: str) -> None:
    found = mathml(formula_of(written))
    assert found is not None
    assert linear(found) == line


def test_what_is_shown_is_mathml() -> None:
    found = mathml(Formula(r"\frac{a}{b} < \mathbb{R}", display=False))
    assert found == ("<math><mfrac><mi>a</mi><mi>b</mi></mfrac><mo>&lt;</mo><mi>ℝ</mi></math>")
    assert '<math display="block">' in (mathml(formula_of("$$x$$")) or "")


@pytest.mark.parametrize("name", ["aligned", "equation", "gather", "eqnarray"])
def test_lines_of_their_own(name: str) -> None:
    assert mathml(formula_of(rf"\begin{{{name}}}a = b\end{{{name}}}"))


@pytest.mark.parametrize(
    "tex",
    [
        r"\nonsense{x}",
        r"\frac{a",
        r"}{",
        "",
        "   ",
        r"\href{javascript:alert(1)}{x}",
        r"\color{red;background:url(x)}x",
        r"\includegraphics{x}",
    ],
)
def test_what_cannot_be_converted(tex: str) -> None:
    assert mathml(Formula(tex, display=False)) is None


@pytest.mark.parametrize(
    "tex",
    [
        "{" * 100_000 + "x" + "}" * 100_000,
        "{" * 1_900 + "x" + "}" * 1_900,
        r"\left(" * 500 + r"\right)" * 500,
        r"\sqrt" * 700 + "x",
        r"\sqrt " * 600 + "x",
        r"\hat{" * 600 + "x" + "}" * 600,
        "x^{" * 900 + "x" + "}" * 900,
        r"\begin{matrix}" * 100 + r"\end{matrix}" * 100,
        r"\text{" * 500 + "}" * 500,
        r"\def\a{\a\a}\a",
        "x" * 5_000,
    ],
    ids=lambda tex: tex[:12],
)
def test_what_is_deeper_or_longer_than_any_formula(tex: str) -> None:
    """A converter that calls itself for each group would end the whole program."""
    assert mathml(Formula(tex, display=False)) is None


PIECES = [
    *(
        r"\frac",
        r"\sqrt",
        r"\text{",
        r"\left(",
        r"\right)",
        r"\mathbb",
        r"\hat",
        r"\begin{matrix}",
        r"\end{matrix}",
    ),
    *(
        r"\def\a",
        r"\a",
        r"\newcommand{\b}[1]{#1}",
        r"\b",
        r"\unicode{x3c}",
        r"\textcolor{red}",
        r"\sum_",
        r"\\",
    ),
    *(
        "{",
        "}",
        "^",
        "_",
        "&",
        "<",
        ">",
        '"',
        "'",
        "%",
        "#",
        "$",
        "~",
        "x",
        "12",
        " ",
        "é",
        "漢",
        "\u202e",
        "<b>",
        "</math>",
    ),
    *("&lt;", "&amp;", "javascript:", "onload=", "<!--", "-->", "]]>"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.booleans())
def test_anything_gives_one_harmless_element_or_none(tex: str, display: bool) -> None:
    found = mathml(Formula(tex, display=display))
    if found is None:
        return
    root = ElementTree.fromstring(found)  # noqa: S314 - what is tested
    assert root.tag == "math"
    for element in root.iter():
        assert element.tag in {
            *(
                "math",
                "mi",
                "mo",
                "mn",
                "mtext",
                "mspace",
                "mrow",
                "msup",
                "msub",
                "msubsup",
                "mfrac",
                "msqrt",
                "mroot",
            ),
            *(
                "mover",
                "munder",
                "munderover",
                "mtable",
                "mtr",
                "mtd",
                "mpadded",
                "mphantom",
                "mmultiscripts",
                "menclose",
            ),
            *("mprescripts", "mstyle", "b", "i", "u", "code", "span"),
        }
        assert not [
            name for name in element.attrib if name.startswith("on") or name in {"href", "src", "class", "id"}
        ]
        assert not re.search(r"[(\\]|url|:.*:.*//", element.get("style", ""))
    assert "\n" not in linear(found)


def test_signs() -> None:
    assert [sign_of(name) for name in ("alpha", "Omega", "leq", "log", "to")] == ["α", "Ω", "≤", "log", "→"]
    assert [sign_of(name) for name in ("frac", "sqrt", "emph", "rank", "x")] == [""] * 5
