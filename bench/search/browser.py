"""Chromium, and how much memory its pages take."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

#: A page that has not answered after so many seconds will not.
PATIENCE = 300
_QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
#: No process is kept ready for a next page: it would share the memory that is counted.
_ALONE = "--disable-features=SpareRendererForSitePerProcess"

_WINDOW = b"--top-chrome-webui"


@contextmanager
def chromium(fingerprint: str | None) -> Iterator[Browser]:
    """Debian's Chromium, headless, that talks to nobody on its own and trusts the certificate with a fingerprint."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not path:
        raise FileNotFoundError("expected a program named chromium, found none; run: make browser")
    trust = [f"--ignore-certificate-errors-spki-list={fingerprint}"] if fingerprint else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*_QUIET, _ALONE, *trust])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def cold_page(browser: Browser) -> Iterator[Page]:
    """A blank page that knows nothing of any other: no cache, no connection."""
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    try:
        yield page
    finally:
        context.close()


def memory(browser: Browser) -> int:
    """Bytes of the largest process that shows a page: what is its own and its part of what is shared."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    found = [_memory_of(process["id"]) for process in processes if process["type"] == "renderer"]
    return max(found, default=0)


def _memory_of(process: int) -> int:
    """Bytes of a process; 0 if it shows a part of the browser's own window, has ended, or the system does not say."""
    folder = Path("/proc") / str(process)
    try:
        if _WINDOW in (folder / "cmdline").read_bytes().split(b"\0"):
            return 0
        return pss((folder / "smaps_rollup").read_text("ascii"))
    except OSError:
        return 0


def pss(rollup: str) -> int:
    """The proportional set size, in bytes, that the text of a ``smaps_rollup`` says; 0 if it says none."""
    for line in rollup.splitlines():
        name, _, rest = line.partition(":")
        if name == "Pss":
            return int(rest.split()[0]) * 1024
    return 0
