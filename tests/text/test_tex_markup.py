"""TeX outside of mathematics: the markup of bibliographies, and publishers' tags."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.tags import without_tags
from generator.text.tex import formulas, letters
from generator.text.tex_markup import plain

texts = st.lists(
    st.sampled_from(
        [
            *r"\{}$~-`'<>/",
            "\\emph",
            "\\'",
            "\\foo",
            "\\href",
            "\\(",
            "\\)",
            "<i>",
            "</i>",
            " ",
            "a",
            "\\ensuremath",
        ]
    )
).map("".join)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (r"a $x$ b", ["$x$"]),
        (r"\$5 and $x$", ["$x$"]),
        (r"$a\$b$ $$c$$ \(d\) \[e\]", [r"$a\$b$", "$$c$$", r"\(d\)", r"\[e\]"]),
        (r"one $ x and $ y", []),
        (r"$5 alone", []),
        (r"\\(not) \(x\)", [r"\(x\)"]),
    ],
)
def test_mathematics(text: str, parts: list[str]) -> None:
    assert [part for formula, part in formulas(text) if formula] == parts


@given(texts)
def test_parts_are_the_whole(text: str) -> None:
    assert "".join(part for _, part in formulas(text)) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"Poincar\'{e}, \v{C}ech, Garc{\i}a, \O{}re", "Poincaré, Čech, Garcıa, Øre"),
        (r"\emph{A} of {\'E}mile", r"\emph{A} of Émile"),
    ],
)
def test_letters(text: str, expected: str) -> None:
    assert letters(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain text", "plain text"),
        (r"{\em A} {\bf{B}} \textbf{C}\&D \textit {E}", "A B C&D E"),
        (
            r"\href{https://example.org/~a_b}{here} and \url{https://example.org/~c--d}",
            "here and https://example.org/~c--d",
        ),
        (r"\textcolor{red}{x} \foreignlanguage{german}{ß} \noopsort{1973b}1973", "x ß 1973"),
        (r"a\textendash b \LaTeX\ c\ldots{} \TeX d", "a–b LaTeX c… TeX d"),
        (r"\ensuremath{\alpha}-helix", r"$\alpha$-helix"),
        (r"\enquote{x} \frac{a}{b} \cite{c}", r"“x” \frac{a}{b} \cite{c}"),
        (r"\{set\} 10\,000 co\-operate A.\ B", "{set} 10 000 cooperate A. B"),
        (r"a 10^{-3} part of Z_{\textrm{x}}", "a 10^{-3} part of Z_{x}"),
        ("{not closed", "not closed"),
        ("not opened}", "not opened"),
        (r"{The $x^{2}$ of \textbf{$y$}}", "The $x^{2}$ of $y$"),
        (r"\textsuperscript{13}C and 1\textsuperscript{st}", "¹³C and 1st"),
    ],
)
def test_markup(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a<b and c>d", "a<b and c>d"),
        ("a<b>c", "a<b>c"),
        ("<b>a</b>", "a"),
        ("$<a,b>$ <i>x</i> $<i>$ <j>y</j>", "$<a,b>$ x $<i>$ <j>y</j>"),
        ("10<sup>-3</sup> H<sub>2</sub>O 4<sup>th</sup>", "10⁻³ H₂O 4th"),
        ('<span class="nocase">x</span><br/>y', "x\n\ny"),
        ("<jats:title>Abstract</jats:title><jats:p>x</jats:p>", "x"),
        ('<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mi>x</mml:mi></mml:math>', "x"),
        ("<alternatives><tex-math>$x$</tex-math><mml:mi>x</mml:mi></alternatives>", "$x$"),
    ],
)
def test_tags(text: str, expected: str) -> None:
    assert without_tags(text).strip() == expected


@given(texts)
def test_any_text_is_read(text: str) -> None:
    for change in (letters, plain, without_tags):
        assert isinstance(change(text), str)


@pytest.mark.parametrize(
    "piece",
    ["\\(", "\\'{ ", "<i ", "<sup>", "{", "\\emph{", "\\href{", "$a", "$$", "<alternatives>", "\\", "-", " "],
)
def test_long_texts_take_no_time(piece: str) -> None:
    start = time.perf_counter()
    for change in (letters, plain, without_tags):
        change(piece * 100_000)
    assert time.perf_counter() - start < 5, "what is quadratic takes minutes"
