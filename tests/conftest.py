"""Shared by all tests: fixtures on disk, golden files, and the settings of Hypothesis."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.browser", "tests.firefox"]

FIXTURES = Path(__file__).parent / "fixtures"
GOLDEN = Path(__file__).parent / "golden"

_READ = pytest.StashKey[set[Path]]()

# The same examples on every machine, so that a red run is red for everybody; timing says nothing on a busy one.
settings.register_profile(
    "broadsheet",
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("broadsheet")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refresh-golden", action="store_true", help="write the golden files anew")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_READ] = set()
    # Shells start what is in the background with Ctrl-C ignored, and every process begun from here would inherit that.
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def read_fixture(request: pytest.FixtureRequest) -> Callable[[str], bytes]:
    """Reads a file below ``tests/fixtures`` and remembers that a test did."""

    def read(name: str) -> bytes:
        request.config.stash[_READ].add(FIXTURES / name)
        return (FIXTURES / name).read_bytes()

    return read


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with a file below ``tests/golden``; writes the file under ``--refresh-golden``."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--refresh-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"{name} is missing: run pytest --refresh-golden and look at it"
        assert text == path.read_text(encoding="utf-8"), "if that is wanted: pytest --refresh-golden"

    return compare


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A fixture that no test reads fails a whole run."""
    config = session.config
    # The option of the last failures is that of a plugin, which may be off.
    last_failed = getattr(config.option, "lf", False)
    selected = config.option.keyword or config.option.markexpr or last_failed or config.option.collectonly
    whole = config.args_source is not pytest.Config.ArgsSource.ARGS
    if exitstatus != pytest.ExitCode.OK or selected or not whole:
        return
    files = {path for path in FIXTURES.rglob("*") if path.is_file() and path.name != "README.md"}
    read = config.stash[_READ]
    if unread := sorted(path.relative_to(FIXTURES).as_posix() for path in files if path not in read):
        reporter = config.pluginmanager.get_plugin("terminalreporter")
        if reporter is not None:
            reporter.write_line(f"\nfixtures that no test reads: {', '.join(unread)}", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
