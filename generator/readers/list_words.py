"""What the words of a list of papers are: labels of fields, names of links, names of people, days. Pure.

Lists are written by people and programs of every kind, so these are the words that they use, in English and Chinese.
"""

from __future__ import annotations

import re
from datetime import date

from generator.ids import parse_arxiv, parse_doi
from generator.model import PartialDate
from generator.readers.fields import read_date
from generator.readers.people import split_authors
from generator.text.clean import clean_line

#: Labels of fields, in small letters, by what they stand for. "other" is what a Record has no place for.
_LABELS: dict[str, tuple[str, ...]] = {
    "title": ("title", "original title", "paper title", "原文标题", "论文标题", "标题", "题目"),
    "authors": ("author", "authors", "by", "author(s)", "作者"),
    "abstract": ("abstract", "摘要"),
    "summary": ("tldr", "tl;dr", "summary", "ai summary", "one-sentence summary", "总结", "一句话总结"),
    "published": ("date", "year", "published", "published on", "publication date", "submitted", "submitted on",
                  "date published", "日期", "发布日期", "发表日期", "提交日期"),
    "revised": ("updated", "last updated", "revised"),
    "venue": ("journal", "journal ref", "journal-ref", "journal reference", "venue", "conference", "published in",
              "期刊", "会议"),
    "comment": ("comment", "comments", "备注"),
    "arxiv": ("arxiv", "arxiv id", "arxiv:"),
    "doi": ("doi", "related doi"),
    "categories": ("subject", "subjects", "category", "categories", "primary category", "分类"),
    "keywords": ("keyword", "keywords", "tag", "tags", "topic", "topics", "关键词", "标签"),
    "upvotes": ("upvotes", "upvote", "votes", "likes", "点赞"),
    "links": ("link", "links", "paper link", "pdf", "pdf link", "code", "github", "project", "project page",
              "url", "paper", "source", "链接", "论文链接", "代码", "项目主页"),
    "other": ("relevance", "cites", "score", "similarity", "affiliation", "affiliations", "institution", "institutions",
              "rating", "相关性", "评分", "机构", "单位"),
}  # fmt: skip
LABELS = {name: field for field, names in _LABELS.items() for name in names}
_LABELLED = re.compile(r"\W{0,3}([^:：\n]{1,30}?)\s*[:：]\s*(.*)", re.DOTALL)

#: What links are called that say what they are and not where they lead; those with a label are kept by it.
_LINK_WORDS: dict[str, tuple[str, ...]] = {
    "PDF": ("pdf", "paper pdf"),
    "Code": ("code", "github", "github repo", "repo", "repository", "source code", "official code", "代码"),
    "Project page": ("project", "project page", "project website", "website", "homepage", "web", "项目主页", "项目"),
    "Slides": ("slides",),
    "Poster": ("poster",),
    "Video": ("video", "youtube", "talk", "recording"),
    "Demo": ("demo",),
    "Dataset": ("data", "dataset", "datasets"),
    "Model": ("model", "models", "weights", "checkpoint", "checkpoints"),
    "Blog post": ("blog", "blog post", "post", "博客"),
    "Tweet": ("tweet", "twitter", "x", "thread"),
    "Supplement": ("supp", "supplement", "supplementary", "supplemental"),
    "": (
        "html", "arxiv", "abs", "abstract", "paper", "papers", "link", "links", "url", "doi", "page", "hugging face",
        "huggingface", "hf", "openreview", "alphaxiv", "bibtex", "cite", "full text", "fulltext", "download", "here",
        "source", "more", "read", "read more", "read paper", "read the paper", "view", "view paper", "view pdf",
        "view on arxiv", "details", "share", "save", "new", "book", "citation", "other", "other formats", "export",
        "acl", "anthology", "preprint", "semantic scholar", "google scholar", "pubmed", "biorxiv", "journal",
        "publisher", "原文", "链接", "论文", "论文链接", "阅读全文", "下载", "查看",
    ),
}  # fmt: skip
_LINK_LABELS = {word: label for label, words in _LINK_WORDS.items() for word in words}
_VERB = re.compile(r"^(?:download|view|read|open|see|get|visit|full)\s+(?:the\s+|full\s+|as\s+|on\s+)?")
_SIGNS = " \t\n[](){}<>【】「」|/·•:：,，;.。-–—→↗➡🔗📄📑💻🌐⭐️"

#: What stands before a title and is none of it: its number, bullets, Scholar's kinds of files, signs.
_BEFORE_TITLE = re.compile(
    r"^(?:\s*(?:\[\d{1,4}(?:\.\d{4,5}(?:v\d+)?)?\]|\(\d{1,3}\)|#?\d{1,3}\s?[.)、](?=\s|[^\d\s])|#\d{1,3}\b"
    r"|[-–—•●▪◦▶►*]+(?=\s)"
    r"|\[(?:PDF|HTML|BOOK|CITATION|B|C|DOC|PS|TXT)\]|[\U0001F300-\U0001FAFF\u2600-\u27BF\u2B00-\u2BFF\uFE0F]+))+\s*"
)
_READING_TIME = re.compile(r"\s*\(\d{1,3}[ -]minute read\)$", re.IGNORECASE)

