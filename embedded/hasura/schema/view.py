"""What one role may see of the tracked tables."""

from collections.abc import Iterator

from embedded.hasura.schema.names import is_graphql_name
from embedded.hasura.schema.tracked import SelectGrant, Tracked, TrackedColumn, TrackedRelationship, TrackedTable


class RoleView:
    """The tracked tables through the eyes of one role."""

    def __init__(self, role: str, tracked: Tracked) -> None:
        self.role = role
        self.tracked = tracked

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
        """The columns the role may read, in the order of the database."""
        grant = self.grant(table)
        return [c for c in table.columns.values() if grant.sees(c.name) and is_graphql_name(c.field)]

    def relationships(self, table: TrackedTable) -> Iterator[tuple[TrackedRelationship, TrackedTable]]:
        """The relationships to tables the role may read."""
        for relationship in table.relationships.values():
            target = self.tracked.tables[relationship.target]
            if target.grant(self.role) is not None and is_graphql_name(target.graphql_name):
                yield relationship, target

    def reads_key(self, table: TrackedTable) -> bool:
        """Whether there is a primary key, all of which the role may read."""
        if table.primary_key is None:
            return False
        visible = {column.name for column in self.columns(table)}
        return visible.issuperset(table.primary_key.columns)
