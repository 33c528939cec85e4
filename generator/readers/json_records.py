"""Papers in anybody's JSON or JSON Lines, whose keys have the usual names: `generator.readers.mapping.COMMON`.

bioRxiv's and medRxiv's API (``https://api.biorxiv.org/details/<server>/…``) gives such answers, and says how many
records it has.
"""

from __future__ import annotations

from generator.model import Digest, Source
from generator.readers import json_text
from generator.readers.mapped import read_json
from generator.readers.mapping import COMMON_MAP
from generator.readers.raw import RawDigest

NAME = "json-records"
LABEL = "a list of papers in JSON or JSON Lines"
SOURCE = Source("records", "List of papers")


def accepts(raw: RawDigest) -> bool:
    """Whether it is JSON whose first objects have keys for a title and for something else that tells a paper."""
    return COMMON_MAP.fits(json_text.keys(raw))


def read(raw: RawDigest) -> Digest:
    """Read the list. Raises DigestError if it is no JSON or has no list of papers, or its day is not known."""
    return read_json(raw, NAME, SOURCE, COMMON_MAP)
