"""TeX's letters, and what is mathematics."""

from __future__ import annotations

import time

import pytest

from generator.text.tex import letters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"5\% of $\%$ and \(\%\), \[\%\], $$\%$$", r"5% of $\%$ and \(\%\), \[\%\], $$\%$$"),
        (r"\begin{align*} 1\%, \\ 2\% \end{align*} 3\%", r"\begin{align*} 1\%, \\ 2\% \end{align*} 3%"),
        (r"\begin{align} 1\% \end{align*} 3\%", r"\begin{align} 1% \end{align*} 3%"),
        (r"costs \$5 of M\"uller's \$9\%", r"costs \$5 of Müller's \$9%"),  # escaped dollars open nothing
        (r"one $ of N\'eron and $x_{\%}$", r"one $ of Néron and $x_{\%}$"),
        (r"\\(N\'eron\)", r"\\(Néron\)"),  # a line break and a bracket
        (r"\(N\'eron", r"\(Néron"),
    ],
)
def test_letters_in_mathematics_stay(text: str, expected: str) -> None:
    assert letters(text) == expected


@pytest.mark.parametrize("piece", [r"\(", r"\[", r"\$x ", r"\a $x", r"\begin{align}", r"\'{ ", "$$", r"\\"])
def test_what_is_never_closed_takes_no_longer(piece: str) -> None:
    start = time.perf_counter()
    letters(rf"\{piece * 20_000}")
    assert time.perf_counter() - start < 2
