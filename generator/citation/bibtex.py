"""BibTeX, for LaTeX.

Rules: BibTeX's own manual ("BibTeXing", Patashnik 1988) for names and braces; the eprint fields are those that arXiv
gives (<https://info.arxiv.org/help/hypertex/bibstyles/index.html>). TeX in titles and abstracts stays TeX.
"""

from __future__ import annotations

import re

from generator.citation.reference import address_of, citation_key, is_article, split_name
from generator.model import Paper
from generator.text.prose import Prose

_SPECIAL = {"&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}"}
_SPECIAL |= {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}", "$": r"\$"}
_ESCAPED = str.maketrans(_SPECIAL)
_ANY_SPECIAL = re.compile(f"[{re.escape(''.join(_SPECIAL))}]")
#: A name that goes on in small letters after a hyphen.
_BROKEN = re.compile(r"\w-[a-z]+\b")
#: Braces by name: BibTeX counts those with a backslash too.
_NAMED = {r"\{": r"\textbraceleft{}", r"\}": r"\textbraceright{}"}
_BRACE = re.compile(r"\\?[{}]")
#: Mathematics, and macros with their arguments: what a record holds as TeX.
_TEX = re.compile(r"(?<!\\)\$[^$]+\$|\\[a-zA-Z]+(?:\s*\{[^{}]*\})+|\\['\"`^~=.]\{?[a-zA-Z]\}?|\\[&%#_$]")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def bibtex(paper: Paper, *, abstract: bool = False) -> str:
    """The BibTeX entry of a paper: ``@misc`` with the eprint for arXiv, ``@article`` with the DOI otherwise.

    With its `abstract`, if that is wanted, on one line.
    """
    fields = {"title": f"{{{_value(paper.title)}}}", "author": " and ".join(map(_author, paper.authors))}
    if paper.published:
        fields["year"] = str(paper.published.year)
    if is_article(paper) and paper.venue:
        fields["journal"] = _value(paper.venue)
    if paper.arxiv_id:
        fields |= {"eprint": paper.arxiv_id, "archiveprefix": "arXiv"}
    if paper.doi:
        fields["doi"] = paper.doi
    if url := address_of(paper):
        fields["url"] = url
    if abstract:
        fields["abstract"] = _value(" ".join(paper.abstract.split()))
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    if paper.published and paper.published.month:
        lines.append(f"  month = {_MONTHS[paper.published.month - 1]},")
    kind = "article" if is_article(paper) else "misc"
    return "\n".join([f"@{kind}{{{citation_key(paper)},", *lines, "}"]) + "\n"


def is_plain(paper: Paper) -> bool:
    """Whether its entry says no more than the page of the paper shows, so that a browser can make it (``cite.js``):
    nothing is TeX, no sign must be escaped, no name is kept whole.
    """
    venue = paper.venue if is_article(paper) else ""
    values = (paper.title, *paper.authors, venue)
    return (
        paper.title == paper.plain_title
        and venue == Prose(venue).as_plain
        and not any(_ANY_SPECIAL.search(value) for value in values)
        and all(_author(name) == name for name in paper.authors)
    )


def _author(name: str) -> str:
    """A name for an ``author`` field; one that holds the separator or a comma too many is kept whole by braces."""
    name = name.rstrip(" ,") or name  # "I. Tinoco," of which a "Jr." was lost
    # "Sai-er Hu": citation-js takes "er" for a particle like "van".
    if (
        "," not in name
        and _BROKEN.search(name.rpartition(" ")[0])
        and all(word[0].isupper() for word in name.split())
    ):
        family, given = split_name(name)
        name = f"{family}, {given}"
    whole = name.count(",") > 1 or ("and" in (small := name.lower()) and "and" in small.split())
    return f"{{{_value(name)}}}" if whole else _value(name)


def _tex(text: str) -> str:
    """Escape plain text for TeX; what is TeX already stays, unless its braces do not match."""
    if not _ANY_SPECIAL.search(text):  # all TeX has one
        return text
    if text.count("{") != text.count("}"):
        return _escape(text)
    parts, end = [], 0
    for match in _TEX.finditer(text):
        parts += [_escape(text[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*parts, _escape(text[end:])])


def _value(text: str) -> str:
    """Text for TeX of which no brace ends the field that it stands in."""
    tex = _tex(text)
    if "{" not in tex and "}" not in tex:
        return tex
    depth = 0
    for match in _BRACE.finditer(tex):
        depth += 1 if match[0][-1] == "{" else -1
        if depth < 0:
            break
    return tex if depth == 0 else _BRACE.sub(lambda match: _NAMED.get(match[0], match[0]), _escape(text))


def _escape(text: str) -> str:
    return text.translate(_ESCAPED)
