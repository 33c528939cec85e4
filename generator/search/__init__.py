"""The search: data files of the archive, and scripts in the theme that search them in the browser.

The seam is small. `generator.search.files` turns the archive into files below ``search/``; in the browser
``Broadsheet.search(query)`` answers from them. How the files look is known to `generator.search.files` and
``assets/js/search-engine.js`` alone.
"""
