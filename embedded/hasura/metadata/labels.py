"""How Hasura calls the objects of metadata, in lists of what is inconsistent and in refusals."""

from embedded.hasura.metadata.names import QualifiedName


def table_label(table: QualifiedName, source: str = "default") -> str:
    """A table, as in `table article in source default`."""
    return f"table {table.display} in source {source}"


def function_label(function: QualifiedName, source: str = "default") -> str:
    """A tracked function, as in `function search in source default`."""
    return f"function {function.display} in source {source}"


def part_label(kind: str, name: str, table: QualifiedName, source: str = "default") -> str:
    """Something of a table, as in `array_relation articles in table author in source default`."""
    return f"{kind} {name} in {table_label(table, source)}"


def action_label(name: str) -> str:
    """An action, as in `action create_user`."""
    return f"action {name}"


CUSTOM_TYPES_LABEL = "custom_types custom_types"


def inherited_role_label(name: str) -> str:
    """An inherited role, as in `inherited_role manager`."""
    return f"inherited_role {name}"


def source_label(name: str) -> str:
    """A source, as in `source default`."""
    return f"source {name}"
