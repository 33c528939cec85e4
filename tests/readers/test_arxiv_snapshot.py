"""The snapshot of arXiv's metadata, and the program daily-arXiv: JSON, one record a line."""

from __future__ import annotations

import json
from datetime import date

import pytest

from generator.errors import DigestError
from generator.model import Digest, PartialDate
from generator.readers import read_digest

VERSIONS = [
    {"version": "v1", "created": "Sat, 31 Mar 2007 19:18:42 GMT"},
    {"version": "v2", "created": "Tue, 24 Jul 2007 20:10:27 GMT"},
]


def snapshot(**fields: object) -> str:
    record = {"id": "0704.0291", "submitter": None, "authors": "A. Person", "title": "A title"}
    return json.dumps({**record, "versions": VERSIONS, "authors_parsed": [], **fields})


def daily(**fields: object) -> str:
    record = {
        "id": "2503.00001",
        "pdf": "",
        "abs": "",
        "authors": ["A. Person"],
        "title": "A",
        "summary": "B",
    }
    return json.dumps({**record, **fields})


def read(text: str, name: str = "2025-03-17.jsonl") -> Digest:
    return read_digest(f"digests/{name}", text.encode())


@pytest.mark.parametrize("damaged", ["704.0291", 704.0291, "704.02909999999997", "0704.0291"])
def test_damaged_identifiers_are_repaired_if_the_first_version_confirms_them(damaged: object) -> None:
    record = read(snapshot(id=damaged)).records[0]
    assert (record.arxiv_id, record.arxiv_version) == ("0704.0291", 2)
    assert (record.published, record.revised) == (PartialDate(2007, 3, 31), PartialDate(2007, 7, 24))


@pytest.mark.parametrize(
    ("versions", "found"),
    [
        ([{"version": "v1", "created": "Mon, 7 Mar 2011 19:18:42 GMT"}], "a first version of 2011-03-07"),
        (VERSIONS[1:], "no date of its first version"),
        (None, "no date of its first version"),
    ],
)
def test_unconfirmed_identifiers_are_refused(versions: object, found: str) -> None:
    digest = read(snapshot(id=704.0291, versions=versions))
    assert digest.records == ()
    assert [str(refusal.problem) for refusal in digest.refusals] == [
        f'digests/2025-03-17.jsonl:1: expected an arXiv id like 2403.01234, found "704.0291", a number, and {found}; '
        "correct it or remove the record"
    ]


@pytest.mark.parametrize(
    ("parsed", "line", "expected"),
    [
        ([["Person", "A.", "Jr.", "One University"]], "B. Person", ("A. Person Jr.",)),
        ([["Person", "A.", ""], ["Broken"]], "B. Person", ("B. Person",)),
        ([["Person", "A.", ""], ["Broken"]], None, ("A. Person",)),
        (None, ["B. Person", 1], ("B. Person",)),
    ],
)
def test_names_are_the_parsed_ones_if_all_are(
    parsed: object, line: object, expected: tuple[str, ...]
) -> None:
    assert read(snapshot(authors_parsed=parsed, authors=line)).records[0].authors == expected


@pytest.mark.parametrize("make", [snapshot, daily])
def test_records_may_stand_in_lines_in_a_list_or_alone(make: type[str]) -> None:
    one = make()
    for text, count in (
        (one, 1),
        (f"{one}\n\n{one}\n", 2),
        (f"[{one}, {one}]", 2),
        (json.dumps(json.loads(one), indent=1), 1),
    ):
        assert len(read(text).records) == count
    cut = read(f"{one}\n{one[:-9]}\n{one}")
    assert (len(cut.records), len(cut.refusals)) == (2, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (snapshot(), "expected a day, which a snapshot does not say, found none"),
        (daily(), "expected a day, which only the file's name says, found none"),
    ],
)
def test_the_day_must_be_given(text: str, expected: str) -> None:
    with pytest.raises(DigestError) as caught:
        read(text, "a.jsonl")
    remedy = "give it with --date YYYY-MM-DD or begin the file's name with it"
    assert str(caught.value) == f"digests/a.jsonl: {expected}; {remedy}"


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("2025-03-14.jsonl", "daily-arxiv"),
        ("2025-03-14_AI_enhanced_Chinese.jsonl", "daily-arxiv"),
        ("2025-03-14-my-group.jsonl", "my-group"),
    ],
)
def test_the_programs_own_file_names_name_no_source(name: str, source: str) -> None:
    digest = read(daily(), name)
    assert (digest.day, digest.source.slug) == (date(2025, 3, 14), source)


@pytest.mark.parametrize(
    ("written", "summary"),
    [
        ({"tldr": "Error bounds are shown."}, "Error bounds are shown."),
        ({"tldr": "We show when generation failed and why."}, "We show when generation failed and why."),
        *(
            ({"tldr": text}, "")
            for text in ("Summary generation failed", "Error: timeout", "N/A", " ", None, ["x"])
        ),
        (None, ""),
    ],
)
def test_a_failed_summary_is_none(written: object, summary: str) -> None:
    digest = read(daily(AI=written) + "\n" + daily(AI=written))
    assert {record.summary for record in digest.records} == {summary}
    assert len(digest.notes) == (0 if summary else 1)


def test_a_paper_of_several_categories_is_several_records() -> None:
    assert len(read(f"{daily()}\n{daily()}").records) == 2
