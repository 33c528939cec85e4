"""The server of the benchmark of searches: how slow it is, and what it counts."""

from __future__ import annotations

import asyncio
import gzip
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bench.search import files, link, server

SLOW = next(line for line in link.LINES if line.name == "slow")
FAST = next(line for line in link.LINES if line.name == "fast")
PATHS = ("/search/a%20b.js", "/image.png")


def test_a_connection_takes_a_round_trip_and_two_with_tls() -> None:
    shaped = link.Link(SLOW)
    assert shaped.connect(10.0, encrypted=False) == pytest.approx(10.15)
    assert shaped.connect(10.0, encrypted=True) == pytest.approx(10.30)
    assert shaped.answer(20.0) == pytest.approx(20.15)


def test_bytes_wait_for_those_before_them_on_any_connection() -> None:
    shaped = link.Link(SLOW)
    assert shaped.send(1000, 5.0) == pytest.approx(5.005)
    assert shaped.send(2000, 5.0) == pytest.approx(5.015)
    assert shaped.send(1000, 5.001) == pytest.approx(5.020)


def test_a_line_at_rest_saves_nothing_up() -> None:
    shaped = link.Link(SLOW)
    shaped.send(1000, 0.0)
    assert shaped.send(200, 100.0) == pytest.approx(100.001)


def test_a_fast_line_holds_nothing_back() -> None:
    free = link.Link(FAST)
    assert free.send(10**9, 3.0) == free.connect(3.0, encrypted=True) == free.answer(3.0) == 3.0


@pytest.mark.parametrize("size", [0, 1, link.PACKET, link.PACKET + 1, 10_000])
def test_content_is_sent_whole_in_packets(size: int) -> None:
    content = bytes(place % 251 for place in range(size))
    pieces = [*link.packets(content, SLOW)]
    assert b"".join(pieces) == content
    assert all(len(piece) <= link.PACKET for piece in pieces)
    assert b"".join(link.packets(content, FAST)) == content


def test_the_ledger_tells_everything_once() -> None:
    ledger = link.Ledger()
    one, two = ledger.open("/one"), ledger.open("/two")
    one.bytes, one.done, two.bytes = 100, True, 50
    assert ledger.take() == [link.Transfer("/one", 100, done=True), link.Transfer("/two", 50)]
    two.bytes += 7
    two.done = True
    assert ledger.take() == [link.Transfer("/two", 7, done=True)]
    assert ledger.take() == []


@pytest.fixture
def served(tmp_path: Path) -> Path:
    (tmp_path / "search").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>Home</title>")
    (tmp_path / "search" / "a b.js").write_text("Broadsheet.load('ä');" * 100, "utf-8")
    (tmp_path / "image.png").write_bytes(b"\x89PNG" * 50)
    return tmp_path


def test_text_is_packed_and_other_files_are_not(served: Path) -> None:
    made = files.Files(served)
    script, image = made.answer("/search/a%20b.js?1f2e"), made.answer("/image.png")
    assert gzip.decompress(script.body) == (served / "search" / "a b.js").read_bytes()
    assert ("content-encoding", "gzip") in script.headers
    assert ("cache-control", "max-age=600") in script.headers
    assert image.body == (served / "image.png").read_bytes()
    assert "content-encoding" not in dict(image.headers)
    assert made.answer("/").body == made.answer("/index.html").body


def test_nothing_outside_the_folder_is_served(served: Path) -> None:
    made = files.Files(served / "search")
    assert made.answer("/../index.html").status == made.answer("/%2e%2e/index.html").status == 404
    assert made.answer("/none.js").status == 404


def test_bytes_are_counted_as_they_are_sent(served: Path) -> None:
    """A client of its own reads two answers on one connection; the server's clock is not waited for on a fast line."""

    async def fetch() -> tuple[bytes, list[link.Transfer]]:
        serving = server.Server(served, FAST)
        listening = await asyncio.start_server(serving.plain, "127.0.0.1", 0)
        reader, writer = await asyncio.open_connection(*listening.sockets[0].getsockname()[:2])
        for target in (b"/search/a%20b.js", b"/image.png"):
            writer.write(b"GET " + target + b" HTTP/1.1\r\nHost: x\r\n\r\n")
        await writer.drain()
        expected = sum(len(each.head()) + len(each.body) for each in map(serving.files.answer, PATHS))
        content = await reader.readexactly(expected)
        writer.close()
        listening.close()
        await listening.wait_closed()
        await asyncio.sleep(0)
        return content, serving.ledger.take()

    with ThreadPoolExecutor(1) as pool:  # tests in a browser leave a loop running in this thread
        content, transfers = pool.submit(asyncio.run, fetch()).result()
    assert [transfer.path for transfer in transfers] == [*PATHS]
    assert all(transfer.done for transfer in transfers)
    assert sum(transfer.bytes for transfer in transfers) == len(content)
