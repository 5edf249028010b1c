"""What the environment may say."""

from pathlib import Path

import pytest

from embedded.daytona.settings import Limits, parse, parse_limits

ENVIRONMENT = {"DAYTONA_API_KEY": "k", "PORT": "1", "DATA_DIR": "/some where"}


def test_what_is_not_said_has_defaults():
    settings = parse(ENVIRONMENT)

    assert (settings.host, settings.data_dir, settings.tools) == ("127.0.0.1", Path("/some where"), ())
    assert settings.limits == Limits()


def test_tools_are_split_at_colons(tmp_path: Path):
    (tmp_path / "a b").mkdir()

    assert parse({**ENVIRONMENT, "SANDBOX_TOOLS": f"{tmp_path}/a b:{tmp_path}"}).tools == (tmp_path / "a b", tmp_path)


@pytest.mark.parametrize("name", list(ENVIRONMENT))
def test_what_must_be_said_is_named_when_it_is_missing(name: str):
    with pytest.raises(ValueError, match=name):
        parse({**ENVIRONMENT, name: ""})


def test_a_tools_folder_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="/nowhere"):
        parse({**ENVIRONMENT, "SANDBOX_TOOLS": "/nowhere"})


@pytest.mark.parametrize(
    "text", ["[]", "{", '{"speed": 1}', '{"processes": 0}', '{"processes": true}', '{"cpus": "1"}']
)
def test_limits_that_make_no_sense_are_refused(text: str):
    with pytest.raises(ValueError):  # noqa: PT011  - the texts of json are not ours
        parse_limits(text)


def test_limits_change_only_what_they_name():
    assert parse_limits('{"disk_mib": 10}') == Limits(disk_mib=10)
