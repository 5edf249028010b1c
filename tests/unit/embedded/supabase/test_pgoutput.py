"""Decoding the messages of PostgreSQL's plugin, built by hand after its documentation."""

import struct
from datetime import UTC, datetime

import pytest

from embedded.supabase.realtime.pgoutput import UNCHANGED, Decoder, Kind, Piece


def begin(transaction: int = 7) -> bytes:
    return b"B" + struct.pack("!qqI", 100, 1_500_000, transaction)


def commit(end: int = 200) -> bytes:
    return b"C" + struct.pack("!Bqqq", 0, 100, end, 1_500_000)


def relation(identity: bytes = b"d") -> bytes:
    columns = b"\x01id\0" + struct.pack("!Ii", 23, -1) + b"\x00body\0" + struct.pack("!Ii", 25, -1)
    return b"R" + struct.pack("!I", 5) + b"public\0note\0" + identity + struct.pack("!h", 2) + columns


def row(*values: object) -> bytes:
    parts = struct.pack("!h", len(values))
    for value in values:
        if isinstance(value, str):
            parts += b"t" + struct.pack("!i", len(value.encode())) + value.encode()
        else:
            parts += b"n" if value is None else b"u"
    return parts


def decoded(*messages: bytes) -> list[Piece]:
    decoder = Decoder()
    return [piece for message in messages if (piece := decoder.feed(message))]


def test_a_transaction_is_handed_on_at_its_commit_with_its_id_and_time():
    (piece,) = decoded(begin(), relation(), b"I" + struct.pack("!I", 5) + b"N" + row("1", "ä"), commit())

    assert (piece.transaction, piece.ends_at) == (7, 200)
    assert piece.committed_at == datetime(2000, 1, 1, 0, 0, 1, 500_000, tzinfo=UTC)
    (change,) = piece.changes
    assert (change.kind, change.new, change.old) == (Kind.INSERT, ("1", "ä"), None)
    assert (change.relation.schema, change.relation.name, change.relation.identity) == ("public", "note", "d")
    assert [(c.name, c.type_oid, c.in_identity) for c in change.relation.columns] == [
        ("id", 23, True),
        ("body", 25, False),
    ]


@pytest.mark.parametrize(("tag", "whole"), [(b"K", False), (b"O", True)])
def test_the_old_row_is_known_to_be_a_key_or_whole(tag, whole):
    oid = struct.pack("!I", 5)
    update = b"U" + oid + tag + row("1", None) + b"N" + row("2", UNCHANGED)

    (piece,) = decoded(begin(), relation(), update, b"D" + oid + tag + row("2", None), commit())

    updated, deleted = piece.changes
    assert (updated.new, updated.old, updated.old_is_whole) == (("2", UNCHANGED), ("1", None), whole)
    assert (deleted.kind, deleted.new, deleted.old, deleted.old_is_whole) == (Kind.DELETE, None, ("2", None), whole)


def test_an_update_that_kept_its_key_has_no_old_row():
    (piece,) = decoded(begin(), relation(), b"U" + struct.pack("!I", 5) + b"N" + row("1", "b"), commit())

    assert piece.changes[0].old is None


def test_truncation_and_other_messages_are_passed_over():
    truncate = b"T" + struct.pack("!IBI", 1, 0, 5)

    (piece,) = decoded(begin(), relation(), b"Y" + b"\0" * 8, b"O" + b"\0" * 8, truncate, commit())

    assert piece.changes == ()


def test_a_huge_transaction_comes_in_pieces_of_bounded_size_and_only_the_last_has_its_end():
    insert = b"I" + struct.pack("!I", 5) + b"N" + row("1", "b")

    pieces = decoded(begin(), relation(), *[insert] * 2500, commit())

    assert [len(piece.changes) for piece in pieces] == [1000, 1000, 500]
    assert [piece.ends_at for piece in pieces] == [None, None, 200]
    assert {piece.transaction for piece in pieces} == {7}


def test_a_changed_table_is_a_new_relation():
    insert = b"I" + struct.pack("!I", 5) + b"N" + row("1", "b")

    (piece,) = decoded(begin(), relation(), insert, relation(b"f"), insert, commit())

    first, second = piece.changes
    assert first.relation is not second.relation
    assert second.relation.identity == "f"
