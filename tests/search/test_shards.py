"""The data files: what is in them, and that yesterday's stay as they are."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.archive.derive import Tagger
from generator.model import Source, Tag
from generator.pages.page import MARKER
from generator.search.script import call
from generator.search.shards import make_manifest
from tests.builders import Library, collect, digest, library, record
from tests.search.conftest import search_files

SEMINAR = Source("seminar", "Reading seminar")


FIRST = f"// {MARKER}\n"


def arguments(content: bytes, name: str) -> list[Any]:
    """What a data file calls ``Broadsheet.<name>`` with."""
    text = content.decode("ascii")
    assert text.startswith(FIRST)
    text = text.removeprefix(FIRST)
    assert text.startswith(f"Broadsheet.{name}(")
    assert text.endswith(")\n")
    values: list[Any] = json.loads(f"[{text.removeprefix(f'Broadsheet.{name}(')[:-2]}]")
    return values


def days(*sizes: int, tag: Tagger = lambda _: ()) -> Library:
    """An archive of days with so many papers each."""
    digests = (
        digest(
            *(
                record(f"Paper {number} of day {day}", arxiv_id=f"25{day % 12 + 1:02}.{day:02}{number:03}")
                for number in range(size)
            ),
            day=str(date(2025, 1, 1) + timedelta(days=day)),
        )
        for day, size in enumerate(sizes)
    )
    return collect(digests, tag=tag)


def test_a_shard_tells_all_that_is_searched() -> None:
    papers = collect(
        [
            digest(
                record(
                    "CoSTA*",
                    arxiv_id="2503.10613",
                    doi="10.1000/xyz",
                    authors=("Advait Gupta", "Dang Nguyen"),
                    abstract="First.\n\nSecond.",
                    published="2025-03",
                    keywords=("toolpath", "Agents"),
                )
            ),
            digest(record("CoSTA*", arxiv_id="2503.10613"), day="2025-03-20", source=SEMINAR),
        ],
        tag=lambda _: (Tag("topic", "Agents", "agents"), Tag("category", "cs.CV", "cs.cv")),
    )
    number, shard = arguments(search_files(papers)["search/papers-0001.js"], "load")
    assert number == 1
    assert shard == {
        "days": ["2025-03-14", "2025-03-20"],
        "sources": [["huggingface-daily", "Hugging Face daily papers"], ["seminar", "Reading seminar"]],
        "tags": ["Agents", "cs.CV", "toolpath"],
        "papers": [
            ["2503.10613", "CoSTA*", ["Advait Gupta", "Dang Nguyen"], [0, 0, 1, 1], [0, 1], [2],
             "First.\n\nSecond.", "2025-03", ["10.1000/xyz"]],
        ],
    }  # fmt: skip


def test_what_is_unknown_is_empty_and_a_summary_stands_for_an_abstract() -> None:
    papers = library(
        record("Bare", arxiv_id="cs/0701111"), record("Told", arxiv_id="2503.00001", summary="In short.")
    )
    _, shard = arguments(search_files(papers)["search/papers-0001.js"], "load")
    bare, told = shard["papers"]
    assert bare == ["cs-0701111", "Bare", [], [0, 0], [], [], "", "", ["cs/0701111"]]
    assert told[6] == "In short."
    assert len(told) == 8


def test_the_manifest_says_what_there_is() -> None:
    papers = days(
        3,
        2,
        tag=lambda paper: (
            Tag("topic", paper.title[:7], f"paper-{paper.title[6]}"),
            Tag("topic", "All", "all"),
        ),
    )
    [manifest] = arguments(search_files(papers, size=2)["search/manifest.js"], "manifest")
    assert len(manifest.pop("shards")) == 3
    assert manifest == {
        "papers": 5,
        "from": "2025-01-01",
        "to": "2025-01-02",
        "sources": [["huggingface-daily", "Hugging Face daily papers"]],
        "tags": ["All", "Paper 0", "Paper 1", "Paper 2"],
    }


def test_an_empty_archive_has_a_manifest_alone() -> None:
    made = search_files(collect([]))
    assert [*made] == ["search/manifest.js"]
    assert arguments(made["search/manifest.js"], "manifest") == [
        {"shards": [], "papers": 0, "from": "", "to": "", "sources": [], "tags": []}
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(1, 6), min_size=1, max_size=5),
    st.lists(st.integers(1, 6), max_size=3),
    st.integers(1, 5),
)
def test_new_days_change_the_last_shard_and_the_manifest_only(
    past: list[int], new: list[int], size: int
) -> None:
    before, after = search_files(days(*past), size), search_files(days(*past, *new), size)
    sealed = [f"search/papers-{number:04}.js" for number in range(1, sum(past) // size + 1)]
    assert {path: after[path] for path in sealed} == {path: before[path] for path in sealed}
    assert before.keys() <= after.keys()
    assert search_files(days(*past, *new), size) == after
    assert len(after) == 1 + -(-sum(past + new) // size)


def test_a_paper_that_appears_again_changes_its_own_shard_only() -> None:
    past = [digest(*(record(f"P{i}", arxiv_id=f"2503.0000{i}") for i in range(6)))]
    again = digest(record("P3", arxiv_id="2503.00003"), day="2025-04-01")
    before, after = search_files(collect(past), 2), search_files(collect([*past, again]), 2)
    changed = {path for path in after if before.get(path) != after[path]}
    assert changed == {"search/papers-0002.js", "search/manifest.js"}


def test_the_manifest_names_a_shard_by_its_content() -> None:
    made = [
        make_manifest(days(2).archive, prints).content
        for prints in (["0a1b2c3d"], ["0a1b2c3d"], ["9f8e7d6c"])
    ]
    assert made[0] == made[1] != made[2]
    assert [arguments(each, "manifest")[0]["shards"] for each in made[1:]] == [["0a1b2c3d"], ["9f8e7d6c"]]


@given(st.text(st.characters() | st.characters(categories=["Cs"])), st.lists(st.text()))
def test_any_text_survives_and_none_can_end_the_script(text: str, names: list[str]) -> None:
    content = call("load", 1, [text, names])
    assert arguments(content, "load") == [1, [text, names]]
    assert b"<" not in content
    assert content.count(b"\n") == 2


def test_dangerous_titles_stay_text() -> None:
    title = "</script><script>alert(1)</script><!-- \u2028 \ud800 ${x} `"
    content = search_files(library(record(title, arxiv_id="2503.00001")))["search/papers-0001.js"]
    _, shard = arguments(content, "load")
    assert shard["papers"][0][1] == title
    assert b"</script" not in content
