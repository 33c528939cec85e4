"""Which addresses lead to papers, and what they say of them. Pure: nothing is looked up.

Mails lead through the sender's own site, which counts the clicks: where such an address holds the other one
(``scholar_url?url=https://…``, ``safelinks…?url=…``, ``/CL0/https:%2F%2F…``), that is taken. What Google Scholar leads
to so is a paper wherever it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from generator.ids import ArxivId, parse_arxiv, parse_doi
from generator.model import Link
from generator.readers.fields import huggingface_link, make_link
from generator.text.links import URL_LIMIT, repository, safe_url

#: Sites of papers, with the beginning of the paths of a paper's page or file; endings of hosts count too.
_SITES: dict[str, str] = {
    "arxiv.org": "/(?:abs|pdf|html|format)/",
    "ar5iv.org": "/(?:abs|html)/",
    "huggingface.co": r"/papers/\d",
    "alphaxiv.org": "/(?:abs|pdf|overview)/",
    "papers.cool": "/arxiv/",
    "doi.org": r"/10\.\d",
    "openreview.net": r"/(?:forum|pdf)\?",
    "aclanthology.org": r"/[A-Z0-9][\w-]*\.[\w-]+",
    "proceedings.mlr.press": r"/v\d+/\w",
    "jmlr.org": "/papers/v",
    "neurips.cc": "/paper",
    "nips.cc": "/paper",
    "openaccess.thecvf.com": "/content",
    "ecva.net": "/papers/",
    "isca-archive.org": r"/\w+/\w",
    "ojs.aaai.org": r"/index\.php/\w+/article/",
    "aaai.org": r"/(?:index\.php/\w+/article|papers)/",
    "ijcai.org": r"/proceedings/\d+/\d",
    "semanticscholar.org": "/(?:paper|reader)/",
    "eprint.iacr.org": r"/\d{4}/\d",
    "biorxiv.org": "/content/",
    "medrxiv.org": "/content/",
    "chemrxiv.org": "/engage/chemrxiv/article-details/",
    "ssrn.com": r"/(?:abstract|sol3/papers\.cfm)",
    "hal.science": r"/\w+-\d+",
    "nature.com": "/articles/",
    "science.org": "/doi/",
    "sciencedirect.com": "/science/article/",
    "cell.com": "/.*fulltext/",
    "pnas.org": "/doi/",
    "dl.acm.org": "/doi/",
    "ieeexplore.ieee.org": r"/(?:abstract/|iel\d+/)?document/|/stamp/|/iel",
    "springer.com": "/(?:article|chapter|content/pdf)/",
    "wiley.com": "/doi/",
    "tandfonline.com": "/doi/",
    "sagepub.com": "/doi/",
    "acs.org": "/doi/",
    "rsc.org": r"/en/content/",
    "aps.org": r"/\w+/(?:abstract|pdf)/",
    "iop.org": "/article/",
    "aip.org": "/(?:doi|.*article)",
    "oup.com": "/.*article",
    "bmj.com": "/content/",
    "plos.org": r"/\w+/article",
    "elifesciences.org": "/articles/",
    "frontiersin.org": "/.*articles/",
    "mdpi.com": r"/[\d-]+/\d+/\d+/\d+",
    "pubmed.ncbi.nlm.nih.gov": r"/\d+",
    "ncbi.nlm.nih.gov": "/pmc/articles/|/pubmed/",
    "direct.mit.edu": r"/\w+/article",
    "royalsocietypublishing.org": "/doi/",
    "thelancet.com": "/.*article/",
    "annualreviews.org": "/.*doi/",
    "projecteuclid.org": "/journals/",
    "transacl.org": "/.*article",
    "researchsquare.com": "/article/",
    "inspirehep.net": r"/literature/\d",
    "adsabs.harvard.edu": "/abs/",
}
_PATHS = {host: re.compile(path) for host, path in _SITES.items()}
#: What shows, anywhere in HTML, that it may lead to a paper.
PAPER_SIGN = re.compile(
    "|".join([*map(re.escape, _SITES), r"\.pdf\b", r"href=\"/(?:abs|papers)/\d{4}\.\d{4,5}", "scholar_url"]),
    re.IGNORECASE,
)
_ARXIV_PATH = re.compile(r"/(?:abs|pdf|html|format|papers|overview|arxiv)/(.+?)(?:\.pdf)?/?", re.IGNORECASE)
_RELATIVE = re.compile(r"/(?:abs|pdf|papers)/(\d{4}\.\d{4,5}(?:v\d+)?)(?:\.pdf)?")
#: A DOI in the path of a publisher; what follows it there is the form of the text.
_DOI_PATH = re.compile(r"/(10\.\d{4,9}/[^?#\s]+)")
_DOI_TAIL = re.compile(
    r"(?:/(?:full|abstract|abs|pdf|epdf|pdfdirect|meta|html|summary|fulltext|full/html|full\.pdf))+$"
    r"|(?:v\d+)?(?:\.(?:full|abstract|pdf|full-text|short|full\.pdf|article-info))+$|(?<=\d)v\d+$",
    re.IGNORECASE,
)
#: Parameters of a query that may hold the address behind it.
_HELD = ("url", "q", "u", "target", "redirect", "redirect_url", "to", "dest")
_IN_PATH = re.compile(r"/(https?(?::|%3A)(?:%2F%2F|//)[^/?#]+)", re.IGNORECASE)
_DEFENSE = re.compile(r"/v3/__(https?://?.+?)__;")
#: Parameters that only count who came from where.
_COUNTING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|ref|_hsenc|_hsmi|casa_token")


class Address(NamedTuple):
    """Where a link leads: its safe address without what counts clicks; and what it says if it leads to a paper."""

    url: str
    paper: bool
    arxiv: ArxivId | None = None
    doi: str | None = None

    @property
    def work(self) -> str:
        """What is the same of two addresses of one paper, as far as they tell."""
        return (self.arxiv.id if self.arxiv else None) or self.doi or self.url

    @property
    def damaged(self) -> bool:
        """Whether it is one of arXiv's papers without an identifier that is one."""
        return self.paper and self.arxiv is None and _is_at(urlsplit(self.url).hostname or "", "arxiv.org")

    def link(self, label: str = "") -> Link | None:
        """The link that a paper has by this address, beside those that follow from its identifiers."""
        host = self.url.split("/")[2].removeprefix("www.")
        if (self.arxiv and host != "huggingface.co") or (self.doi and host == "doi.org"):
            return None
        if self.arxiv:
            return huggingface_link(self.arxiv.id)
        if not label:
            pdf = urlsplit(self.url).path.lower().endswith((".pdf", "/pdf"))
            label = "Code" if repository(self.url) else "PDF" if pdf else "Page"
        return make_link(label, self.url)


