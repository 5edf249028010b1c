"""A Merkle log as RFC 6962 defines it, pure.

Two forms of the same tree. `root`, `inclusion_proof` and `consistency_proof` read all leaves: the definition, for tests
and small logs. The rest serves a log kept in a database with one row per complete subtree: `…_reads` names the rows a
task needs (a logarithmic number), and its partner computes from those rows. A complete subtree never changes, so rows
are only added:

    rows = {node: … for node in append_reads(size)}
    new  = append(size, leaf_hash(data), rows)            # rows to insert; the log now has size + 1 leaves
    path = inclusion_from(index, size, rows)              # rows fetched by inclusion_reads(index, size)

Source: RFC 6962, section 2.1; RFC 9162, sections 2.1.3.2 and 2.1.4.2 (verification).
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

# The hash of a log with no leaves is the hash of nothing.
EMPTY_ROOT = hashlib.sha256(b"").digest()

# A proof longer than this would speak of a log with more than 2^63 leaves.
PROOF_LENGTH_MAX = 64


@dataclass(frozen=True, order=True)
class Node:
    """A complete subtree: at `level`, over the leaves from `index << level` up to the next multiple."""

    level: int
    index: int


Rows = Mapping[Node, bytes]
_RootOf = Callable[[int, int], bytes]


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf; its first byte keeps a leaf from passing as an inner node."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node over the hashes of its two children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over the data of all leaves."""
    return _root_of_leaves(leaves)(0, len(leaves))


