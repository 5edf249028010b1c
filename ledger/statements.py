"""The named statements of `sql/`, one file for each feature."""

from pathlib import Path
from typing import Any

import aiosql


def load(feature: str) -> Any:
    """The statements of `sql/<feature>.sql`, each an async function (connection, **parameters)."""
    return aiosql.from_path(str(Path(__file__).parent / "sql" / f"{feature}.sql"), "asyncpg")
