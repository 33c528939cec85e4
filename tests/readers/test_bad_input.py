"""Bad input and the words that it is answered with."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from time import process_time
from typing import TYPE_CHECKING

import pytest

from generator import readers
from generator.errors import DigestError
from generator.readers import READERS, read_digest

if TYPE_CHECKING:
    from generator.model import Digest

PAGE = "Get trending papers in your email inbox!\n\nMar 14\n\nA Title\n\nAn abstract.\n"
FORMATS = ", ".join(reader.NAME for reader in READERS)


def message(path: str, text: str | bytes, **given: object) -> str:
    """What is said of a file that cannot be read."""
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(DigestError) as caught:
        read_digest(path, data, **given)  # type: ignore[arg-type]
    return str(caught.value)


def items(*papers: object, path: str = "digests/2025-03-14.json") -> Digest:
    return read_digest(path, json.dumps([{"paper": paper} for paper in papers]).encode())


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "digests/a.txt: expected a digest, found an empty file; fill it or remove it"),
        (b" \r\n\t\n", "digests/a.txt: expected a digest, found only white space; fill it or remove it"),
        (b"\xef\xbb\xbf", "digests/a.txt: expected a digest, found only white space; fill it or remove it"),
        (
            b"%PDF-1.7\n\x00\x01\x02",
            'digests/a.txt: expected a text file, found a binary file that begins with "25 50 44 46"; '
            "save it as UTF-8 text or remove it",
        ),
        (
            b"\x1f\x8b\x08\x04" * 50,
            'digests/a.txt: expected a text file, found a binary file that begins with "1f 8b 08 04"; '
            "save it as UTF-8 text or remove it",
        ),
        (
            b"\xff\xfea\x00b",
            "digests/a.txt: expected UTF-16 text, as its first bytes say, found bytes that are not, at 4; "
            "save the file as UTF-8",
        ),
        (
            b"Dear all,\nhere is a list.\n",
            "digests/a.txt: expected a digest in a format that is known, found none; "
            f"correct the file, or say what it is with --format ({FORMATS})",
        ),
        (
            b"---\ntitle: x\n---\nGet trending papers in your email inbox!\n",
            "digests/a.txt: expected a file of one format, found one that huggingface-page and markdown both take; "
            "say which it is with --format",
        ),
        (
            b'{"error": "Too many requests"}',
            "digests/a.txt: expected a digest in a format that is known, found none; "
            f"correct the file, or say what it is with --format ({FORMATS})",
        ),
    ],
)
def test_files_that_are_no_digest(data: bytes, expected: str) -> None:
    assert message("digests/a.txt", data) == expected


def test_an_unknown_format() -> None:
    assert message("a.txt", PAGE, format="docx") == (
        f'a.txt: expected one of the formats {FORMATS}, found "docx"; correct --format'
    )


def test_a_format_that_is_named_decides() -> None:
    both = "---\ndate: 2025-03-14\n---\nGet trending papers in your email inbox!\n\n## A Title\n"
    assert read_digest("a", both.encode(), format="markdown").records[0].title == "A Title"


def test_a_page_has_no_year() -> None:
    assert message("digests/page.txt", PAGE) == (
        'digests/page.txt:3: expected a day with its year, found "Mar 14"; '
        "give it with --date YYYY-03-14 or begin the file's name with it"
    )
    assert message("p.txt", PAGE.replace("Mar 14\n", "")) == (
        'p.txt: expected a line with the day, such as "Mar 14", found none; '
        "give it with --date YYYY-MM-DD or begin the file's name with it"
    )
    assert message("p.txt", PAGE.replace("Mar 14", "Feb 30, 2025")) == (
        'p.txt:3: expected a day of the calendar, found "Feb 30, 2025"; '
        "give it with --date YYYY-MM-DD or begin the file's name with it"
    )


def test_a_page_without_papers() -> None:
    assert message("2025-03-14.txt", PAGE.partition("A Title")[0]) == (
        "2025-03-14.txt:3: expected papers below the day, found nothing; copy the whole page again"
    )


def test_a_file_name_with_a_day_that_does_not_exist() -> None:
    assert message("digests/2025-02-30.txt", PAGE) == (
        'digests/2025-02-30.txt: expected a day of the calendar in its name, found "2025-02-30"; '
        "rename the file or give the day with --date"
    )
    assert read_digest("2025-02-30.txt", PAGE.encode(), day=date(2025, 3, 14)).day == date(2025, 3, 14)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '[{"paper": {"id": "2503.10613",}}]',
            "a.json:1: expected JSON, found an error at line 1, column 32 "
            "(Expecting property name enclosed in double quotes); correct it or save the answer again",
        ),
        (
            '[{"paper": {"id": "2503.10613"}}',
            "a.json:1: expected JSON, found an error at line 1, column 33 (Expecting ',' delimiter); "
            "correct it or save the answer again",
        ),
        (
            '{"paper":' + "[" * 100_000,
            "a.json: $: expected JSON of a few levels, found thousands of nested brackets; save the answer again",
        ),
        (
            "[]",
            "a.json: $: expected at least one paper, found an empty list; download it again, or remove the file",
        ),
        (
            '{"data": [], "x": {"paper": 1}}',
            "a.json: $.data: expected at least one paper, found an empty list; "
            "download it again, or remove the file",
        ),
        (
            '{"x": {"paper": 1}}',
            "a.json: $: expected a list of papers, found an object; save the whole answer of the API",
        ),
        (
            '[{"paper": {"id": "2503.10613", "title": "A"}}]',
            "a.json: expected one day, as each paper's submittedOnDailyAt, found none; "
            "give it with --date YYYY-MM-DD or begin the file's name with it",
        ),
    ],
)
def test_json_that_cannot_be_used(text: str, expected: str) -> None:
    assert message("a.json", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "---\ndate: 2025-03-14\n\n## A",
            "a.md:1: expected a second line `---` that ends the front matter, found none; "
            "add it below the last key",
        ),
        (
            "---\ndate: 2025-03-14\ntitle: one: two\n---\n## A\n",
            "a.md:3: expected front matter in YAML, found mapping values are not allowed here; "
            "correct the line; quote a value that has a colon in it",
        ),
        (
            "\n---\n- 2025-03-14\n---\n## A\n",
            "a.md:2: expected lines `key: value` in the front matter, found something else; "
            "correct the front matter",
        ),
        (
            "---\ntitle: x\n---\n## A\n",
            "a.md: expected a day `date: YYYY-MM-DD`, found none; correct the front matter, "
            "give it with --date or begin the file's name with it",
        ),
        (
            "---\ndate: 2025-02-30\n---\n## A\n",
            'a.md: expected a day `date: YYYY-MM-DD`, found "2025-02-30"; correct the front matter, '
            "give it with --date or begin the file's name with it",
        ),
        (
            "---\ndate: 2025-03\n---\n## A\n",
            'a.md: expected a day `date: YYYY-MM-DD`, found "2025-03"; correct the front matter, '
            "give it with --date or begin the file's name with it",
        ),
        (
            "---\ndate: 2025-03-14\n---\nOnly an introduction.\n",
            "a.md: expected at least one paper (a heading `## Title`), found none; add one or remove the file",
        ),
        (
            "---\nx: " + "[" * 5_000 + "\n---\n## A\n",
            "a.md:1: expected a front matter of a few keys, found 5,000 opening brackets; correct the front matter",
        ),
        (
            "---\nx:\n  " + "- " * 3_000 + "\n---\n## A\n",
            "a.md:1: expected YAML of a few levels, found endless nesting; correct the front matter",
        ),
        (
            "---\nx: " + "a" * 120_000 + "\n---\n## A\n",
            "a.md:1: expected a front matter of a few keys, found 120,003 characters; end it with a line `---`",
        ),
    ],
)
def test_markdown_that_cannot_be_used(text: str, expected: str) -> None:
    assert message("a.md", text) == expected


def test_yaml_cannot_grow_or_make_objects() -> None:
    pairs = pairwise("abcdefghijklmn")
    bomb = "".join(f"{name}: &{name} [*{last}, *{last}]\n" for last, name in pairs)
    text = f"---\na: &a [x, x]\n{bomb}date: 2025-03-14\ntitle: !!python/object/apply:os.abort []\n---\n## A\n"
    digest = read_digest("a.md", text.encode())
    assert digest.title == ""
    assert all(len(str(note)) < 300 for note in digest.notes)


def test_one_broken_record_costs_no_other() -> None:
    good = {"id": "2503.10613", "title": "Good"}
    digest = items(good, "text", {"id": "../../x", "title": "Bad"}, {"id": "2503.10614"}, good)
    assert [record.where for record in digest.records] == ["$[0]", "$[4]"]
    assert [str(refusal.problem) for refusal in digest.refusals] == [
        "digests/2025-03-14.json: $[1].paper.title: expected a title, found nothing; write it or remove the record",
        "digests/2025-03-14.json: $[2].paper.id: expected an arXiv id like 2403.01234, "
        'found "../../x"; correct the id or remove it',
        "digests/2025-03-14.json: $[3].paper.title: expected a title, found nothing; write it or remove the record",
    ]
    assert digest.seen == 5


HOSTILE = [
    "<script>alert(1)</script>",
    "{{ config }} {% raw %}",
    "---",
    "[x](javascript:alert(1))",
    "a | b",
    "x" * 3_000,
    "🎉🎉",
    "gan",
    "GAN",
    "# heading",
    "../../x",
    "&lt;b&gt;",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_are_only_text(title: str) -> None:
    """A title stays as it is: who writes pages escapes it. Character references in it are resolved once."""
    expected = "<b>" if title == "&lt;b&gt;" else title
    assert items({"id": "2503.10613", "title": title}).records[0].title == expected
    page = PAGE.replace("A Title", title).replace("An abstract.", "An abstract that is long. " * 20)
    found = read_digest("2025-03-14.txt", page.encode())
    texts = [record.title for record in found.records] + [record.abstract for record in found.records]
    if title == "---":
        assert found.records == (), "a rule is no title"
        assert "expected a title" in str(found.refusals[0].problem)
    else:
        assert any(expected in text for text in (*texts, *(refusal.title for refusal in found.refusals))) or (
            len(title) > 250 and found.refusals[0].title == title[:80]
        )


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("{{ config }}", "{{ config }}"),
        ("---", "---"),
        ("[x](javascript:alert(1))", "x"),
        ("a | b", "a | b"),
        ("x" * 3_000, "x" * 3_000),
        ("🎉🎉", "🎉🎉"),
    ],
)
def test_hostile_titles_in_markdown(written: str, title: str) -> None:
    digest = read_digest("a.md", f"---\ndate: 2025-03-14\n---\n## {written}\n".encode())
    record = digest.records[0]
    assert (record.title, record.links) == (title, ())
    if "javascript" in written:
        assert str(digest.notes[0]) == (
            'a.md:4: expected an http or https address, found "javascript:alert(1)"; correct or remove it'
        )


def test_two_takers_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "EXACT", (*readers.EXACT, READERS[0]))
    assert message("2025-03-14.txt", PAGE) == (
        "2025-03-14.txt: expected a file of one format, found one that huggingface-page and huggingface-page "
        "both take; say which it is with --format"
    )


@pytest.mark.parametrize("day", ["9999-12-31", "0999-01-01", "1899-12-31", "2200-01-01"])
def test_a_day_that_nobody_means(day: str) -> None:
    with pytest.raises(DigestError, match=rf"expected a day from 1900 to 2199, found {day}; correct the day"):
        read_digest(f"digests/{day}.md", b"---\nsource: x\n---\n\n## A title\n")


def test_a_day_that_nobody_means_in_a_text_or_an_option() -> None:
    written = "---\ndate: 0214-03-14\n---\n\n## A title\n"
    expected = "expected a day from 1900 to 2199, found 0214-03-14; correct the day"
    with pytest.raises(DigestError, match=expected):
        read_digest("a.md", written.encode())
    answer = {"date": "0214-03-14", "data": [{"paper": {"id": "2503.10613", "title": "A"}}]}
    with pytest.raises(DigestError, match=expected):
        read_digest("a.json", json.dumps(answer).encode())
    with pytest.raises(DigestError, match=expected):
        read_digest("a.md", written.replace("0214", "2025").encode(), day=date(214, 3, 14))


@pytest.mark.parametrize(
    "text",
    [
        "---\ndate: 2025-03-14\n---\n\n## A title\n\n" + "<!--" * 50_000,
        "---\ndate: 2025-03-14\n---\n\n## A title\n\n## a" + " " * 50_000 + "b",
        "---\ndate: 2025-03-14\n---\n\n## A title\n\n## a" + " #" * 50_000 + " b",
        "---\ndate: 2025-03-14\n---\n\n## A title\n\nhttps://example.org/x" + ")" * 100_000,
        "---\ndate: 2025-03-14\n" + "".join(f"k{n}: 1\n" for n in range(9_000)) + "---\n\n## A title\n",
    ],
    ids=["comments", "spaces", "signs", "brackets", "keys"],
)
def test_text_that_would_take_for_ever_is_read(text: str) -> None:
    start = process_time()
    assert read_digest("a.md", text.encode()).records
    assert process_time() - start < 4, "what grows with the square of the text takes far longer"
