"""arXiv's listings and ``.abs`` files: their parts, their counts, their three kinds of dates."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from generator.errors import DigestError
from generator.model import Digest, PartialDate
from generator.readers import arxiv_mail, read_digest
from generator.readers.mail_date import read_mail_date
from generator.readers.raw import RawDigest
from tests.conftest import FIXTURES

RULE = "-" * 78
HEADER = f"Date: Fri, 17 Mar 23 00:31:14 GMT\nSubject: q-fin daily {{}} received\n\n{RULE}\n"
NEW = f"""{RULE}
\\\\
arXiv:2303.08867
Date: Wed, 15 Mar 2023 18:34:08 GMT   (243kb,D)

Title: A Bayesian derivation
  of a law
Authors: Louis Saddier and Matteo Marsili
Categories: q-fin.TR
\\\\
  An abstract.
\\\\ ( https://arxiv.org/abs/2303.08867 ,  243kb)
"""
CROSS = NEW.replace("2303.08867\n", "2303.08867 (*cross-listing*)\n")
REPLACED = f"""{"%%--" * 19}
{RULE}
\\\\
arXiv:2011.00552
replaced with revised version Wed, 15 Mar 2023 18:05:58 GMT   (829kb,D)

Title: Mixed
Authors: Vincenzo Candila
\\\\ ( https://arxiv.org/abs/2011.00552 ,  829kb)
{"%%%---" * 13}
"""


def read(text: str, day: date | None = None) -> Digest:
    return read_digest("digests/a.txt", text.encode(), day=day)


@pytest.mark.parametrize(
    ("subject", "text", "said", "notes"),
    [
        ("2 new + 1 crosses", NEW + NEW + CROSS, 3, []),
        ("1 new +  crosses", NEW, 1, []),
        ("1 new + 0 crosses", NEW + REPLACED, None, []),  # the subject does not count replacements
        ("1 new + 0 crosses + 1 replacements", NEW + REPLACED, 2, []),
        (
            "2 new + 0 crosses",
            NEW + CROSS,  # as many in all, but not of each
            None,
            [
                "expected 2 new papers, as the subject says, found 1; get it again if it was cut",
                "expected 0 cross-lists, as the subject says, found 1; get it again if it was cut",
            ],
        ),
        ("Subj-class mailing", NEW, None, []),
    ],
)
def test_counts_are_compared_part_by_part(
    subject: str, text: str, said: int | None, notes: list[str]
) -> None:
    digest = read(HEADER.format(subject) + text)
    assert digest.said == said
    assert [str(note) for note in digest.notes] == [f"digests/a.txt: {note}" for note in notes]


def test_the_real_mail_has_what_its_subject_says() -> None:
    digest = read((FIXTURES / "arxiv-mail/q-fin-new.txt").read_text("utf-8"))
    announced = Counter(record.announced for record in digest.records)
    assert announced == {"new": 13, "replace": 3}
    assert not digest.notes
    assert not digest.refusals


def test_dates_of_the_list_the_paper_and_its_version_are_kept_apart() -> None:
    digest = read(HEADER.format("1 new + 0 crosses") + NEW + REPLACED)
    new, replaced = digest.records
    assert digest.day == date(2023, 3, 17)
    assert (new.published, new.revised, new.arxiv_version) == (PartialDate(2023, 3, 15), None, 1)
    assert (replaced.published, replaced.revised, replaced.arxiv_version) == (
        None,
        PartialDate(2023, 3, 15),
        None,
    )


def test_a_past_week_gives_each_paper_its_day() -> None:
    def heading(day: str) -> str:
        return f"{RULE}\n\\\\\n/* {day} */\n\\\\\n"

    text = heading("Fri, 3 Mar 2023") + NEW + heading("Thu, 2 Mar 2023") + NEW + CROSS
    digest = read(text)
    assert (digest.since, digest.day) == (date(2023, 3, 2), date(2023, 3, 3))
    assert [record.day and record.day.day for record in digest.records] == [3, 2, 2]
    given = read(text, date(2023, 3, 3))
    assert {record.day for record in given.records} == {None}
    assert [str(note) for note in given.notes] == [
        "digests/a.txt: expected the day 2023-03-03, given by the file's name or --date, found 2023-03-02; "
        "rename the file if its papers are right"
    ]
    with pytest.raises(DigestError) as caught:
        read(heading("Fri, 3 Mar 2023") + NEW + heading("Thu, 32 Mar 2023") + NEW)
    assert str(caught.value) == (
        'digests/a.txt:19: expected a day like Fri, 3 Mar 2023 above the papers, found "Thu, 32 Mar 2023"; '
        "give it with --date YYYY-MM-DD or begin the file's name with it"
    )


@pytest.mark.parametrize("name", ["2007-07-17-0704.0065.abs", "1997-09-24-hep-th-9709111.abs"])
def test_a_single_record_is_announced_as_nothing_and_needs_a_day(name: str) -> None:
    text = (FIXTURES / "arxiv-mail" / name).read_text("utf-8")
    with pytest.raises(DigestError) as caught:
        read(text)
    assert str(caught.value) == (
        "digests/a.txt: expected a day like Fri, 3 Mar 2023 above the papers, found none; "
        "give it with --date YYYY-MM-DD or begin the file's name with it"
    )
    both = read(text + text, date(2023, 3, 17))
    assert [record.announced for record in both.records] == ["", ""]


@pytest.mark.parametrize(
    ("before", "accepted"),
    [
        ("", True),
        ("From: no-reply@arXiv.org\nTo: rabble@arXiv.org\nMessage-ID: <1@arXiv.org>\n", True),
        ("\n" * 150, True),
        ("MIME-Version: 1.0\nContent-Transfer-Encoding: quoted-printable\n", False),
        ("<html><pre>\n", False),
        ("---\ndate: 2023-03-17\n---\n", False),
    ],
)
def test_mails_as_they_were_sent_and_quoted_listings_are_others(before: str, accepted: bool) -> None:
    raw = RawDigest(path="a", text=before + HEADER.format("1 new + 0 crosses") + NEW)
    assert arxiv_mail.accepts(raw) is accepted


@pytest.mark.parametrize(
    "text",
    [f"{RULE}\n\\\\\n" * 30_000, "\\\\\narXiv:1\n" * 30_000, f"{NEW}{'  x' * 100_000}", "%-" * 200_000],
)
def test_long_files_are_read_in_one_pass(text: str) -> None:
    try:
        arxiv_mail.read(RawDigest(path="a", text=text, day=date(2023, 3, 17)))
    except DigestError as error:
        assert str(error).startswith("a: expected papers between lines of two backslashes")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fri,  3 Mar 23 01:29:12 GMT", (2023, 3, 3)),
        ("Tue, 16 Sep 1997 14:44:58 GMT   (11kb)", (1997, 9, 16)),
        ("3 March 99", (1999, 3, 3)),
        ("Wed  1 Mar 23 19:00:00 GMT", (2023, 3, 1)),
        *((text, None) for text in ("", "Fri, 31 Feb 2023", "3 Mar 023", "Fri, 3 Mrz 2023", "3 Mar 2023x")),
    ],
)
def test_dates_of_mails(text: str, expected: tuple[int, int, int] | None) -> None:
    assert read_mail_date(text) == expected
