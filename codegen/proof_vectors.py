"""`portal/src/proofs/vectors.json`: a small log as the platform makes it, for the verifier that runs in browsers."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from contracts import dsse, merkle
from contracts.checkpoint import Checkpoint
from contracts.proofs import EXECUTION_PREDICATE, log_origin

FILE = "portal/src/proofs/vectors.json"
OWNS = (FILE,)

_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
_ORG_ID = UUID("00000000-0000-4000-8000-000000000001")
_EXECUTION_ID = UUID("00000000-0000-4000-8000-000000000002")
_SIZE = 12
_INDEX = 4
# Everything that the canonical form writes in a way of its own.
_ODD_TEXT = '\u00e9 \U0001f980 \u2028 " \\ / \n \t \u0001 \u007f'


def files(_tree: Path) -> dict[str, str]:
    """The vectors: one envelope, its place in logs of every size, every checkpoint, and the growth between them."""
    envelope = _envelope()
    leaves = [envelope.leaf() if index == _INDEX else b"leaf %d" % index for index in range(_SIZE)]
    rewritten = [b"another", *leaves[1:]]
    made: dict[str, Any] = {
        "org_id": str(_ORG_ID),
        "public_key_pem": _pem(),
        "envelope": envelope.text(),
        "leaf_index": _INDEX,
        "leaf_hash": merkle.leaf_hash(envelope.leaf()).hex(),
        "checkpoints": [_note(leaves[:size]) for size in range(1, _SIZE + 1)],
        "rewritten_checkpoints": [_note(rewritten[:size]) for size in range(1, _SIZE + 1)],
        "inclusion": {
            str(size): _hex(merkle.inclusion_proof(_INDEX, leaves[:size])) for size in range(_INDEX + 1, _SIZE + 1)
        },
        "consistency": {
            f"{first} {size}": _hex(merkle.consistency_proof(first, leaves[:size]))
            for size in range(1, _SIZE + 1)
            for first in range(1, size + 1)
        },
    }
    return {FILE: json.dumps(made, indent=1) + "\n"}


def _envelope() -> dsse.Envelope:
    predicate = {
        "organization": str(_ORG_ID),
        "execution": {"id": str(_EXECUTION_ID), "outcome": "succeeded", "reason": _ODD_TEXT},
        "n": [1, 1.5],
    }
    statement = dsse.Statement((dsse.Subject("patch", "sha256:" + "ab" * 32),), EXECUTION_PREDICATE, predicate)
    signature = _KEY.sign(dsse.pae(dsse.PAYLOAD_TYPE, statement.payload()))
    return dsse.Envelope(statement.payload(), dsse.PAYLOAD_TYPE, (dsse.Signature("k", signature),))


def _note(leaves: list[bytes]) -> str:
    head = Checkpoint(log_origin(_ORG_ID), len(leaves), merkle.root(leaves))
    return head.note(_pem(), _KEY.sign(head.text().encode()))


def _pem() -> str:
    return _KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _hex(hashes: list[bytes]) -> list[str]:
    return [one.hex() for one in hashes]
