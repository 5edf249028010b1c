"""Logs of session commands."""

import asyncio
from pathlib import Path

from embedded.daytona.sandbox.spool import ERRORS, OUTPUT, Piece, Spool


async def test_a_follower_gets_what_was_and_what_comes_then_the_end(tmp_path: Path):
    spool = Spool(tmp_path / "log", bytes_max=100)
    spool.append(Piece(OUTPUT, b"one"))

    async def follow() -> list[Piece]:
        return [piece async for piece in spool.follow()]

    following = asyncio.create_task(follow())
    await asyncio.sleep(0)
    spool.append(Piece(ERRORS, b"two"))
    await asyncio.sleep(0)
    spool.finish("end")

    assert await following == [Piece(OUTPUT, b"one"), Piece(ERRORS, b"two"), Piece(ERRORS, b"end")]
    assert await follow() == await following


async def test_what_is_beyond_the_limit_is_not_kept(tmp_path: Path):
    spool = Spool(tmp_path / "log", bytes_max=4)

    for piece in (b"abc", b"def", b"ghi"):
        spool.append(Piece(OUTPUT, piece))

    assert spool.text(OUTPUT) == "abcd"
    assert (tmp_path / "log").stat().st_size < 20


async def test_a_follower_of_a_deleted_log_ends(tmp_path: Path):
    spool = Spool(tmp_path / "log", bytes_max=4)
    (tmp_path / "log").unlink()
    spool.is_finished = True

    assert [piece async for piece in spool.follow()] == []
