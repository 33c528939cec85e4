"""The search: data files of the archive, and scripts in the theme that search them in the browser.

The seam is two names. `artifacts` turns a Library into files below ``search/``; in the browser
``Broadsheet.search(query)`` answers from them. How the files look is known to `generator.search.shards` and
``assets/js/search-engine.js`` alone.
"""

from generator.search.shards import artifacts

__all__ = ["artifacts"]
