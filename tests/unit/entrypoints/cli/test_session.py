"""The session that is kept between commands."""

import json
import stat
import time
from pathlib import Path

import jwt
import pytest

from entrypoints.cli.session import Session, SessionFile


def session(**claims: object) -> Session:
    told = {"email": "ada@acme.example", "exp": time.time() + 3600, **claims}
    return Session.of("http://platform", jwt.encode(told, "k" * 32, algorithm="HS256"), "refresh")


def test_who_it_is_stands_in_the_access_token():
    made = session(org_id="an-id", organization_role="approver")

    assert (made.email, made.org_id, made.role) == ("ada@acme.example", "an-id", "approver")


def test_someone_without_an_organization_has_no_role():
    assert (session().org_id, session().role) == (None, None)


@pytest.mark.parametrize("ends_in_s", [10, -1])
def test_a_session_is_over_shortly_before_its_token_ends(ends_in_s: int):
    assert session(exp=time.time() + ends_in_s).is_over
    assert not session().is_over


def test_only_its_owner_may_read_the_kept_session(tmp_path: Path):
    file = SessionFile(tmp_path / "home")
    made = session()

    file.keep(made)

    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert file.load() == made


def test_no_token_shows_when_a_session_is_printed():
    made = session()

    assert made.access_token not in repr(made)
    assert "refresh" not in repr(made)


@pytest.mark.parametrize("content", ["", "[]", "{}", json.dumps({"email": "x"})])
def test_a_file_of_another_make_is_nobody(tmp_path: Path, content: str):
    (tmp_path / "session.json").write_text(content)

    assert SessionFile(tmp_path).load() is None


def test_forgetting_twice_is_fine(tmp_path: Path):
    file = SessionFile(tmp_path)
    file.keep(session())

    file.forget()
    file.forget()

    assert file.load() is None
