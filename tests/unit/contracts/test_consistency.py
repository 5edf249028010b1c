"""The growth of a log between two signed checkpoints, and everything that keeps it from being believed."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from codegen import proof_vectors
from contracts import consistency

VECTORS: dict[str, Any] = json.loads(proof_vectors.files(Path())[proof_vectors.FILE])
GROWTH = consistency.Growth(
    earlier=VECTORS["checkpoints"][2],
    later=VECTORS["checkpoints"][8],
    earlier_key_pem=VECTORS["public_key_pem"],
    later_key_pem=VECTORS["public_key_pem"],
    path=[bytes.fromhex(step) for step in VECTORS["consistency"]["3 9"]],
    origin=f"fractalops.dev/log/{VECTORS['org_id']}",
)


def failed(growth: consistency.Growth) -> list[str]:
    return [check.name.value for check in consistency.verify(growth) if not check.ok]


def test_a_log_that_only_grew_is_believed():
    assert failed(GROWTH) == []


def test_every_bit_of_the_path_counts():
    for step, hash_ in enumerate(GROWTH.path):
        for bit in range(len(hash_) * 8):
            changed = bytearray(hash_)
            changed[bit // 8] ^= 1 << bit % 8
            path = [*GROWTH.path[:step], bytes(changed), *GROWTH.path[step + 1 :]]
            assert failed(dataclasses.replace(GROWTH, path=path)) == ["consistency"]


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        ({"earlier": VECTORS["rewritten_checkpoints"][2]}, ["consistency"]),
        ({"earlier": GROWTH.later, "later": GROWTH.earlier}, ["consistency"]),
        ({"earlier": "no note"}, ["earlier", "consistency"]),
        ({"later": GROWTH.later.replace("\n9\n", "\n8\n")}, ["later", "consistency"]),
        ({"later_key_pem": "no key"}, ["later", "consistency"]),
        ({"origin": "another.example/log"}, ["earlier", "later", "consistency"]),
        ({"path": []}, ["consistency"]),
    ],
)
def test_what_does_not_fit_is_told_by_name(changes: dict[str, Any], broken: list[str]):
    assert failed(dataclasses.replace(GROWTH, **changes)) == broken
