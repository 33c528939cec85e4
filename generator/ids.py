"""Identifiers of papers, and the one function that turns text into file names. Pure.

Sources: arXiv identifiers, <https://info.arxiv.org/help/arxiv_identifier.html>; DOI syntax, the DOI Handbook 2.2,
and <https://www.crossref.org/blog/dois-and-matching-regular-expressions/>.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from anyascii import anyascii

#: No file name made here is longer, ending included (the limit of common file systems is 255).
NAME_BYTES = 200
_ENDING_BYTES = 10

_ARXIV_NEW = re.compile(r"(\d{4})\.(\d{4,5})(?:v([1-9]\d{0,2}))?", re.ASCII)
_ARXIV_OLD = re.compile(
    r"([a-z][a-z-]*)(?:\.[a-z]{2})?/(\d{7})(?:v([1-9]\d{0,2}))?", re.ASCII | re.IGNORECASE
)
_ARXIV_PREFIX = re.compile(
    r"^(?:https?://)?(?:(?:www|export)\.)?(?:arxiv\.org/(?:abs|pdf|html|format|src)/|huggingface\.co/papers/"
    r"|(?:oai:)?arxiv(?:\.org)?:|doi\.org/10\.48550/arxiv\.|10\.48550/arxiv\.)\s*",
    re.IGNORECASE,
)
#: An identifier that became a number, and how far from a whole one its last part may be then: a binary fraction of
#: four digits before the point has an error of 1e-12 at most, a hundred thousand times that in the fifth place.
_NUMBER = re.compile(r"\d{3,4}\.\d{1,20}", re.ASCII)
_ROUNDING = 1e-6
_QUERY = re.compile(r"[?#]")
_DOI = re.compile(r"10\.\d{4,9}/\S+", re.ASCII)
_DOI_PREFIX = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
#: Device names of Windows: a file of this name, whatever its ending, cannot be made there.
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in range(10)))
)
_SPELLED = {"+": " plus ", "#": " sharp ", "&": " and ", "@": " at ", "%": " percent "}
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
#: Small letters of ASCII into what `slug` and `file_name` keep of them, with a space for the rest; and what
#: `normal_title` leaves out. Bytes, for `bytes.translate` takes a tenth of the time that a loop takes.
_SLUG = bytes(code if chr(code) in f"{_LETTERS}." else 32 for code in range(256))
_NAME = bytes(code if chr(code) in f"{_LETTERS}._" else 32 for code in range(256))
_NOT_NORMAL = bytes(code for code in range(256) if chr(code) not in f"{_LETTERS}+#")
#: What `normal_title` leaves out: no letters or digits (`\w` is what `str.isalnum` says, and the underscore).
_UNTOLD = re.compile(r"[^\w+#]+|_+")


class ArxivId(NamedTuple):
    """An arXiv identifier: `id` is canonical and without version, `version` is None where none was given."""

    id: str
    version: int | None


def parse_arxiv(text: str) -> ArxivId | None:
    """Read an arXiv identifier in any of its forms; None if `text` is not one.

    >>> parse_arxiv("https://arxiv.org/pdf/2403.01234v2.pdf")
    ArxivId(id='2403.01234', version=2)
    >>> parse_arxiv("arXiv:math.GT/0309136")
    ArxivId(id='math/0309136', version=None)
    >>> parse_arxiv("10.48550/arXiv.2403.01234").id
    '2403.01234'

    The subject class of an old identifier (``.GT``) is dropped, as arXiv itself does. A month outside 01-12, or
    a number of the wrong length for its year (four digits to 1412, five since), is not an identifier.
    """
    match = _ARXIV_NEW.fullmatch(text)  # as most sources write it
    if not match:
        bare = _ARXIV_PREFIX.sub("", text.strip())
        bare = _QUERY.split(bare, maxsplit=1)[0].removesuffix(".pdf").rstrip("/")
        match = _ARXIV_NEW.fullmatch(bare)
    if match:
        month, number, version = match.groups()
        if _is_month(month) and len(number) == (5 if month >= "1501" else 4) and month >= "0704":
            return ArxivId(f"{month}.{number}", int(version) if version else None)
    elif match := _ARXIV_OLD.fullmatch(bare):
        archive, number, version = match.groups()
        if _is_month(number[:4]):
            return ArxivId(f"{archive.lower()}/{number}", int(version) if version else None)
    return None


def _is_month(yymm: str) -> bool:
    return "01" <= yymm[2:4] <= "12"


def repair_arxiv(damaged: str | float, *, year: int, month: int) -> ArxivId | None:
    """The identifier that a table's program took for a number: ``704.0291``, ``1806.0757199999998``. None unless the
    month in it is confirmed by that of the paper's first version.

    A number loses the zeros at both ends, and may come back with the error of a binary fraction (IEEE 754); what is
    further from every identifier than that is none. Identifiers are given when papers are announced, so `month` may be
    the one before or after. Identifiers of before April 2007 are no numbers, and those with a version never became one.

    >>> repair_arxiv("704.0291", year=2007, month=4), repair_arxiv(1806.0757199999998, year=2018, month=6)
    (ArxivId(id='0704.0291', version=None), ArxivId(id='1806.07572', version=None))
    >>> repair_arxiv("704.0291", year=2011, month=3) is None
    True
    """
    if isinstance(damaged, bool) or not (isinstance(damaged, (int, float)) or _NUMBER.fullmatch(damaged)):
        return None
    value = float(damaged)
    if not 704 <= value < 10_000:  # nor NaN
        return None
    yymm = int(value)
    places = 5 if yymm >= 1501 else 4
    scaled = (value - yymm) * 10**places
    number = round(scaled)
    found = parse_arxiv(f"{yymm:04d}.{number:0{places}d}")
    if found is None or not number or abs(scaled - number) > _ROUNDING:
        return None
    months = (2000 + yymm // 100) * 12 + yymm % 100
    return found if abs(months - (year * 12 + month)) <= 1 else None


def parse_doi(text: str) -> str | None:
    """Read a DOI, with or without a resolver's address; lower case, for DOIs ignore case. None if it is not one.

    >>> parse_doi("https://doi.org/10.1145/3292500.3330701")
    '10.1145/3292500.3330701'
    """
    bare = _DOI_PREFIX.sub("", text.strip())
    bare = unquote(bare) if bare != text.strip() else bare
    bare = unicodedata.normalize("NFC", bare).rstrip(".,;")
    return bare.lower() if _DOI.fullmatch(bare) and bare.isprintable() else None


def arxiv_key(arxiv_id: str) -> str:
    """The key of a paper by its canonical arXiv id: ``2410.12952``, ``cs-0701111``."""
    return file_name(arxiv_id.replace("/", "-"))


def doi_key(doi: str) -> str:
    """The key of a paper by its DOI: what a file name cannot hold becomes ``-``."""
    return file_name(doi)


def title_key(title: str, discriminator: str = "") -> str:
    """The key of a paper known only by its title: ``<title-slug>-<6 hex>``.

    The hex digits stand for the title's letters (`normal_title`) and a `discriminator`, such as the first
    author, so that other works of the same title get other keys.
    """
    stem, letters = _title(title)
    return file_name(f"{stem}-{digest6(letters + chr(0) + discriminator)}")


@lru_cache(maxsize=16)  # a work asks for several keys of its title
def _title(title: str) -> tuple[str, str]:
    return slug(title)[:60].strip("-") or "paper", normal_title(title)


def digest6(text: str) -> str:
    """Six hex digits that stand for `text`."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]


