"""The runtime's signature, checked with what verifiers have."""

import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from contracts import dsse, merkle
from contracts.checkpoint import Checkpoint
from contracts.dsse import Envelope, Evidence, Statement, Subject
from runtime.failures import Failure
from runtime.signing import Signer

STATEMENT = Statement((Subject("patch", "sha256:" + "0" * 64),), "https://example.test/execution/v1", {"steps": 3})


def test_a_signed_statement_in_a_signed_log_passes_every_check(tmp_path: Path):
    signer = Signer.open(tmp_path / "key.pem")
    envelope = signer.sign_statement(STATEMENT)
    leaves = [b"before", envelope.leaf(), b"after"]
    note = signer.sign_checkpoint(Checkpoint("acme/log", 3, merkle.root(leaves)))

    evidence = Evidence(signer.public_key_pem, 1, 3, merkle.inclusion_proof(1, leaves), note, "acme/log")
    report = dsse.verify(envelope.text(), evidence)

    assert report.ok, report
    assert report.statement == STATEMENT


def test_signing_again_gives_the_same_envelope_so_that_a_repeat_is_the_same_leaf(tmp_path: Path):
    first = Signer.open(tmp_path / "key.pem").sign_statement(STATEMENT)
    again = Signer.open(tmp_path / "key.pem").sign_statement(STATEMENT)

    assert first.leaf() == again.leaf()


def test_the_reference_library_verifies_our_envelope(tmp_path: Path):
    from cryptography.hazmat.primitives.serialization import load_pem_public_key
    from securesystemslib.dsse import Envelope as ReferenceEnvelope
    from securesystemslib.signer import SSlibKey

    signer = Signer.open(tmp_path / "key.pem")
    key = SSlibKey.from_crypto(load_pem_public_key(signer.public_key_pem.encode()))

    accepted = ReferenceEnvelope.from_dict(signer.sign_statement(STATEMENT).document()).verify([key], 1)

    assert list(accepted) == [signer.key_id]


def test_the_key_is_made_once_for_its_owner_alone_and_kept(tmp_path: Path):
    file = tmp_path / "keys" / "key.pem"

    first = Signer.open(file)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in file.parent.iterdir()] == ["key.pem"]
    assert Signer.open(file).public_key_pem == first.public_key_pem
    assert "PRIVATE" not in repr(first)


def test_processes_that_start_together_agree_on_one_key(tmp_path: Path):
    file = tmp_path / "key.pem"

    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: Signer.open(file).key_id, range(8)))

    assert len(keys) == 1


@pytest.mark.parametrize("content", [b"", b"no key", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_file_without_a_key_is_not_replaced(tmp_path: Path, content: bytes):
    file = tmp_path / "key.pem"
    file.write_bytes(content)
    file.chmod(0o600)

    with pytest.raises(Failure) as failed:
        Signer.open(file)

    assert failed.value.code == "KEY_UNUSABLE"
    assert file.read_bytes() == content


def test_a_key_that_others_may_read_is_refused(tmp_path: Path):
    Signer.open(tmp_path / "key.pem")
    (tmp_path / "key.pem").chmod(0o640)

    with pytest.raises(Failure, match="read by others"):
        Signer.open(tmp_path / "key.pem")


def test_openssl_verifies_the_signature_without_us(tmp_path: Path):
    signer = Signer.open(tmp_path / "key.pem")
    envelope = Envelope.parse(signer.sign_statement(STATEMENT).text())
    (tmp_path / "public.pem").write_text(signer.public_key_pem)
    (tmp_path / "data").write_bytes(envelope.signed_bytes())
    (tmp_path / "signature").write_bytes(envelope.signatures[0].signature)

    arguments = ["-verify", "-pubin", "-inkey", "public.pem", "-rawin", "-in", "data", "-sigfile", "signature"]
    ended = subprocess.run(["openssl", "pkeyutl", *arguments], cwd=tmp_path, capture_output=True, check=False)

    assert ended.returncode == 0, ended.stderr
