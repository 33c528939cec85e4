"""Measures Broadsheet beside its peers: Hugo, and stock MkDocs with Material.

`corpus` makes sites of any size, `peers` holds the same papers for the others, `run` measures, `report` turns the
measurements into tables and a plot, `profile` says where the time of a build of ours goes. `restoring` measures how
well damaged mathematics is written again.
"""
