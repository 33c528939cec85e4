"""How a paper is cited: each module writes one format, all of the same `Paper`, under the same key.

A page shows BibTeX; the exports of a day have each format as a file (`generator.exports.day_citations`).
"""
