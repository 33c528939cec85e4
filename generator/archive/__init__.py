"""The archive: everything that the digests say, in a database that a build only touches where something changed.

It lies in the cache, may be deleted at any time, and is then made anew, the same. What goes in are digests
(`generator.archive.intake`) and the record of addresses (`generator.archive.addresses`); records that share a name of
any kind are looked at together and become papers (`generator.archive.ties`, `generator.archive.derive`); what comes
out is asked for by day, list or key (`generator.archive.queries`).
"""
