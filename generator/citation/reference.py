"""What all formats of citations say alike: the key, the kind of work, where it is, who wrote it."""

from __future__ import annotations

from typing import NamedTuple

from generator.ids import slug
from generator.model import Paper
from generator.text.names import family_name


class Name(NamedTuple):
    """A name in its two parts; `given` is empty where there is one word, or a name that is not a person's."""

    family: str
    given: str


def citation_key(paper: Paper) -> str:
    """The first author's family name and the paper's own key, as in ``gupta-2503.10613``.

    The paper's key makes it unique, in every file and for ever; title and year have no part in it, for both may be
    corrected. ASCII letters, digits, ``.`` and ``-``, which BibTeX and biber take.
    """
    family = slug(family_name(paper.authors[0])).replace("-", "") if paper.authors else ""
    own = slug(paper.key)
    return f"{family}-{own}" if family else own


def is_article(paper: Paper) -> bool:
    """Whether it is cited as an article of a journal: it has a DOI and is no preprint of arXiv."""
    return bool(paper.doi and not paper.arxiv_id)


def address_of(paper: Paper) -> str:
    """Where the work itself is; empty if no place is known."""
    if paper.arxiv_id:
        return f"https://arxiv.org/abs/{paper.arxiv_id}"
    if paper.doi:
        return f"https://doi.org/{paper.doi}"
    return paper.links[0].url if paper.links else ""


def split_name(author: str) -> Name:
    """The parts of "Ada Lovelace" or "Lovelace, Ada".

    >>> split_name("Ada K. Lovelace"), split_name("Lovelace, Ada"), split_name("Plato")
    (Name(family='Lovelace', given='Ada K.'), Name(family='Lovelace', given='Ada'), Name(family='Plato', given=''))
    >>> split_name("I. Tinoco,")
    Name(family='Tinoco', given='I.')
    """
    family, comma, given = (part.strip() for part in author.rstrip(" ,").partition(","))
    if comma and family:
        return Name(family, given)
    *others, last = author.replace(",", " ").split() or [""]
    return Name(last, " ".join(others))
