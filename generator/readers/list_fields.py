"""Papers whose parts are named: ``**Authors:** …`` below a heading, or below an item of a list.

::

    ### 1. A heading, or [the title](https://arxiv.org/abs/…)

    **Original title:** The title, if this is given
    **Abstract:**
    Some paragraphs.

    **Links:** [arXiv](https://arxiv.org/abs/…) | [Code](https://github.com/…)

Names are English or Chinese. Of a heading with an original title the original one is the paper's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from generator.readers.list_dates import read_partial, without_days
from generator.readers.list_entry import Entry, read_title
from generator.readers.list_inline import BREAK, HOLE, ListLink, plain_words, read_line
from generator.readers.list_links import is_label, is_paper, says_paper
from generator.readers.list_looks import authors_of, names_in
from generator.readers.list_outline import Item, Section
from generator.text.clean import clean_line, clean_paragraphs
from generator.text.inline import plain

_NAMES = {
    "original": "original title; english title; 原文标题; 英文标题; 论文原标题",
    "title": "title; paper title; 标题; 论文标题; 题目",
    "authors": "authors; author; author(s); by; 作者",
    "abstract": "abstract; 摘要; 论文摘要",
    "summary": "summary; tl;dr; tldr; tl; description; notes; takeaway; key takeaway; 总结; 简介; 一句话总结; 中文总结",
    "venue": "venue; conference; journal; published in; 会议; 期刊; 发表",
    "published": "date; published; published on; publish date; publication date; year; 日期; 发布日期; 发表日期; 时间",
    "keywords": "keywords; tags; topics; 关键词; 标签",
    "links": "link; links; paper; paper link; paper links; pdf; arxiv; url; doi; code; github; project; project page; "
    "website; homepage; 论文链接; 论文地址; 论文; 链接; 原文链接; 代码; 代码链接; 项目; 项目主页",
}
#: What a name of a field is: the part of a paper that it gives.
PARTS = {name: part for part, names in _NAMES.items() for name in re.split(r";\s+", names)}
_FIELD = re.compile(
    r"[^\w*\[(|<]{0,6}(?P<stars>\*\*|__)?\s*(?P<name>[^\W\d_][\w;/ ()-]{0,29}?)\s*"
    r"(?(stars)(?:(?:\*\*|__)\s*[:：]|[:：]\s*(?:\*\*|__)|(?:\*\*|__)$)|[:：])(?!//)\s*(?P<value>.*)"
)
_NUMBER = re.compile(r"^\s*(?:\d{1,3}\s?[.)、:]|[（(]\d{1,3}[)）])\s*")
#: Parts of which one makes a section that of a paper.
_TELLING = frozenset({"original", "title", "authors", "abstract"})


def read_field(text: str) -> tuple[str, str, str] | None:
    """The part of a paper, the name and the value of a line ``name: value``; None if it is no field of a paper.

    >>> read_field("**Authors:** Ada Lovelace"), read_field("See also: nothing")
    (('authors', 'Authors', 'Ada Lovelace'), None)
    """
    match = _FIELD.fullmatch(text.strip())
    part = PARTS.get(" ".join(match["name"].lower().split())) if match else None
    return (part, match["name"], match["value"]) if match and part else None


def read_section(section: Section, known: Mapping[str, str]) -> Entry | None:
    """The paper of a section, with all that stands in it; None if it is of none."""
    entry = Entry(section.line)
    heading = read_line(_NUMBER.sub("", section.heading), known)
    fields, rest = _fields(section)
    led = [link for link in heading.links if not is_label(link.label) and is_paper(link.url)]
    told = led or _TELLING & {part for part, _, _ in fields}
    if not any(map(str.isalnum, without_days(section.heading))) or not (told or _is_led(rest, known)):
        return None
    entry.title = clean_line(led[0].label) if led else plain_words(heading.words)
    entry.links += [ListLink("" if link in led else link.label, link.url) for link in heading.links]
    for part, name, value in fields:
        take(entry, part, name, value, known)
    words = [line for text in rest if (line := _words(entry, text, known))]
    if words and not entry.summary:
        entry.summary = clean_line(" ".join(words))
    return entry


def take(entry: Entry, part: str, name: str, value: str, known: Mapping[str, str]) -> None:
    """Take the value of a field as the part of the paper that it is; its links too."""
    line = read_line(value, known)
    if part == "abstract":
        entry.abstract = clean_paragraphs(plain(value, addresses=True))
        return
    words = plain_words(line.words)
    entry.links += [
        ListLink(link.label if part == "links" and link.label else name, link.url) for link in line.links
    ]
    if part in ("title", "original"):
        label = next((link.label for link in line.links if not is_label(link.label)), "")
        entry.title = words or clean_line(label) or entry.title
    elif part == "authors":
        entry.authors = names_in(words)
    elif part == "published":
        entry.published = read_partial(words) or entry.published
    elif part == "keywords":
        entry.keywords = tuple(dict.fromkeys(filter(None, map(clean_line, re.split(r"[,;，、]", words)))))
    elif part == "venue":
        entry.venue = words
    elif part == "summary":
        entry.summary = words
    elif words and not line.links and is_paper(words):
        entry.links.append(ListLink(name, words))  # an address without a scheme


def _fields(section: Section) -> tuple[list[tuple[str, str, str]], list[str]]:
    """The fields of a section, and its other lines. A value goes on to an empty line, an abstract to the next field."""
    found: list[tuple[str, str, list[str]]] = []
    rest: list[str] = []
    open_, gap = False, False
    for text, item in _lines(section):
        if field := read_field(text):
            found.append((field[0], field[1], [field[2]]))
            open_, gap = True, False
        elif not text.strip():
            gap = True
        elif open_ and not item and (not gap or found[-1][0] == "abstract" or not any(found[-1][2])):
            found[-1][2].append(f"\n{text}" if gap else text)
            gap = False
        else:
            open_ = False
            rest.append(text)
    return [(part, name, "\n".join(lines)) for part, name, lines in found], rest


def _lines(section: Section) -> Iterator[tuple[str, bool]]:
    """The lines of text and the items of a section, in order, with whether it is an item."""
    both = [(line, text, False) for line, text in section.text]
    both += [(item.line, item.text, True) for top in section.items for item in all_items(top)]
    for _, text, item in sorted(both, key=lambda line: line[0]):
        yield text, item


def all_items(item: Item) -> Iterator[Item]:
    """An item and those below it."""
    yield item
    for below in item.items:
        yield from all_items(below)


def _is_led(rest: list[str], known: Mapping[str, str]) -> bool:
    """Whether the first line below a heading is nothing but links, of which one is called a paper."""
    line = read_line(rest[0], known) if rest else None
    if line is None or not any(
        says_paper(label) or (is_label(label) and is_paper(url)) for label, url in line.links
    ):
        return False
    return not any(map(str.isalnum, line.words.replace(HOLE, "").replace(BREAK, "")))


def _words(entry: Entry, text: str, known: Mapping[str, str]) -> str:
    """The words of a line below a heading; its links, and a line that is a list of authors, go to the entry."""
    line = read_line(text, known)
    entry.links += line.links
    words = plain_words(line.words)
    if not entry.authors and (names := authors_of(words)):
        entry.authors = names
        return ""
    return words if any(map(str.isalnum, words)) else ""


def absorb(entry: Entry, items: Sequence[Item], known: Mapping[str, str]) -> None:
    """Take what stands below a paper's item: fields, links, a list of authors, words of the summary."""
    words = [entry.summary]
    for item in (below for top in items for below in all_items(top)):
        if field := read_field(item.text):
            take(entry, *field, known)
        else:
            words.append(_words(entry, item.text, known))
    entry.summary = clean_line(" ".join(filter(None, (*words[1:], entry.summary) if not words[0] else words)))


def read_parent(item: Item, known: Mapping[str, str]) -> Entry | None:
    """The paper of an item whose links stand in the items below it, ``- [Paper](…)`` or ``- Paper: https://…``."""
    if not any(_is_link(below, known) for below in item.items):
        return None
    entry = read_title(item.line, item.text, known)
    absorb(entry, item.items, known)
    return entry


def _is_link(item: Item, known: Mapping[str, str]) -> bool:
    """Whether an item has a link to a paper and no words of its own but what it is."""
    line = read_line(item.text, known)
    field = read_field(item.text)
    own = (field is not None and field[0] == "links") or is_label(plain_words(line.words))
    return own and any(is_paper(url) or says_paper(label) for label, url in line.links if is_label(label))
