"""HTML that strangers wrote, into lines of text: what a reader needs of a page, and where in the file it stands.

HTML of mails and saved pages is broken in every way: values that were not escaped (``$a<b$``), elements that are not
closed, tables for layout. So nothing is refused here, and nothing takes longer than the text is long: a tree parser
looks for the element that an end tag closes in all that are open, which takes minutes where thousands are.

The rules are those of the HTML Standard, <https://html.spec.whatwg.org/multipage/parsing.html>, as far as they decide
which text stands in which block: comments, raw text, attributes, ends of elements that may be left out. One differs:
a ``<`` before anything but the name of an element is text, for mathematics is full of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.readers.raw import RawDigest
from generator.text.clean import resolve_references


def word_set(words: str) -> frozenset[str]:
    """The words of a text, as names of elements."""
    return frozenset(words.split())


#: Elements that begin a line of their own.
BLOCKS = word_set(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary"
    " table tbody td tfoot th thead tr ul"
)
#: Elements without an end.
VOID = word_set("area base br col embed hr img input link meta param source track wbr")
_INLINE = word_set(
    "a abbr acronym annotation applet area audio b base basefont bdi bdo big br button canvas cite code col colgroup"
    " data datalist del dfn em embed font frame frameset g head i iframe img input ins kbd label link map mark marquee"
    " math meta meter mfrac mi mn mo mover mrow msqrt msub msubsup msup mtext munder nobr noembed noframes noscript"
    " object optgroup option output param path picture plaintext progress q rp rt ruby s samp script select semantics"
    " slot small source span strike strong style sub sup svg template textarea time title track tt u use var video wbr"
    " xmp"
)
#: Elements whose content is text to their end tag, whatever it looks like.
_RAW = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"))

_NAME = re.compile(r"(/?)([A-Za-z][^\s/>]{0,60})")
_ATTRIBUTE = re.compile(
    r"[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]*)))?", re.DOTALL
)
_TAG_END = re.compile(r"[\s/=]*>")
_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:[^-]|-(?!->)){0,2000}-->\s*)*<(?:!doctype\s+html|([a-z][a-z0-9]*)[\s/>])",
    re.IGNORECASE,
)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
#: How much of a page may stand before the statement of its encoding, by the standard.
_NEAR = 1024
#: Encodings that are read as a larger one that has them, by the Encoding Standard, <https://encoding.spec.whatwg.org/>.
_LARGER = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252",
           "ascii": "cp1252", "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "shift_jis": "cp932"}  # fmt: skip


class Tag(NamedTuple):
    """A start or end tag at a place of the text; `attributes` have small letters for names."""

    place: int
    name: str
    closes: bool
    attributes: dict[str, str]


class Text(NamedTuple):
    """Text between tags at a place of the file, its character references resolved."""

    place: int
    text: str


def is_html(raw: RawDigest) -> bool:
    """Whether a text begins as HTML does: a whole page, or a piece of one."""
    match = _START.match(raw.text[:4000])
    return bool(match and (match[1] is None or match[1].lower() in BLOCKS | _INLINE))


def larger_encoding(name: str) -> str:
    """The encoding that texts in the encoding `name` are read as."""
    return _LARGER.get(name.strip().lower(), name.strip().lower())


def decoded(raw: RawDigest) -> RawDigest:
    """`raw` with the text that its bytes are in the encoding which the page says, where that had to be guessed."""
    said = _META_CHARSET.search(raw.data[:_NEAR])
    if not raw.decoding or not said:
        return raw
    try:
        text = raw.data.decode(larger_encoding(said[1].decode()))
    except (LookupError, ValueError):
        return raw
    return raw.with_text(text, decoding=())


def tokens(text: str) -> Iterator[Tag | Text]:
    """The tags and texts of HTML in order. Comments, declarations and scripts are left out; so is a tag without end."""
    place, start = 0, 0
    while (place := text.find("<", place)) >= 0:
        end, tag = _markup(text, place)
        if end == place:  # a character, no markup
            place += 1
            continue
        if place > start:
            yield Text(start, resolve_references(text[start:place]))
        place = start = end
        if tag is None:
            continue
        yield tag
        if tag.name in _RAW and not tag.closes:
            place = start = _raw_end(text, tag.name, end)
            if tag.name == "title":
                yield Text(end, resolve_references(text[end:place]))
    if start < len(text):
        yield Text(start, resolve_references(text[start:]))


def _markup(text: str, place: int) -> tuple[int, Tag | None]:
    """Where the markup that begins at `place` ends, and the tag that it is; it ends there where it is none."""
    following = text[place + 1 : place + 2]
    if following in ("!", "?"):
        comment = text.startswith("<!--", place)
        end = text.find("-->" if comment else ">", place + (4 if comment else 2))
        return (len(text) if end < 0 else end + (3 if comment else 1)), None
    match = _NAME.match(text, place + 1)
    if not match or not _is_element(match[2]):
        return place, None
    attributes: dict[str, str] = {}
    end = match.end()
    while not (closed := _TAG_END.match(text, end)):
        found = _ATTRIBUTE.match(text, end)
        if found is None:
            return len(text), None
        value = next((part for part in found.groups()[1:] if part is not None), "")
        attributes.setdefault(found[1].lower(), resolve_references(value))
        end = found.end()
    return closed.end(), Tag(place, match[2].lower(), bool(match[1]), attributes)


def _is_element(name: str) -> bool:
    """Whether it is the name of an element; those that an author or a word processor defines have a sign in them."""
    lower = name.lower()
    return lower in BLOCKS or lower in _INLINE or bool(re.fullmatch(r"[a-z][a-z0-9]*[-:][a-z0-9-]+", lower))


def _raw_end(text: str, name: str, place: int) -> int:
    match = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, place)
    return match.start() if match else len(text)
