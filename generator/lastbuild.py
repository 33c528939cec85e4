"""The archive as the last build left it, for commands that make something of what is on the site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from generator.archive.database import connect, read_meta
from generator.archive.intake import difference
from generator.archive.queries import Archive
from generator.errors import BuildError, Problem
from generator.fingerprints import reading_print
from generator.gathering import UNFINISHED
from generator.settings import Settings


@contextmanager
def built_archive(settings: Settings) -> Iterator[Archive]:
    """The archive of what is on the site. Raises BuildError if nothing was built, or digests changed since."""
    file = settings.cache / f"{settings.site.name}.sqlite"
    where, remedy = f"{settings.site.name}/", 'run "broadsheet build" first'
    if not file.is_file():
        raise BuildError(Problem(where, "a built site", "nothing", remedy))
    database = connect(file)
    try:
        known = read_meta(database)
        if known.get("reading") != reading_print(settings) or known.get(UNFINISHED):
            raise BuildError(Problem(where, "a site built as it is set up now", "an older one", remedy))
        found = difference(database, settings.digests, settings.root) if settings.digests.is_dir() else None
        if found and (found.changed or found.gone):
            changed = len(found.changed) + len(found.gone)
            said = f"{changed:,} that {'has' if changed == 1 else 'have'} changed since"
            raise BuildError(Problem(where, "a site built of the digests as they are now", said, remedy))
        yield Archive(database)
    finally:
        database.close()
