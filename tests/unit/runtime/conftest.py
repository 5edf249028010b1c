"""A repository, a driver that may reach it, and a place for a mirror."""

from pathlib import Path

import pytest

from runtime.git import Git, Surroundings
from tests.unit.runtime.repositories import Origin, origin


@pytest.fixture
def repository(tmp_path: Path) -> Origin:
    return origin(tmp_path)


@pytest.fixture
def driver() -> Git:
    return Git(Surroundings(allow_local=True))


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    return tmp_path / "mirrors" / "one.git"
