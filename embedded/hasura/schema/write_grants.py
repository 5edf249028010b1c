"""What one role may change in one table: which rows, which columns, and what is filled in for it."""

from dataclasses import dataclass, field

from embedded.hasura.schema.conditions import TRUE, Condition, Parameter

Presets = dict[str, Parameter]


def _no_presets() -> Presets:
    return {}


@dataclass(frozen=True)
class InsertGrant:
    """Rows may be inserted that meet `check`; `columns` by database name, None for all."""

    columns: frozenset[str] | None = None
    check: Condition = TRUE
    presets: Presets = field(default_factory=_no_presets)
    backend_only: bool = False


@dataclass(frozen=True)
class UpdateGrant:
    """Rows that meet `condition` may be updated if they meet `check` afterwards; a check of None is never looked at."""

    columns: frozenset[str] | None = None
    condition: Condition = TRUE
    check: Condition | None = None
    presets: Presets = field(default_factory=_no_presets)
    backend_only: bool = False


@dataclass(frozen=True)
class DeleteGrant:
    """Rows that meet `condition` may be deleted."""

    condition: Condition = TRUE
    backend_only: bool = False


@dataclass(frozen=True)
class WriteGrants:
    """What every role may change in one table."""

    insert: dict[str, InsertGrant] = field(default_factory=dict[str, InsertGrant])
    update: dict[str, UpdateGrant] = field(default_factory=dict[str, UpdateGrant])
    delete: dict[str, DeleteGrant] = field(default_factory=dict[str, DeleteGrant])


ADMIN_INSERT = InsertGrant()
ADMIN_UPDATE = UpdateGrant()
ADMIN_DELETE = DeleteGrant()