#: The word of a name: a capital, an initial, a particle.
_NAME_WORD = re.compile(
    r"[^\W\d_a-z][\w.'’\-‐‑]*\.?|(?:de|da|di|del|della|der|den|van|von|la|le|el|al|bin|ibn|ben|dos|das|du|ter|ten|zu|y|e|d')",
)
#: A full stop that ends a sentence and no initial or suffix.
_STOP = re.compile(r"(?<=[a-z]{3})\.$")
_CUT = re.compile(r"…|\.\.\.|\bet\s+al\.?,?|等$")

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"({'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_DAY = re.compile(
    rf"(?<![\d.])(?:(\d{{4}})[-/.年]\s?(\d{{1,2}})[-/.月]\s?(\d{{1,2}})日?(?![\d.])"
    rf"|\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b|\b(\d{{1,2}})(?:st|nd|rd|th)?\.?\s+{_MONTH},?\s+(\d{{4}})\b)",
    re.IGNORECASE | re.ASCII,
)
_RANGE = re.compile(r"[-–—~]\s*(?:\w{3,9},?\s+)?$|\b(?:to|through|until)\s+(?:\w{3,9},?\s+)?$", re.IGNORECASE)


def labelled(text: str) -> tuple[str, str] | None:
    """The field that a line is, by the label it begins with, and the value after it; None for any other line.

    >>> labelled("TLDR: Plans by cost."), labelled("摘要："), labelled("Plans: by cost")
    (('summary', 'Plans by cost.'), ('abstract', ''), None)
    """
    match = _LABELLED.fullmatch(text)
    name = LABELS.get(match[1].strip().lower()) if match else None
    return (name, match[2]) if match and name else None


def label_of_field(text: str) -> str | None:
    """The field that a text is the label of and nothing more, as a heading "Abstract" is."""
    return LABELS.get(text.strip(_SIGNS).lower())


def link_label(text: str) -> str | None:
    """What a link is by its words: "PDF" for "[pdf]", empty where they only say that there is one; None for others.

    Identifiers and addresses say that there is one.

    >>> link_label("[PDF]"), link_label("arXiv:2503.10613"), link_label("A Title")
    ('PDF', '', None)
    """
    bare = text.strip().strip(_SIGNS).lower()
    if not any(char.isalnum() for char in bare):
        return ""
    for words in (bare, _VERB.sub("", bare)):
        if words in _LINK_LABELS:
            return _LINK_LABELS[words]
    if parse_arxiv(bare) or parse_doi(bare) or bare.startswith(("http://", "https://", "www.", "arxiv:")):
        return ""
    return None


def bare_title(text: str) -> str:
    """A title without its number, bullet and marks.

    >>> bare_title("12. [PDF] Attention (5 minute read)"), bare_title("3D Vision"), bare_title("2.5D maps")
    ('Attention', '3D Vision', '2.5D maps')
    """
    return without_marks(text) or clean_line(text)


def without_marks(text: str) -> str:
    """What is left of a text without the marks that stand around a title; empty if it has nothing else."""
    return _READING_TIME.sub("", _BEFORE_TITLE.sub("", clean_line(text), count=1)).strip()


def names(text: str) -> tuple[str, ...]:
    """The names of authors in a text that is known to hold them; what stands for those left out is none.

    >>> names("DV Dennison, P Sarin, C Bywater…"), names("A. B, C. D, E. F, ..., G. H, I. J")
    (('DV Dennison', 'P Sarin', 'C Bywater'), ('A. B', 'C. D', 'E. F', 'G. H', 'I. J'))
    """
    cut = _CUT.sub(", ", text.replace("、", ", ").replace("，", ", "))
    return tuple(filter(None, (_STOP.sub("", name).strip() for name in split_authors(cut))))


def are_names(text: str) -> bool:
    """Whether a text looks like a list of names: two at least, of capital words, without a sentence.

    >>> are_names("Ada Lovelace, Charles Babbage"), are_names("Vision, Language and Action"), are_names("Agents plan.")
    (True, False, False)
    """
    if len(text) > 5000 or not ("," in text or " and " in text or ";" in text or "…" in text):
        return False
    parts = names(text)
    return len(parts) >= 2 and all(map(is_name, parts))


def is_name(text: str) -> bool:
    """Whether a text looks like the name of a person."""
    words = text.split()
    return 2 <= len(words) <= 6 and len(text) <= 60 and all(map(_NAME_WORD.fullmatch, words))


def find_day(text: str) -> date | None:
    """The one whole day that a text names; None if it names none, several, or a span of days.

    >>> str(find_day("Hugging Face 2025-01-08 论文日报")), str(find_day("Papers of Friday, 14 March 2025"))
    ('2025-01-08', '2025-03-14')
    >>> find_day("March 10 - March 16, 2025") is find_day("Mar 14") is None
    True
    """
    found: set[date | None] = set()
    for match in _DAY.finditer(text):
        if _RANGE.search(text[max(0, match.start() - 20) : match.start()]):
            return None
        found.add(_day(match))
    return found.pop() if len(found) == 1 else None


def _day(match: re.Match[str]) -> date | None:
    year = match[1] or match[6] or match[9]
    month = match[2] or _MONTHS.index((match[4] or match[8])[:3].lower()) + 1
    try:
        return date(int(year), int(month), int(match[3] or match[5] or match[7]))
    except ValueError:
        return None


def read_any_date(text: str) -> PartialDate | None:
    """A date as `generator.readers.fields.read_date` reads it, or the one whole day that a short text names."""
    found = read_date(text)
    if found is None and len(text) <= 60 and (day := find_day(text)):
        found = PartialDate(day.year, day.month, day.day)
    return found
