"""Broadsheet turns paper digests into a permanent, searchable website."""

__version__ = "0.1.0"
