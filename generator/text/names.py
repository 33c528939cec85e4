"""Names of people, as digests spell them."""

from __future__ import annotations


def family_name(author: str) -> str:
    """The family name of "Ada Lovelace" or "Lovelace, Ada"; the whole name if it is one word.

    >>> family_name("Lovelace, Ada"), family_name("Ada Lovelace"), family_name("Plato"), family_name(", Ada")
    ('Lovelace', 'Lovelace', 'Plato', 'Ada')
    """
    first, comma, rest = author.partition(",")
    words = first.split() or rest.split()
    return first.strip() if comma and first.strip() else (words[-1] if words else "")
