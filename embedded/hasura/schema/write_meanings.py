"""What the fields and inputs of table mutations mean."""

from dataclasses import dataclass
from typing import Literal

from embedded.hasura.schema.tracked import TrackedTable


@dataclass(frozen=True)
class InsertRows:
    """Rows inserted into a table; `one` for the field that takes a single one."""

    table: TrackedTable
    one: bool = False


@dataclass(frozen=True)
class UpdateRows:
    """Rows of a table updated: those a condition picks, the one a key names, or several such updates in order."""

    table: TrackedTable
    form: Literal["where", "key", "many"]


@dataclass(frozen=True)
class DeleteRows:
    """Rows of a table deleted: those a condition picks, or the one a key names."""

    table: TrackedTable
    form: Literal["where", "key"]


@dataclass(frozen=True)
class AffectedRows:
    """How many rows were changed."""


@dataclass(frozen=True)
class Returning:
    """The rows that were changed."""


WriteMeaning = InsertRows | UpdateRows | DeleteRows
ResponseMeaning = AffectedRows | Returning