def normal_title(title: str) -> str:
    """The letters and digits of a title, case and accents folded: equal for two spellings of one title.

    TeX braces, punctuation and spaces do not count, but the signs that tell C++ and C# from C do. Scripts other than
    Latin keep their own letters. A title without any letter or digit stands for itself.

    >>> normal_title("{BERT}: Pré-training")
    'bertpretraining'
    """
    if title.isascii():
        return title.lower().encode().translate(None, _NOT_NORMAL).decode() or title.strip()
    return _UNTOLD.sub("", unicodedata.normalize("NFKD", title.casefold())) or title.strip()


def slug(text: str) -> str:
    """Lower-case ASCII words joined by ``-``; empty if nothing of `text` can be spelled so.

    Signs that tell names apart are spelled out: C++ and C# differ.

    >>> slug("LLM agents & tool use"), slug("C++"), slug("Schrödinger")
    ('llm-agents-and-tool-use', 'c-plus-plus', 'schrodinger')
    """
    return _hyphened(text, _SLUG).strip("-.")


def _hyphened(text: str, kept: bytes) -> str:
    """`text` in small letters of ASCII, with a hyphen for each run of what is not `kept` between what is."""
    for sign, words in _SPELLED.items():
        if sign in text:
            text = text.replace(sign, words)
    return "-".join(anyascii(text).lower().encode().translate(kept).decode().split())


def file_name(text: str) -> str:
    """A file name (without ending) for any text. The only way from text to a path.

    The result matches ``[a-z0-9][a-z0-9._-]*``, so it cannot leave its folder or differ from another only by
    case; it is never a reserved device name and, with an ending of up to ten bytes, at most `NAME_BYTES` long.
    Two texts that spell alike get the same name, but for scripts without letters of their own in ASCII, such as
    Chinese: who needs them apart adds a discriminator.
    """
    name = _hyphened(text, _NAME)
    if ".." in name:
        name = re.sub(r"\.{2,}", ".", name)
    name = name.strip("-._")
    if not name:
        return f"x-{digest6(text)}"
    if not text.isascii() and any(
        unicodedata.category(char) == "Lo" for char in text
    ):  # spelled alike: 王伟 and 王维
        name = f"{name}-{digest6(text)}"
    if len(name) > NAME_BYTES - _ENDING_BYTES:
        return f"{name[: NAME_BYTES - _ENDING_BYTES - 7].rstrip('-._')}-{digest6(text)}"
    # The index of a folder is the folder's own page.
    return f"x-{name}" if name == "index" or name.partition(".")[0] in _DEVICES else name
