"""Arbitrary values of the model for Hypothesis."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from generator.model import ANNOUNCED, Link, PartialDate, Record, Source
from generator.readers.raw import source_slug
from generator.text.clean import clean_line
from generator.text.links import safe_url

#: Pieces that mean something to Markdown, YAML, HTML, a template, or a list of values.
PIECES = [
    *(
        "- ",
        "# ",
        "## ",
        "---",
        "***",
        "1. ",
        "> ",
        "```",
        "`",
        "*",
        "**",
        "_",
        "__",
        "~~",
        "|",
        "\\",
        "\\;",
        "{{",
        "}}",
    ),
    *(
        "<script>",
        "</p>",
        "<!--",
        "-->",
        "&lt;",
        "&amp;",
        "&",
        ";",
        ",",
        ", ",
        ": ",
        ":",
        "[",
        "](",
        ")",
        "{ #x }",
        "{: a=b}",
    ),
    *(
        "[x](javascript:alert(1))",
        "[a](https://example.org)",
        "https://github.com/a/b",
        "$a_1*b$",
        "authors: x",
        "none",
    ),
    *("A", "word", "Ünï", "题目", "🎉", "\u200d", "\u202e", "\x00", "\n", "\ud800", "=", "+", "!", "x" * 300),
]
raw_texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=8).map("".join)
lines = raw_texts.map(clean_line)
some_lines = lines.filter(bool)
line_tuples = st.lists(some_lines, max_size=4, unique=True).map(tuple)

urls = (
    st.builds(
        lambda host, path: safe_url(f"https://{host}.example.org/{path}"),
        st.sampled_from("abc"),
        st.text(st.sampled_from("abc/?&=;,()[]*_~'!%#:@.é&lt;"), max_size=12),
    )
    .filter(bool)
    .map(str)
)
links = st.builds(
    Link, st.sampled_from(["arXiv", "PDF", "Code", "Project page", "Page"]) | some_lines, urls
) | (
    st.builds(
        Link,
        st.sampled_from(["Hugging Face", "Page"]),
        st.sampled_from(
            [f"https://huggingface.co/papers/{own}" for own in ("2503.10613", "0704.0001", "math/0309136")]
        ),
    )
)
dates = st.integers(1, 9999).map(PartialDate) | st.dates().map(lambda day: PartialDate(*day.timetuple()[:3]))
sources = st.builds(
    lambda name, slug, url: Source(slug or source_slug(name), name, url),
    some_lines.map(lambda name: f"Source {name}"),
    st.sampled_from([None, "a-slug", "b.slug_2"]),
    st.none() | urls,
)
counts = st.none() | st.integers(0, 10**6)
arxiv_ids = st.sampled_from(["2503.10613", "0704.0001", "math/0309136"])

_records = st.builds(
    lambda arxiv, **fields: Record(where="", arxiv_id=arxiv[0], arxiv_version=arxiv[1], **fields),
    st.just((None, None)) | st.tuples(arxiv_ids, st.none() | st.integers(1, 99)),
    title=some_lines,
    source=st.none() | sources,
    abstract=st.lists(some_lines, max_size=3).map("\n\n".join),
    authors=line_tuples,
    doi=st.none() | st.sampled_from(["10.1000/xyz", "10.1002/(sici)1097<1::aid-a_b>3.0.co;2-#"]),
    published=st.none() | dates,
    revised=st.none() | dates,
    announced=st.sampled_from(["", *ANNOUNCED]),
    venue=lines,
    comment=lines,
    links=st.lists(links, max_size=3, unique_by=lambda link: link.url).map(tuple),
    tags=line_tuples,
    keywords=line_tuples,
    categories=line_tuples,
    summary=lines,
    upvotes=counts,
    comments=counts,
    stars=counts,
    submitted_by=st.none() | some_lines,
    organization=st.none() | some_lines,
)
#: Some of them with formulas that were restored.
records = st.builds(
    lambda record, restored: replace(record, restored=record.abstract if restored else ""),
    _records,
    st.booleans(),
)