@lru_cache(maxsize=4096)  # who asks of a link asks again
def read_address(written: str) -> Address | None:
    """What an address, as a page has it, leads to; None if it leads nowhere on the web.

    >>> read_address("https://scholar.google.com/scholar_url?url=https://arxiv.org/pdf/2503.10613v2&hl=en").arxiv
    ArxivId(id='2503.10613', version=2)
    >>> read_address("https://pubs.acs.org/doi/abs/10.1021/jacs.5c00001").doi
    '10.1021/jacs.5c00001'
    >>> read_address("https://example.org/about").paper, read_address("#top")
    (False, None)
    """
    written = written.strip()
    if len(written) > 2 * URL_LIMIT:
        return None
    if match := _RELATIVE.fullmatch(written):
        written = f"https://arxiv.org/abs/{match[1]}"
    url = safe_url("".join(_unwrapped(written).split()))
    if url is None:
        return None
    parts = urlsplit(url)
    arxiv = _arxiv(parts.hostname or "", parts.path)
    if arxiv is None and (parts.hostname or "").endswith("openreview.net"):
        return Address(url, "id=" in parts.query and parts.path.startswith(("/forum", "/pdf", "/attachment")))
    if parts.query:
        url = urlunsplit(parts._replace(query=_without_counting(parts.query)))
    doi = None if arxiv else _doi(parts.path)
    known = any(
        _is_at(parts.hostname or "", host) and path.match(parts.path) for host, path in _PATHS.items()
    )
    named = known or parts.path.lower().endswith(".pdf") or "/scholar_url?" in unquote(written)
    return Address(url, bool(arxiv or doi or named), arxiv, doi)


def _is_at(host: str, site: str) -> bool:
    return host == site or host.endswith(f".{site}")


def _unwrapped(url: str) -> str:
    """The address that stands inside another, if one does; as often as that is so."""
    for _ in range(4):
        inner = _inner(url)
        if not inner:
            break
        url = inner
    return url


def _inner(url: str) -> str | None:
    """The address that another holds in its query or its path."""
    rest = url[8:]
    if "http" not in rest.lower():
        return None
    if match := _DEFENSE.search(url):
        return re.sub(r"^(https?):/(?!/)", r"\1://", match[1])
    try:
        query = parse_qsl(urlsplit(url).query, max_num_fields=100)
    except ValueError:
        return None
    for name, value in query:
        if name.lower() in _HELD and value.lower().startswith(("http://", "https://")):
            return value
    match = _IN_PATH.search(url, 8)
    return unquote(match[1]) if match and "%" in match[1] else None


def _without_counting(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=1000) if query.count("&") < 999 else []
    kept = [(name, value) for name, value in pairs if not _COUNTING.fullmatch(name)]
    return query if len(kept) == len(pairs) else urlencode(kept)


def _arxiv(host: str, path: str) -> ArxivId | None:
    sites = ("arxiv.org", "ar5iv.org", "huggingface.co", "alphaxiv.org", "papers.cool")
    if any(_is_at(host, site) for site in sites):
        match = _ARXIV_PATH.fullmatch(unquote(path))
        return parse_arxiv(match[1]) if match else None
    return parse_arxiv(f"https://doi.org{unquote(path)}") if host == "doi.org" else None


def _doi(path: str) -> str | None:
    match = _DOI_PATH.search(unquote(path))
    return parse_doi(_DOI_TAIL.sub("", match[1].rstrip("/"))) if match else None
