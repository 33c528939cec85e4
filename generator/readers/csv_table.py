"""Tables of papers as text (CSV, TSV) whose columns have the usual names: `generator.readers.mapping.COMMON`."""

from __future__ import annotations

from generator.model import Digest, Source
from generator.readers.mapped import read_table
from generator.readers.mapping import COMMON_MAP
from generator.readers.raw import RawDigest
from generator.readers.table import read_header

NAME = "csv"
LABEL = "a table of papers (CSV, TSV)"
SOURCE = Source("table", "Table of papers")


def accepts(raw: RawDigest) -> bool:
    """Whether its first line names the columns of a title and of something else that tells a paper."""
    return read_header(raw.text, COMMON_MAP.fits) is not None


def read(raw: RawDigest) -> Digest:
    """Read the table. Raises DigestError if it has no such columns or no records, or its day is not known."""
    header = read_header(raw.text, COMMON_MAP.fits)
    if header is None:
        expected = "names of columns in the first line, a title among them"
        remedy = "name them, or describe the table in mkdocs.yml (extra.broadsheet.formats)"
        raw.fail(1, expected, "others or none", remedy)
    return read_table(raw, NAME, SOURCE, COMMON_MAP, header)
