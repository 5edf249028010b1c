"""What one role may see of the tracked tables."""

from collections.abc import Iterator

from embedded.hasura.schema.names import is_graphql_name
from embedded.hasura.schema.tracked import (
    ADMIN,
    SelectGrant,
    Tracked,
    TrackedAction,
    TrackedColumn,
    TrackedComputed,
    TrackedFunction,
    TrackedRelationship,
    TrackedTable,
)


class RoleView:
    """The tracked tables through the eyes of one role."""

    def __init__(self, role: str, tracked: Tracked, *, backend: bool = False) -> None:
        self.role = role
        self.tracked = tracked
        # Whether a server asks that may use what is granted to servers only.
        self.backend = backend

    def tables(self) -> Iterator[tuple[TrackedTable, SelectGrant]]:
        """The tables the role may read and that have GraphQL names, with what it may read there."""
        for table in self.tracked.tables.values():
            grant = table.grant(self.role)
            if grant is not None and is_graphql_name(table.graphql_name):
                yield table, grant

    def grant(self, table: TrackedTable) -> SelectGrant:
        """What the role may read of a table it is known to see."""
        grant = table.grant(self.role)
        if grant is None:
            raise LookupError(f"role {self.role} does not see {table.name.display}")
        return grant

    def columns(self, table: TrackedTable) -> list[TrackedColumn]:
        """The columns the role may read, in the order of the database; none of a table it does not see."""
        grant = table.grant(self.role)
        if grant is None:
            return []
        return [c for c in table.columns.values() if grant.sees(c.name) and is_graphql_name(c.field)]

    def relationships(self, table: TrackedTable) -> Iterator[tuple[TrackedRelationship, TrackedTable]]:
        """The relationships to tables the role may read."""
        for relationship in table.relationships.values():
            target = self.tracked.tables[relationship.target]
            if self._reads(target):
                yield relationship, target

    def always_seen(self, column: TrackedColumn) -> bool:
        """Whether the role sees the column in every row it sees."""
        return column.name not in self.grant(self.tracked.tables[column.table]).cells

    def cursor_columns(self, table: TrackedTable) -> list[TrackedColumn]:
        """The columns a stream may go by: by one that is hidden in some rows it would tell what is in it."""
        return [column for column in self.columns(table) if self.always_seen(column)]

    def computed_values(self, table: TrackedTable) -> list[TrackedComputed]:
        """The computed fields whose values the role may read; none of a table it does not see."""
        grant = table.grant(self.role)
        if grant is None:
            return []
        fields = table.computed.values()
        return [one for one in fields if one.returns is None and grant.sees_computed(one.name)]

    def computed_rows(self, table: TrackedTable) -> Iterator[tuple[TrackedComputed, TrackedTable]]:
        """The computed fields that consist of rows of tables the role may read."""
        for one in table.computed.values():
            target = self.tracked.tables[one.returns] if one.returns is not None else None
            if target is not None and self._reads(target):
                yield one, target

    def functions(self) -> Iterator[tuple[TrackedFunction, TrackedTable]]:
        """The functions the role may call, with the tables whose rows they return."""
        for function in self.tracked.functions.values():
            table = self.tracked.tables[function.table]
            if self._reads(table) and self._may_call(function):
                yield function, table

    def allows(self, action: TrackedAction) -> bool:
        """Whether the role, or one it inherits from, may call the action."""
        return any(action.allows(role) for role in self._roles)

    @property
    def _roles(self) -> frozenset[str]:
        return self.tracked.parents.get(self.role, frozenset()) | {self.role}

    def _may_call(self, function: TrackedFunction) -> bool:
        return self.role == ADMIN or function.permissions_inferred or not function.roles.isdisjoint(self._roles)

    def _reads(self, table: TrackedTable) -> bool:
        return table.grant(self.role) is not None and is_graphql_name(table.graphql_name)

    def reads_key(self, table: TrackedTable) -> bool:
        """Whether there is a primary key, all of which the role may read."""
        if table.primary_key is None:
            return False
        visible = {column.name for column in self.columns(table)}
        return visible.issuperset(table.primary_key.columns)
