"""The Merkle log against the published vectors and against its own definition."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import merkle

# The eight leaves that Certificate Transparency's own tests use, and the roots of the logs of their first 0 to 8.
LEAVES = [bytes.fromhex(leaf) for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")] + [
    bytes(range(0x60, 0x70))
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}


def grown(leaves: list[bytes]) -> dict[merkle.Node, bytes]:
    rows: dict[merkle.Node, bytes] = {}
    for size, leaf in enumerate(leaves):
        read = {node: rows[node] for node in merkle.append_reads(size)}
        added = merkle.append(size, merkle.leaf_hash(leaf), read)
        assert not added.keys() & rows.keys()
        rows |= added
    return rows


def naive_root(leaves: list[bytes]) -> bytes:
    """Section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + naive_root(leaves[:k]) + naive_root(leaves[k:])).digest()


@pytest.mark.parametrize("size", range(9))
def test_the_published_roots_come_out_in_both_forms(size: int):
    rows = grown(LEAVES)

    assert merkle.root(LEAVES[:size]).hex() == ROOTS[size]
    assert merkle.root_from(size, {node: rows[node] for node in merkle.root_reads(size)}).hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size"), INCLUSION)
def test_the_published_inclusion_proofs_come_out(index: int, size: int):
    assert [one.hex() for one in merkle.inclusion_proof(index, LEAVES[:size])] == INCLUSION[index, size]


@pytest.mark.parametrize(("first", "second"), CONSISTENCY)
def test_the_published_consistency_proofs_come_out(first: int, second: int):
    assert [one.hex() for one in merkle.consistency_proof(first, LEAVES[:second])] == CONSISTENCY[first, second]


@given(st.lists(st.binary(max_size=3), max_size=70))
def test_the_root_is_that_of_the_definition(leaves: list[bytes]):
    assert merkle.root(leaves) == naive_root(leaves)
    assert merkle.root_from(len(leaves), grown(leaves)) == naive_root(leaves)


@given(st.data())
def test_proofs_from_rows_equal_proofs_from_leaves_and_verify(data: st.DataObject):
    leaves = data.draw(st.lists(st.binary(max_size=2), min_size=1, max_size=70))
    size = data.draw(st.integers(1, len(leaves)))
    index = data.draw(st.integers(0, size - 1))
    first = data.draw(st.integers(1, size))
    rows = grown(leaves)

    path = merkle.inclusion_from(index, size, {node: rows[node] for node in merkle.inclusion_reads(index, size)})
    proof = merkle.consistency_from(first, size, {node: rows[node] for node in merkle.consistency_reads(first, size)})

    assert path == merkle.inclusion_proof(index, leaves[:size])
    assert proof == merkle.consistency_proof(first, leaves[:size])
    top, leaf = naive_root(leaves[:size]), merkle.leaf_hash(leaves[index])
    assert merkle.verify_inclusion(index=index, size=size, leaf=leaf, path=path, root=top)
    assert merkle.verify_consistency(
        first_size=first, second_size=size, first_root=naive_root(leaves[:first]), second_root=top, proof=proof
    )


@given(st.data())
def test_a_proof_that_was_touched_anywhere_does_not_verify(data: st.DataObject):
    size = data.draw(st.integers(2, 40))
    leaves = [bytes([number]) for number in range(size)]
    index, first = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size - 1))
    leaf, top, old = merkle.leaf_hash(leaves[index]), naive_root(leaves), naive_root(leaves[:first])
    path, proof = merkle.inclusion_proof(index, leaves), merkle.consistency_proof(first, leaves)
    touch = data.draw(st.sampled_from(["flip", "drop", "add", "short"]))

    def touched(hashes: list[bytes]) -> list[bytes]:
        at = data.draw(st.integers(0, len(hashes) - 1))
        changed = {
            "flip": [bytes([hashes[at][0] ^ 1]) + hashes[at][1:]],
            "drop": [],
            "add": [hashes[at], hashes[at]],
            "short": [hashes[at][:-1]],
        }[touch]
        return [*hashes[:at], *changed, *hashes[at + 1 :]]

    assert not merkle.verify_inclusion(index=index, size=size, leaf=leaf, path=touched(path), root=top)
    assert not merkle.verify_consistency(
        first_size=first, second_size=size, first_root=old, second_root=top, proof=touched(proof)
    )


@given(st.integers(2, 64), st.data())
def test_a_true_path_does_not_verify_for_another_leaf_index_or_root(size: int, data: st.DataObject):
    leaves = [bytes([number]) for number in range(size)]
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size - 1).filter(lambda number: number != index))
    leaf, path, top = merkle.leaf_hash(leaves[index]), merkle.inclusion_proof(index, leaves), merkle.root(leaves)

    assert not merkle.verify_inclusion(index=other, size=size, leaf=leaf, path=path, root=top)
    assert not merkle.verify_inclusion(
        index=index, size=size, leaf=merkle.leaf_hash(leaves[other]), path=path, root=top
    )
    assert not merkle.verify_inclusion(index=index, size=size, leaf=leaf, path=path, root=merkle.root(leaves[:-1]))
    assert not merkle.verify_inclusion(index=index - size, size=size, leaf=leaf, path=path, root=top)


def test_a_rewritten_history_is_not_consistent():
    old = merkle.root([b"a", b"b", b"c"])
    rewritten = [b"a", b"B", b"c", b"d", b"e"]

    assert not merkle.verify_consistency(
        first_size=3,
        second_size=5,
        first_root=old,
        second_root=merkle.root(rewritten),
        proof=merkle.consistency_proof(3, rewritten),
    )


def test_an_unchanged_log_is_consistent_with_itself_only_by_an_empty_proof():
    top = merkle.root(LEAVES)
    same = {"first_size": 8, "second_size": 8, "first_root": top, "second_root": top}

    assert merkle.verify_consistency(**same, proof=[])
    assert not merkle.verify_consistency(**same, proof=[top])
    assert not merkle.verify_consistency(**{**same, "second_root": merkle.EMPTY_ROOT}, proof=[])


def test_a_million_leaves_need_twenty_rows_not_a_million():
    size = 2**20 + 7

    assert max(len(merkle.append_reads(at)) for at in range(size - 8, size)) <= 20
    assert len(merkle.inclusion_reads(12345, size)) <= 24
    assert len(merkle.consistency_reads(2**19 + 3, size)) <= 24


@pytest.mark.parametrize(
    "ask",
    [
        lambda: merkle.inclusion_reads(3, 3),
        lambda: merkle.inclusion_reads(-1, 3),
        lambda: merkle.consistency_reads(0, 3),
        lambda: merkle.consistency_reads(4, 3),
        lambda: merkle.append_reads(-1),
    ],
)
def test_what_a_log_does_not_have_cannot_be_asked_for(ask):
    with pytest.raises(ValueError, match="log"):
        ask()