def inclusion_proof(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The hashes that lead from the leaf at `index` to the root, nearest first."""
    _check_inclusion(index, len(leaves))
    return _path(index, 0, len(leaves), _root_of_leaves(leaves))


def consistency_proof(first_size: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The hashes that show the log of the first `first_size` leaves inside the log of all leaves."""
    _check_consistency(first_size, len(leaves))
    return _subproof(first_size, 0, len(leaves), _root_of_leaves(leaves), whole=True)


def append_reads(size: int) -> list[Node]:
    """The rows needed to append to a log of `size` leaves."""
    _check_size(size)
    return [Node(level, (size >> level) - 1) for level in range(_trailing_ones(size))]


def append(size: int, leaf: bytes, rows: Rows) -> dict[Node, bytes]:
    """The rows to add for a leaf with hash `leaf` behind `size` leaves: the leaf and each subtree it completes."""
    added = {Node(0, size): leaf}
    for left in append_reads(size):
        leaf = node_hash(rows[left], leaf)
        added[Node(left.level + 1, left.index >> 1)] = leaf
    return added


def root_reads(size: int) -> list[Node]:
    """The rows needed for the root of the first `size` leaves."""
    _check_size(size)
    return _subtrees(0, size)


def root_from(size: int, rows: Rows) -> bytes:
    """The root of the first `size` leaves; the log may have grown since."""
    _check_size(size)
    return _root_of_rows(rows)(0, size)


def inclusion_reads(index: int, size: int) -> list[Node]:
    """The rows needed to prove the leaf at `index` in the log of the first `size` leaves."""
    return _recorded(lambda root_of: inclusion_with(index, size, root_of))


def inclusion_from(index: int, size: int, rows: Rows) -> list[bytes]:
    """The proof of `inclusion_proof`, from rows."""
    return inclusion_with(index, size, _root_of_rows(rows))


def inclusion_with(index: int, size: int, root_of: _RootOf) -> list[bytes]:
    """The proof of `inclusion_proof`, from any function that gives the root over a range of leaves."""
    _check_inclusion(index, size)
    return _path(index, 0, size, root_of)


def consistency_reads(first_size: int, size: int) -> list[Node]:
    """The rows needed to prove the log of `first_size` leaves inside that of `size` leaves."""
    return _recorded(lambda root_of: consistency_with(first_size, size, root_of))


def consistency_from(first_size: int, size: int, rows: Rows) -> list[bytes]:
    """The proof of `consistency_proof`, from rows."""
    return consistency_with(first_size, size, _root_of_rows(rows))


def consistency_with(first_size: int, size: int, root_of: _RootOf) -> list[bytes]:
    """The proof of `consistency_proof`, from any function that gives the root over a range of leaves."""
    _check_consistency(first_size, size)
    return _subproof(first_size, 0, size, root_of, whole=True)


def verify_inclusion(*, index: int, size: int, leaf: bytes, path: Sequence[bytes], root: bytes) -> bool:
    """Whether `path` leads from the leaf hash at `index` to `root` in a log of `size` leaves."""
    if not 0 <= index < size or not _is_proof(path):
        return False
    computed, at, last = leaf, index, size - 1
    for sibling in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            computed = node_hash(sibling, computed)
            # A right edge node without a sibling at this level rises until it is a right child.
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            computed = node_hash(computed, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and computed == root


def verify_consistency(
    *, first_size: int, second_size: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether `proof` shows that the log with `second_root` begins with the whole log with `first_root`."""
    if not 0 < first_size <= second_size or not _is_proof(proof):
        return False
    if first_size == second_size:
        return not proof and first_root == second_root
    # The old root itself begins the proof when it is one complete subtree; then the prover leaves it out.
    steps = list(proof) if first_size & (first_size - 1) else [first_root, *proof]
    if not steps:
        return False
    at, last = first_size - 1, second_size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, step)
        at, last = at >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


def _path(index: int, begin: int, end: int, root_of: _RootOf) -> list[bytes]:
    if end - begin == 1:
        return []
    middle = begin + _split(end - begin)
    if index < middle:
        return [*_path(index, begin, middle, root_of), root_of(middle, end)]
    return [*_path(index, middle, end, root_of), root_of(begin, middle)]


def _subproof(first_size: int, begin: int, end: int, root_of: _RootOf, *, whole: bool) -> list[bytes]:
    if first_size == end:
        return [] if whole else [root_of(begin, end)]
    middle = begin + _split(end - begin)
    if first_size <= middle:
        return [*_subproof(first_size, begin, middle, root_of, whole=whole), root_of(middle, end)]
    return [*_subproof(first_size, middle, end, root_of, whole=False), root_of(begin, middle)]


def _root_of_leaves(leaves: Sequence[bytes]) -> _RootOf:
    def root_of(begin: int, end: int) -> bytes:
        if end == begin:
            return EMPTY_ROOT
        if end - begin == 1:
            return leaf_hash(leaves[begin])
        middle = begin + _split(end - begin)
        return node_hash(root_of(begin, middle), root_of(middle, end))

    return root_of


def _root_of_rows(rows: Rows) -> _RootOf:
    def root_of(begin: int, end: int) -> bytes:
        hashes = [rows[node] for node in _subtrees(begin, end)]
        if not hashes:
            return EMPTY_ROOT
        computed = hashes.pop()
        while hashes:
            computed = node_hash(hashes.pop(), computed)
        return computed

    return root_of


def _recorded(prove: Callable[[_RootOf], object]) -> list[Node]:
    """The rows that a proof asks for, found by proving with a root function that only takes notes."""
    asked: list[Node] = []

    def take_note(begin: int, end: int) -> bytes:
        asked.extend(_subtrees(begin, end))
        return b""

    prove(take_note)
    return asked


def _subtrees(begin: int, end: int) -> list[Node]:
    # Ranges of the definition begin at a multiple of the next power of two, so the widest subtree always fits first.
    nodes: list[Node] = []
    while begin < end:
        level = (end - begin).bit_length() - 1
        nodes.append(Node(level, begin >> level))
        begin += 1 << level
    return nodes


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def _trailing_ones(number: int) -> int:
    return (~number & (number + 1)).bit_length() - 1


def _is_proof(hashes: Sequence[bytes]) -> bool:
    return len(hashes) <= PROOF_LENGTH_MAX and all(len(one) == hashlib.sha256().digest_size for one in hashes)


def _check_size(size: int) -> None:
    if size < 0:
        raise ValueError(f"A log has no negative size {size}.")


def _check_inclusion(index: int, size: int) -> None:
    if not 0 <= index < size:
        raise ValueError(f"A log of {size} leaves has no leaf {index}.")


def _check_consistency(first_size: int, size: int) -> None:
    if not 0 < first_size <= size:
        raise ValueError(f"A log of {first_size} leaves cannot be proven inside one of {size}.")
