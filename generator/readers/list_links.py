"""Links of a list's entry: which are the paper, and what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from generator.errors import Problem, shown
from generator.ids import ArxivId, parse_arxiv, parse_doi
from generator.model import Link
from generator.readers.fields import make_link, paper_links
from generator.readers.list_inline import ListLink
from generator.readers.list_looks import is_venue
from generator.readers.markdown_paper import label_of
from generator.readers.raw import RawDigest
from generator.text.clean import clean_line
from generator.text.links import repository, safe_url


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Words of labels that say what a link is, not what the paper is called.
PAPER_LABELS = _words(
    "paper pdf arxiv abs abstract article preprint openreview doi acl html publication 论文 原文 论文链接"
)
_CODE_LABELS = _words("code github repo repository implementation pytorch tensorflow jax 代码")
_PROJECT_LABELS = _words("project website web homepage page webpage site 项目 主页")
_OTHER_LABELS = _words(
    "this tweet twitter blog post video youtube slides slide poster demo dataset data model models link links here url "
    "huggingface hf supp supplementary appendix talk notes review bibtex bib colab notebook docs media weights "
    "blogpost checkpoint checkpoints summary 链接 视频 博客 数据"
)
_ANY_LABEL = PAPER_LABELS | _CODE_LABELS | _PROJECT_LABELS | _OTHER_LABELS
_FILLERS = _words("the official full original more read of on in a an and version")
_WORDS = re.compile(r"[^\W\d_]+")
_LABEL_LIMIT = 60

#: Sites that have papers, with the begin of the paths under which they have them.
_SITES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("arxiv.org", ("/abs/", "/pdf/", "/html/")),
    ("alphaxiv.org", ("/abs/", "/pdf/")),
    ("doi.org", ("/10.",)),
    ("openreview.net", ("/forum", "/pdf")),
    ("aclanthology.org", ("/",)),
    ("aclweb.org", ("/anthology",)),
    ("proceedings.mlr.press", ("/",)),
    ("nips.cc", ("/paper",)),
    ("neurips.cc", ("/paper",)),
    ("thecvf.com", ("/content",)),
    ("ecva.net", ("/papers",)),
    ("jmlr.org", ("/papers",)),
    ("huggingface.co", ("/papers/",)),
    ("semanticscholar.org", ("/paper", "/arxiv")),
    ("paperswithcode.com", ("/paper/",)),
    ("biorxiv.org", ("/content/",)),
    ("medrxiv.org", ("/content/",)),
    ("ieeexplore.ieee.org", ("/document", "/abstract", "/iel")),
    ("computer.org", ("/csdl",)),
    ("acm.org", ("/doi", "/citation")),
    ("springer.com", ("/article", "/chapter", "/book")),
    ("nature.com", ("/articles",)),
    ("science.org", ("/doi",)),
    ("sciencedirect.com", ("/science",)),
    ("pnas.org", ("/doi",)),
    ("cell.com", ("/",)),
    ("wiley.com", ("/doi",)),
    ("tandfonline.com", ("/doi",)),
    ("sagepub.com", ("/doi",)),
    ("academic.oup.com", ("/",)),
    ("pubs.acs.org", ("/doi",)),
    ("journals.aps.org", ("/",)),
    ("ncbi.nlm.nih.gov", ("/pmc/", "/pubmed/")),
    ("pubmed.ncbi.nlm.nih.gov", ("/",)),
    ("usenix.org", ("/conference/", "/system/")),
    ("aaai.org", ("/index.php", "/ojs", "/papers")),
    ("ijcai.org", ("/proceedings",)),
    ("isca-archive.org", ("/",)),
    ("isca-speech.org", ("/archive",)),
    ("mdpi.com", ("/",)),
    ("frontiersin.org", ("/articles", "/journals")),
    ("plos.org", ("/",)),
    ("ssrn.com", ("/",)),
    ("hal.science", ("/",)),
    ("eprint.iacr.org", ("/",)),
    ("osf.io", ("/preprints",)),
    ("transformer-circuits.pub", ("/",)),
)
#: DOIs that stand in the addresses of publishers, as they say themselves.
_IN_PATH = (
    re.compile(r"/doi/(?:(?:abs|full|pdf|epdf|pdfdirect|book)/)?(10\.\d{4,9}/[^?#]+)"),
    re.compile(r"/(?:article|chapter|book)/(10\.\d{4,9}/[^?#]+)"),
    re.compile(r"/content/(10\.(?:1101|64898)/[\d.]+\d)(?:v\d+)?(?:\.[a-z.]+)?"),
)
_ARXIV = re.compile(r"^https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/")
_NATURE = re.compile(r"/articles/(s\d{5}-\d{3}-\d{4,5}-[\dwxyz])(?:\.pdf)?")


class PaperLinks(NamedTuple):
    """What the links of an entry say of its paper."""

    arxiv: ArxivId | None
    doi: str | None
    links: tuple[Link, ...]


def is_paper(url: str) -> bool:
    """Whether an address leads to a paper: to a PDF, or into a site for papers.

    >>> is_paper("https://arxiv.org/abs/2403.01234"), is_paper("https://github.com/a/b")
    (True, False)
    """
    if parse_arxiv(url) or parse_doi(url):
        return True
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return False
    if not host or parts.scheme not in ("http", "https"):
        return False
    path = parts.path.lower()
    return path.endswith(".pdf") or any(
        (host == site or host.endswith(f".{site}")) and path.startswith(paths) for site, paths in _SITES
    )


def is_label(label: str) -> bool:
    """Whether the words of a link say what it is, and are no title: "Paper", "[PDF]", "ACL 2024", an address, none.

    >>> is_label("Official Code"), is_label("Paper"), is_label("Visual Instruction Tuning"), is_label("2304.08485")
    (True, True, False, True)
    """
    words = _WORDS.findall(label.casefold())
    named = [word for word in words if word not in _FILLERS]
    if not words or label.startswith(("http://", "https://")) or parse_arxiv(label) or parse_doi(label):
        return True
    if len(label) <= _LABEL_LIMIT and is_venue(label):
        return True
    return len(named) > 0 and len(words) <= 4 and all(word in _ANY_LABEL for word in named)


def says_paper(label: str) -> bool:
    """Whether the words of a link say that it is the paper."""
    return is_label(label) and any(word in PAPER_LABELS for word in _WORDS.findall(label.casefold()))


def doi_in(url: str) -> str | None:
    """The DOI of an address: of a resolver, or of a publisher that writes it there.

    >>> doi_in("https://dl.acm.org/doi/pdf/10.1145/3292500.3330701"), doi_in("https://www.nature.com/articles/s41586-023-06924-6")
    ('10.1145/3292500.3330701', '10.1038/s41586-023-06924-6')
    """
    if found := parse_doi(url):
        return found
    safe = safe_url(url)
    if safe is None:
        return None
    parts = urlsplit(safe)
    if parts.hostname in ("www.nature.com", "nature.com") and (match := _NATURE.fullmatch(parts.path)):
        return parse_doi(f"10.1038/{match[1]}")
    if not is_paper(url):
        return None
    matches = (pattern.fullmatch(parts.path.rstrip("/")) for pattern in _IN_PATH)
    return next((parse_doi(unquote(match[1]).removesuffix(".pdf")) for match in matches if match), None)


def place_of(
    raw: RawDigest, line: int, links: Iterable[ListLink], notes: list[Problem], abstract: str = ""
) -> PaperLinks:
    """The identifiers and links of an entry's paper, and of its code if the abstract has it.

    Identifiers are those of the links that are the paper; others, with words of their own, may lead to another one.
    An address that cannot be linked to is left out, with a note.
    """
    arxiv: ArxivId | None = None
    doi: str | None = None
    found: list[Link] = []
    for label, url in links:
        own = is_label(label)
        known, number = (parse_arxiv(url), doi_in(url)) if own else (None, None)
        arxiv, doi = arxiv or known, doi or number
        if (known and known == arxiv and "huggingface.co" not in url) or parse_doi(url):
            continue  # the link follows from the identifier
        link = make_link(_name(label, url), url)
        if link:
            found.append(link)
        if own and not known and _ARXIV.search(url):
            remedy = "correct it; the paper keeps the link"
            notes.append(Problem(raw.at(line), "an arXiv id like 2403.01234", shown(url), remedy))
        elif url and not link:
            remedy = "correct it; the paper stays without it"
            notes.append(Problem(raw.at(line), "an http or https address", shown(url), remedy))
    links_ = paper_links(_once(found), arxiv_id=arxiv.id if arxiv else None, doi=doi, abstract=abstract)
    return PaperLinks(arxiv, doi, links_)


def _once(links: Sequence[Link]) -> list[Link]:
    """Links each under a label of its own: a second "Code" is "Code 2"."""
    counts: dict[str, int] = {}
    named = []
    for link in links:
        counts[link.label] = count = counts.get(link.label, 0) + 1
        named.append(Link(f"{link.label} {count}", link.url) if count > 1 else link)
    return named


def _name(label: str, url: str) -> str:
    """What a link is called: what its words say if that is known, else its words, else by where it leads."""
    words = set(_WORDS.findall(label.casefold()))
    safe = safe_url(url) or "https://x/"
    if words & _CODE_LABELS or (is_label(label) and repository(safe)):
        return "Code"
    if label_of(safe) == "Hugging Face":
        return "Hugging Face"
    if not is_label(label) or not words or words & PAPER_LABELS or label.startswith("http"):
        return clean_line(label)[:_LABEL_LIMIT] if not is_label(label) else label_of(safe)
    if words & _PROJECT_LABELS:
        return "Project page"
    named = clean_line(label.strip("[]() "))
    return f"{named[:1].upper()}{named[1:_LABEL_LIMIT]}" if words & _OTHER_LABELS else label_of(safe)
