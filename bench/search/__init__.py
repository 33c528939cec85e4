"""Measures the search in Chromium beside Pagefind and stock Material.

`queries` makes questions whose answers are known, `server` gives sites to the browser over a line as slow as is wished
(`link`, `files`, `http2`; `serving` starts it), `engines` asks each of the searches, `measures` says what it costs,
`agree` whether a site answers the same from a disk, `run` does all of it, `report` makes tables of it.
"""
