"""Pages with many formulas, in a browser: nothing is asked of other hosts, nothing runs out of the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Request

from generator.build import build
from generator.exports.markdown import write_digest
from generator.model import Source
from generator.scaffold import write_site
from generator.settings import load_settings
from tests.builders import record

pytestmark = pytest.mark.browser

#: Of real abstracts on arXiv (CC0): long, nested, in a line of its own, not to be converted.
ABSTRACT = (
    r"A rigorous proof is presented that the number of comparisons is"
    r" $ 2 (N-1)\, ( \, \lg \frac{N-1}{2} +\varepsilon \, ) - 2s_2(N) - e_2(N)"
    r" + \min (\lfloor \lg (N-1) \rfloor, 2) + 6 + c, $ where $\varepsilon$ is small."
    r" $$l(x,t)=\sqrt{2}k^{1/2}(x,t)\tau, \quad"
    r" \sum_{i=1}^{n}\left(\frac{x_i}{1+\frac{1}{n}}\right)^2 \le \int_0^\infty f(y)dy$$"
    r" Not known is $\indec_{x}(\mathcal{H})$; $\mathbb{E}[\hat{x}] \in \mathbb{R}^d$, 50\% of ``N\'eron'' models."
)


def _note(urls: list[str], request: Request) -> None:
    urls.append(request.url)


@pytest.fixture(scope="module")
def formulas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("formulas") / "site"
    write_site(root)
    for file in (root / "digests").iterdir():
        file.unlink()
    paper = record(
        r"The $\ell_1$-norm of $\mathcal{O}(n^2)$ things", arxiv_id="2503.00001", abstract=ABSTRACT
    )
    text = write_digest(date(2025, 3, 14), [paper], source=Source("lab", "Lab"))
    (root / "digests/2025-03-14-lab.md").write_text(text, encoding="utf-8")
    build(load_settings(root / "mkdocs.yml"))
    return root / "site"


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_formulas_stay_in_the_page(
    chromium: Browser,
    formulas: Path,
    serve: Callable[[Path], str],
    width: int,
    scheme: Literal["light", "dark"],
) -> None:
    for base in (serve(formulas), f"{formulas.as_uri()}/"):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=width != 390
        )
        page = context.new_page()
        asked: list[str] = []
        failed: list[str] = []
        page.on("request", partial(_note, asked))
        page.on("requestfailed", partial(_note, failed))
        page.goto(f"{base}papers/2503.00001.html")
        page.wait_for_load_state("networkidle")
        assert failed == []
        assert all(url.startswith(base) for url in asked)
        assert any("stix-two-math" in url for url in asked)
        assert page.locator("h1 math").count() == 2
        assert page.title().startswith("The ℓ₁-norm of O(n²) things")
        box = page.locator("[data-abstract] math").first.bounding_box()
        assert box
        assert box["height"] > 10
        assert page.locator("[data-abstract] code").inner_text() == r"\indec_{x}(\mathcal{H})"
        if width != 390:
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        context.close()
