"""The same answers everywhere: in Chromium and Firefox, over http and from a disk, as in Node."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.builders import DAILY, Library
from tests.firefox import Firefox
from tests.search.archives import questions
from tests.search.conftest import Node, Query

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ASK_FIREFOX = """
const [queries, done] = arguments;
const { search } = window.Broadsheet;
(async () => {
    const answers = [];
    for (const query of queries) {
        const { terms, ...answer } = await search(query);
        answers.push(answer);
    }
    return JSON.stringify(answers);
})().then(done, (error) => done(JSON.stringify(String(error))));
"""


@pytest.fixture(scope="module")
def asked(archive: Library) -> list[dict[str, Any]]:
    """500 questions as a reader's page asks them."""
    found = questions([*archive.papers.values()], [DAILY], 500)
    ways: list[dict[str, Any]] = [{}, {"sort": "date"}, {"prefix": True}, {"limit": 3, "offset": 1}]
    return [{"limit": 10, **query, **ways[place % len(ways)]} for place, query in enumerate(found)]


@pytest.fixture(scope="module")
def expected(asked: list[dict[str, Any]], site: Path, start_node: Callable[[Path], Node]) -> list[Any]:
    """What Node answers."""
    answers = start_node(site).search(asked)
    for answer in answers:
        del answer["terms"]
    assert sum(1 for answer in answers if answer["total"]) > 350
    assert sum(1 for answer in answers if len(answer["results"]) > 1) > 200
    return answers


@pytest.fixture(params=["http", "file"])
def base(request: pytest.FixtureRequest, site: Path, serve: Callable[[Path], str]) -> str:
    """Where the site is opened from: below a path of a server, or a folder."""
    return serve(site) if request.param == "http" else f"{site.as_uri()}/"


def test_chromium_answers_as_node_does(
    base: str,
    asked: Sequence[Query],
    expected: list[Any],
    ask_chromium: Callable[[str, Sequence[Query]], list[Any]],
) -> None:
    assert ask_chromium(base, asked) == expected


def test_firefox_answers_as_node_does(
    base: str, asked: Sequence[Query], expected: list[Any], firefox: Firefox
) -> None:
    firefox.open(f"{base}search.html")
    assert json.loads(firefox.run(ASK_FIREFOX, asked)) == expected
