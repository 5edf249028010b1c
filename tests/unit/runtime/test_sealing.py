"""Values sealed for the runtime: opened with its key, for what they were sealed for, and nowhere else."""

import base64
import json
import os
import stat
import time
from pathlib import Path
from uuid import UUID

import pytest

from contracts.secret_refs import SecretRef
from contracts.secrets import SealedFor
from runtime.failures import Failure
from runtime.secrets import FileStore, SealedStore, SecretValue

PLACE = SecretRef.parse("secret://file/acme/git#token")
VALUE = SecretValue("hunter2-ü-is-the-value")
BOUND = SealedFor(
    org_id=UUID("0b0e3d6e-8a34-4c7e-9d5e-1f6a1d1c0001"),
    secret_contract_id=UUID("0b0e3d6e-8a34-4c7e-9d5e-1f6a1d1c0002"),
    version=3,
    digest="sha256:" + "a" * 64,
)
# Made by the browser's library; portal/src/onboarding/sealing.test.ts says how.
VECTOR = json.loads((Path(__file__).parent / "sealed_in_the_browser.json").read_text())


@pytest.fixture
def sealing(tmp_path: Path) -> SealedStore:
    return SealedStore(FileStore(tmp_path / "secrets", tmp_path / "secrets.key"), tmp_path / "sealing")


async def test_a_sealed_value_is_put_at_its_place(sealing: SealedStore):
    key = sealing.newest()

    await sealing.put(PLACE, key.key_id, key.seal(VALUE, BOUND), BOUND)

    stored = sealing.store.get(PLACE.path, PLACE.key)
    assert stored is not None
    assert stored.value.is_same(VALUE)


def test_sealing_twice_gives_two_texts_that_show_nothing(sealing: SealedStore):
    key = sealing.newest()

    sealed = [key.seal(VALUE, BOUND) for _ in range(2)]

    assert sealed[0] != sealed[1]
    assert all(VALUE.reveal().encode() not in one for one in sealed)


def test_what_the_browsers_library_sealed_opens(sealing: SealedStore):
    private = base64.b64decode(VECTOR["private_key"])
    sealing.keys.mkdir()
    file = sealing.keys / f"{VECTOR['key_id']}.key"
    file.write_bytes(private)
    file.chmod(0o600)
    bound = SealedFor.model_validate(VECTOR["bound"])

    assert bound.info().decode() == VECTOR["info"]
    assert sealing.newest().key_id == VECTOR["key_id"]
    assert sealing.open(VECTOR["key_id"], base64.b64decode(VECTOR["sealed"]), bound).reveal() == VECTOR["value"]


@pytest.mark.parametrize(
    "other",
    [
        {"org_id": UUID("0b0e3d6e-8a34-4c7e-9d5e-1f6a1d1c0009")},
        {"secret_contract_id": UUID("0b0e3d6e-8a34-4c7e-9d5e-1f6a1d1c0009")},
        {"version": 4},
        {"digest": "sha256:" + "b" * 64},
    ],
    ids=lambda other: next(iter(other)),
)
def test_sealed_for_one_thing_it_does_not_open_for_another(sealing: SealedStore, other: dict[str, object]):
    key = sealing.newest()
    sealed = key.seal(VALUE, BOUND)

    with pytest.raises(Failure, match="does not open") as failed:
        sealing.open(key.key_id, sealed, BOUND.model_copy(update=other))

    assert failed.value.code == "SEAL_BROKEN"


@pytest.mark.parametrize("sealed", [b"", b"short", b"\x00" * 60, os.urandom(200)], ids=["nothing", "short", "0", "any"])
def test_garbage_is_refused_without_being_repeated(sealing: SealedStore, sealed: bytes):
    with pytest.raises(Failure) as failed:
        sealing.open(sealing.newest().key_id, sealed, BOUND)

    assert (failed.value.code, failed.value.__cause__) == ("SEAL_BROKEN", None)


def test_one_changed_bit_is_seen(sealing: SealedStore):
    key = sealing.newest()
    sealed = bytearray(key.seal(VALUE, BOUND))
    sealed[-1] ^= 1

    with pytest.raises(Failure, match="does not open"):
        sealing.open(key.key_id, bytes(sealed), BOUND)


def test_an_empty_value_is_refused(sealing: SealedStore):
    key = sealing.newest()

    with pytest.raises(Failure, match="empty"):
        sealing.open(key.key_id, key.seal(SecretValue(""), BOUND), BOUND)


def test_a_key_that_the_runtime_does_not_have_is_said_to_be_unknown(sealing: SealedStore, tmp_path: Path):
    another = SealedStore(sealing.store, tmp_path / "another").newest()
    sealing.newest()

    with pytest.raises(Failure) as failed:
        sealing.open(another.key_id, another.seal(VALUE, BOUND), BOUND)

    assert failed.value.code == "SEAL_KEY_UNKNOWN"


def test_the_key_is_made_once_for_its_owner_alone(sealing: SealedStore):
    key = sealing.newest()

    assert sealing.newest() == key
    (file,) = sealing.keys.iterdir()
    assert (file.name, stat.S_IMODE(file.stat().st_mode)) == (f"{key.key_id}.key", 0o600)
    assert stat.S_IMODE(sealing.keys.stat().st_mode) == 0o700


def test_an_old_key_is_followed_by_a_new_one_and_still_opens_what_was_sealed_with_it(sealing: SealedStore):
    old = sealing.newest()
    sealed = old.seal(VALUE, BOUND)
    long_ago = time.time() - 91 * 24 * 3_600
    os.utime(sealing.keys / f"{old.key_id}.key", (long_ago, long_ago))

    new = sealing.newest()

    assert new.key_id != old.key_id
    assert sealing.newest() == new
    assert sealing.open(old.key_id, sealed, BOUND).is_same(VALUE)


def test_a_key_that_others_may_read_is_not_used(sealing: SealedStore):
    key = sealing.newest()
    (sealing.keys / f"{key.key_id}.key").chmod(0o644)

    with pytest.raises(Failure, match="may be read by others") as failed:
        sealing.open(key.key_id, key.seal(VALUE, BOUND), BOUND)

    assert failed.value.code == "KEY_UNUSABLE"


async def test_a_store_that_cannot_be_opened_is_told(sealing: SealedStore):
    key = sealing.newest()
    sealing.store.put(PLACE.path, PLACE.key, VALUE)
    sealing.store.key_file.write_bytes(os.urandom(32))

    with pytest.raises(Failure, match="could not be opened") as failed:
        await sealing.put(PLACE, key.key_id, key.seal(VALUE, BOUND), BOUND)

    assert failed.value.code == "SECRET_DENIED"
