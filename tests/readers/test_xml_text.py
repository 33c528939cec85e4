"""XML that strangers wrote: what it is told by, where its elements stand, and what is said of damaged XML."""

from __future__ import annotations

from time import process_time

import pytest

from generator.errors import DigestError
from generator.readers.raw import RawDigest
from generator.readers.xml_text import children, load, places, root_name


def raw(text: str) -> RawDigest:
    return RawDigest(path="a.xml", text=text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<feed/>", "feed"),
        ("\n <?xml version='1.0'?>\n<?xml-stylesheet href='a.xsl'?><!-- a - -- b --><rdf:RDF>", "RDF"),
        ("<!DOCTYPE rss SYSTEM 'a'><rss version='2.0'>", "rss"),
        ("text <feed/>", ""),
        ("<!-- not closed <feed/>", ""),
        ("<>", ""),
    ],
)
def test_the_outermost_element(text: str, expected: str) -> None:
    assert root_name(raw(text)) == expected


@pytest.mark.parametrize("piece", ["<!---->", "<?a?>", "<!-- a -->\n", "<!--", "<?", "<!DOCTYPE a>", "  "])
def test_it_is_told_in_no_time(piece: str) -> None:
    start = process_time()
    root_name(raw(piece * 5_000 + "x"))
    assert process_time() - start < 0.5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<a>\n<b/>\n<c:b x=''>\n\n</c:b><bb/></a>", [2, 3]),
        ("<a>\n<!-- <b> --><![CDATA[<b>]]>\n<b/>\n<b>\n</b></a>", [3, 4]),
        ("<a>\n<b/><b/></a>", ["b[1]", "b[2]"]),
        ("<a>\n<b>\n<b/></b></a>", ["b[1]"]),
    ],
)
def test_where_elements_stand(text: str, expected: list[int | str]) -> None:
    document = raw(text.replace("<a>", "<a xmlns:c='d'>"))
    assert places(document, "b", len(list(children(load(document), "b")))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "<?xml version='1.0' encoding='latin-1'?>\n\n<feed>\n<entry></feed>",
            "a.xml:4: expected XML, found an error at line 4, column 10 (mismatched tag); "
            "correct it or get the file again",
        ),
        (
            '<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>',
            "a.xml: expected XML without entities of its own, found some; remove the document type declaration",
        ),
        (
            "",
            "a.xml:1: expected XML, found an error at line 1, column 1 (no element found); "
            "correct it or get the file again",
        ),
    ],
)
def test_what_is_said_of_no_xml(text: str, expected: str) -> None:
    with pytest.raises(DigestError) as caught:
        load(raw(text))
    assert str(caught.value) == expected
