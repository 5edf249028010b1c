"""From a reference to a value or a report, over the environment and the encrypted folder."""

import asyncio
import dataclasses
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from contracts.secret_refs import Backend, SecretRef
from runtime.failures import Failure
from runtime.secrets import EnvironmentBackend, FileBackend, FileStore, Resolver, SecretStatus, SecretValue

REF = SecretRef.parse("secret://file/acme/git#token")
VALUE = SecretValue("hunter2-is-the-value")


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "secrets", tmp_path / "keys" / "secrets.key")


def resolver(store: FileStore) -> Resolver:
    return Resolver({Backend.FILE: FileBackend(store)})


async def test_a_stored_value_resolves(store: FileStore):
    store.put(REF.path, REF.key, VALUE)

    assert (await resolver(store).resolve(REF)).is_same(VALUE)


def test_the_folder_shows_neither_path_nor_value(store: FileStore, tmp_path: Path):
    store.put(REF.path, REF.key, VALUE)

    for file in tmp_path.rglob("*"):
        assert "acme" not in file.name
        assert not file.is_file() or VALUE.reveal().encode() not in file.read_bytes()


def test_files_and_folders_are_for_the_owner_alone(store: FileStore, tmp_path: Path):
    store.put(REF.path, REF.key, VALUE)

    files = [store.key_file, *store.folder.glob("*.sealed")]

    assert len(files) == 2
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in (store.folder, store.key_file.parent)} == {0o700}
    assert not list(tmp_path.rglob(".*.sealed.*")), "no half-written file stays"


async def test_a_second_key_of_a_path_leaves_the_first_and_removing_one_leaves_the_other(store: FileStore):
    store.put("a", "one", SecretValue("1"))
    store.put("a", "two", SecretValue("2"))
    store.remove("a", "one")

    assert store.get("a", "one") is None
    assert (two := store.get("a", "two"))
    assert two.value.reveal() == "2"


async def test_writers_at_the_same_time_lose_nothing(store: FileStore):
    await asyncio.gather(*(asyncio.to_thread(store.put, "a", f"k{n}", SecretValue(str(n))) for n in range(12)))

    got = [store.get("a", f"k{n}") for n in range(12)]

    assert [one.value.reveal() if one else None for one in got] == [str(n) for n in range(12)]


def _other_key(store: FileStore) -> None:
    store.key_file.write_bytes(bytes(32))


def _open_key(store: FileStore) -> None:
    store.key_file.chmod(0o644)


def _damaged(store: FileStore) -> None:
    (file,) = store.folder.glob("*.sealed")
    file.write_bytes(file.read_bytes()[:-1] + b"x")


def _exchanged(store: FileStore) -> None:
    store.put("other", REF.key, SecretValue("of somebody else"))
    store._file(REF.path).write_bytes(store._file("other").read_bytes())


def _foreign(store: FileStore) -> None:
    store._file(REF.path).write_bytes(b"")


def _without_key(store: FileStore) -> None:
    store.key_file.unlink()


@pytest.mark.parametrize("harm", [_other_key, _open_key, _damaged, _exchanged, _foreign, _without_key])
async def test_a_store_that_was_tampered_with_is_denied_not_misread(store: FileStore, harm):
    store.put(REF.path, REF.key, VALUE)
    harm(store)

    report = await resolver(store).probe(REF)

    assert report.status is SecretStatus.DENIED
    with pytest.raises(Failure) as failed:
        await resolver(store).resolve(REF)
    assert (failed.value.code, failed.value.retry) == ("SECRET_DENIED", False)


async def test_a_lost_key_is_not_replaced_by_a_new_one(store: FileStore):
    store.put(REF.path, REF.key, VALUE)
    store.key_file.unlink()

    with pytest.raises(Exception, match="key file is missing"):
        store.put("other", "key", VALUE)

    assert not store.key_file.exists()


async def test_a_value_past_its_time_is_expired_and_one_before_it_resolves(store: FileStore):
    now = datetime.now(UTC)
    store.put("a", "old", VALUE, expires_at=now - timedelta(seconds=1))
    store.put("a", "new", VALUE, expires_at=now + timedelta(hours=1))

    old = await resolver(store).probe(SecretRef(Backend.FILE, "a", "old"))
    new = await resolver(store).probe(SecretRef(Backend.FILE, "a", "new"))

    assert old.status is SecretStatus.EXPIRED
    assert new.status is SecretStatus.RESOLVABLE


async def test_a_report_says_when_and_as_whom_and_never_the_value(store: FileStore):
    store.put(REF.path, REF.key, VALUE)

    report = await resolver(store).probe(REF)

    assert report.status is SecretStatus.RESOLVABLE
    assert report.as_whom == f"the holder of key {store.key_fingerprint()}"
    assert datetime.now(UTC) - report.probed_at < timedelta(seconds=10)
    assert VALUE.reveal() not in repr(dataclasses.asdict(report))


@pytest.mark.parametrize(
    ("ref", "status"),
    [
        ("secret://file/acme/nothing#token", SecretStatus.MISSING),
        ("secret://file/acme/git#other", SecretStatus.MISSING),
        ("secret://env/acme/git#token", SecretStatus.UNREACHABLE),
    ],
)
async def test_what_is_not_there_is_told_apart(store: FileStore, ref: str, status: SecretStatus):
    store.put(REF.path, REF.key, VALUE)

    assert (await resolver(store).probe(SecretRef.parse(ref))).status is status


async def test_the_environment_gives_only_variables_made_for_references():
    backend = EnvironmentBackend(
        {"FRACTALOPS_SECRET_ACME__GIT__TOKEN": "v", "DATABASE_URL": "d", "FRACTALOPS_SECRET_E__E": ""}
    )
    resolve = Resolver({Backend.ENV: backend}).resolve

    assert (await resolve(SecretRef.parse("secret://env/acme/git#token"))).reveal() == "v"
    for ref in ("secret://env/DATABASE#URL", "secret://env/DATABASE_URL#x", "secret://env/e#e"):
        with pytest.raises(Failure, match="has no variable FRACTALOPS_SECRET_") as failed:
            await resolve(SecretRef.parse(ref))
        assert failed.value.code == "SECRET_MISSING"
