"""What depends on something that is dropped: found as what becomes inconsistent, named and removed as Hasura does."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.actions import CustomTypes
from embedded.hasura.metadata.names import QualifiedName, qualified
from embedded.hasura.metadata.tables import Table
from embedded.hasura.metadata.tree import Metadata, Source
from embedded.hasura.schema.tracked import InconsistentObject

Definition = Mapping[str, Any]

_PERMISSIONS = ("select", "insert", "update", "delete")


def dependents_error(found: Iterable[InconsistentObject]) -> EngineError:
    """The refusal to drop what others need."""
    names = ", ".join(sorted({_named(item) for item in found}))
    message = f"cannot drop due to the following dependent objects : {names}"
    return EngineError("dependency-error", message, path="$.args")


def _named(item: InconsistentObject) -> str:
    """An object as refusals name it, such as `permission author.user.select in source "default"`."""
    definition = cast("Definition", item.definition if isinstance(item.definition, dict) else {})
    source = f' in source "{definition.get("source", "default")}"'
    match item.kind:
        case "object_relation" | "array_relation":
            return f"relationship {_table(definition).display}.{definition['name']}{source}"
        case "computed_field":
            return f"computed field {_table(definition).display}.{definition['name']}{source}"
        case "table" | "function":
            return item.name.replace(" in source ", ' in source "') + '"'
        case kind if kind.endswith("_permission") and "table" in definition:
            code = kind.removesuffix("_permission")
            return f"permission {_table(definition).display}.{definition['role']}.{code}{source}"
        case _:
            return item.name


def without(metadata: Metadata, found: Iterable[InconsistentObject]) -> Metadata:
    """A copy of the metadata from which these objects are gone."""
    kept = metadata.model_copy(deep=True)
    for item in found:
        remove = _REMOVERS.get(item.kind)
        if remove is not None:
            remove(kept, item.definition)
    return kept


def _table(definition: Definition) -> QualifiedName:
    return qualified(definition["table"])


def _source(metadata: Metadata, definition: Definition) -> Source | None:
    return metadata.source(str(definition.get("source", "default")))


def _owner(metadata: Metadata, definition: Definition) -> Table | None:
    source = _source(metadata, definition)
    return None if source is None else source.table(_table(definition))


def _remove_table(metadata: Metadata, definition: Definition) -> None:
    name = qualified(definition)
    for source in metadata.sources:
        source.tables[:] = [table for table in source.tables if table.table != name]


def _remove_function(metadata: Metadata, definition: Definition) -> None:
    name = qualified(definition.get("function", definition))
    for source in metadata.sources:
        source.functions[:] = [function for function in source.functions if function.function != name]


def _remove_relationship(metadata: Metadata, definition: Definition) -> None:
    owner = _owner(metadata, definition)
    if owner is not None:
        for group in (owner.object_relationships, owner.array_relationships):
            group[:] = [relationship for relationship in group if relationship.name != definition["name"]]


def _remove_computed_field(metadata: Metadata, definition: Definition) -> None:
    owner = _owner(metadata, definition)
    if owner is not None:
        owner.computed_fields[:] = [field for field in owner.computed_fields if field.name != definition["name"]]


def _remove_permission(code: str) -> Callable[[Metadata, Definition], None]:
    def remove(metadata: Metadata, definition: Definition) -> None:
        owner = _owner(metadata, definition)
        if owner is not None:
            grants: list[Any] = getattr(owner, f"{code}_permissions")
            grants[:] = [grant for grant in grants if grant.role != definition["role"]]

    return remove


def _remove_action(metadata: Metadata, definition: Definition) -> None:
    metadata.actions[:] = [action for action in metadata.actions if action.name != definition["name"]]


def _remove_custom_types(metadata: Metadata, definition: Definition) -> None:
    del definition
    metadata.custom_types = CustomTypes()


def _remove_source(metadata: Metadata, definition: Definition) -> None:
    metadata.sources[:] = [source for source in metadata.sources if source.name != definition["name"]]


def _remove_inherited_role(metadata: Metadata, definition: Definition) -> None:
    roles = metadata.inherited_roles
    roles[:] = [role for role in roles if role.get("role_name") != definition["role_name"]]


_REMOVERS: dict[str, Callable[[Metadata, Definition], None]] = {
    "table": _remove_table,
    "function": _remove_function,
    "computed_field": _remove_computed_field,
    "action": _remove_action,
    "custom_types": _remove_custom_types,
    "source": _remove_source,
    "inherited_role": _remove_inherited_role,
    **dict.fromkeys(("object_relation", "array_relation"), _remove_relationship),
    **{f"{code}_permission": _remove_permission(code) for code in _PERMISSIONS},
}
