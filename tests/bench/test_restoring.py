"""The measure of what is written again, without the papers that it is meant for."""

from __future__ import annotations

import doctest
import gzip
import json
from pathlib import Path

import pytest

from bench import damaging, restoring
from bench.damaging import Formula, damage, normal


def test_the_examples() -> None:
    assert doctest.testmod(damaging).failed == 0


def test_it_damages_as_the_text_was() -> None:
    source = (
        r"solution in $O\left(\left(dB_L\right)^{\max\{p \log(1/ \epsilon), p^{\log(1/\epsilon)}\}}\right)$, "
        r"\emph{and} $\widetilde{\mathcal{O}}(n)$ at 60\% of $\Omega\big(\epsilon^{-\frac{1+p}{p}}\big)$"
    )
    assert damage(source).text == (
        "solution in Oleft(left(dB_Lright)^{max{p log(1/ epsilon), p^{log(1/epsilon)}}}right), "
        r"and mathcal{O}(n) at 60\% of Omegabig(epsilon^{-1+p{p}}big)"
    )


def test_it_knows_where_formulas_are() -> None:
    damaged = damage(r"\emph{For} $n \le 2 $ and $$x$$ or \(y\)")
    assert [damaged.text[one.start : one.end] for one in damaged.formulas] == ["n le 2", "x"]
    assert [one.tex for one in damaged.formulas] == [r"n \le 2 ", "x"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (r"\mathbb{R}^d", "R^{d}", True),
        (r"\sqrt{T}", "T", True),
        (r"\max_i", r"\text{max}_i", True),
        (r"{\cal O}(n)", "O ( n )", True),
        (r"\|x\|_2", "|x|_2", True),
        (r"\frac12", r"\frac{1}{2}", True),
        (r"\frac{a}{b}", "a/b", False),
        (r"\{x\}", "{x}", False),
        (r"x^{ab}", "x^ab", False),
        (r"\alpha", "alpha", False),
    ],
)
def test_formulas_that_the_damage_makes_the_same(one: str, other: str, *, same: bool) -> None:
    assert (normal(one) == normal(other)) is same


def test_only_what_can_be_seen_counts_as_damaged() -> None:
    def visible(tex: str) -> bool:
        damaged = damage(f"${tex}$")
        return restoring.is_visible(damaged.text, damaged.formulas[0])

    assert [tex for tex in ("n", "10", r"\mathcal{O}", r"\alpha", "n+1", "x_1") if visible(tex)] == [
        r"\alpha",
        "n+1",
        "x_1",
    ]


def test_it_counts() -> None:
    figures = restoring.measure(
        iter(
            [
                r"A $5\times$ faster way for $n \leq 2$, $\epsilon$, and $\alpha, \beta$.",
                r"Only 3$\times$ slower for $k = 1$",
                r"With $\mathrm{Lip} (\nabla F)$ we see",
            ]
        )
    )
    assert (figures.abstracts, figures.formulas, figures.visible) == (3, 7, 7)
    assert (figures.touched, figures.right) == (8, 7)
    assert figures.exact == 4
    assert figures.restored == 6
    assert figures.whole == 2
    assert len(figures.wrong) == len(figures.missed) == 1


def test_it_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    papers = [
        {"abstract": r"For $n \leq 2$ it holds.", "date": "2024-01-02"},
        {"abstract": r"For $n \leq 3$ it holds.", "date": "2020-01-02"},
        {"abstract": "It holds.", "date": "2024-01-02"},
        {"abstract": "It is 5times faster.", "date": "2024-01-02"},
        {"abstract": None, "date": "2024-01-02"},
    ]
    file = tmp_path / "papers.jsonl.gz"
    file.write_bytes(gzip.compress("\n".join(json.dumps(paper) for paper in papers).encode()))
    assert restoring.main(["--papers", str(file), "--show", "2"]) == 0
    out = capsys.readouterr().out
    assert "abstracts 1, formulas 1, damaged visibly 1" in out
    assert "touched 1: right 1.000, exact 1.000" in out
    assert "plain abstracts 2: 1 spans in 1, 250.00 in 500 abstracts" in out
    restoring.main(["--papers", str(file), "--until", "2022"])
    assert "abstracts 1," in capsys.readouterr().out


def test_a_formula_of_one_item_is_itself() -> None:
    damaged = damage(r"$(a, b) \in S$")
    assert damaged.formulas == (Formula(0, 11, r"(a, b) \in S"),)
