"""GraphQL types of actions: their arguments, custom types, and relationships from answers to tables."""

from typing import Any, cast

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    TypeNode,
)

from embedded.hasura.metadata.actions import (
    CustomEnum,
    CustomField,
    CustomInputObject,
    CustomObject,
    CustomRelationship,
)
from embedded.hasura.schema.graphql_types import type_node
from embedded.hasura.schema.meanings import (
    ActionField,
    ActionLogField,
    BoundField,
    BoundInput,
    CallAction,
    QueueAction,
    ReadActionLog,
)
from embedded.hasura.schema.registry import TypeRegistry
from embedded.hasura.schema.table_types import related_fields
from embedded.hasura.schema.tracked import TrackedAction, TrackedRelationship
from embedded.hasura.schema.wrapping import required

Fields = dict[str, BoundField]


class ActionTypes:
    """Makes the types that actions need, in one role's registry."""

    def __init__(self, registry: TypeRegistry) -> None:
        self._registry = registry
        types = registry.view.tracked.custom_types
        self._objects = {t.name: t for t in types.objects}
        self._inputs = {t.name: t for t in types.input_objects}
        self._enums = {t.name: t for t in types.enums}
        self._scalars = {t.name: t for t in types.scalars}

    def field(self, tracked: TrackedAction) -> BoundField:
        """The root field that calls an action."""
        definition = tracked.action.definition
        arguments = {
            argument.name: GraphQLArgument(self._wrapped(type_node(argument.type)), description=argument.description)
            for argument in definition.arguments
        }
        description = tracked.action.comment
        if definition.asynchronous:
            return BoundField(required(self._registry.scalar("uuid")), QueueAction(tracked), arguments, description)
        output = self._wrapped(type_node(definition.output_type))
        return BoundField(output, CallAction(tracked), arguments, description)

    def log_field(self, tracked: TrackedAction) -> BoundField:
        """The root field that tells what became of a call of an asynchronous action."""
        registry, name = self._registry, tracked.action.name
        uuid = required(registry.scalar("uuid"))

        def fields() -> Fields:
            output = self._wrapped(type_node(tracked.action.definition.output_type))
            return {
                "created_at": BoundField(
                    required(registry.scalar("timestamptz")),
                    ActionLogField("created_at"),
                    description="the time at which this action was created",
                ),
                "errors": BoundField(
                    registry.scalar("json"),
                    ActionLogField("errors"),
                    description="errors related to the invocation",
                ),
                "id": BoundField(uuid, ActionLogField("id"), description="the unique id of an action"),
                # Whatever the action promises, there is nothing until its handler has answered.
                "output": BoundField(
                    cast("Any", output).of_type if isinstance(output, GraphQLNonNull) else output,
                    ActionLogField("output"),
                    description="the output fields of this action",
                ),
            }

        made = registry.once(name, lambda: GraphQLObjectType(name, fields, description=f'fields of action: "{name}"'))
        arguments = {"id": GraphQLArgument(uuid, description="the unique id of an action")}
        return BoundField(made, ReadActionLog(tracked), arguments, tracked.action.comment)

    def _wrapped(self, node: TypeNode) -> Any:
        match node:
            case NonNullTypeNode():
                return required(self._wrapped(node.type))
            case ListTypeNode():
                return GraphQLList[Any](self._wrapped(node.type))
            case NamedTypeNode():
                return self._named(node.name.value)
            case _:
                raise TypeError(node.kind)

    def _named(self, name: str) -> GraphQLNamedType:
        registry = self._registry
        if name in self._objects:
            return registry.once(name, lambda: self._object(self._objects[name]))
        if name in self._inputs:
            return registry.once(name, lambda: self._input(self._inputs[name]))
        if name in self._enums:
            return registry.once(name, lambda: _enum(self._enums[name]))
        if name in self._scalars:
            return registry.once(name, lambda: GraphQLScalarType(name, description=self._scalars[name].description))
        return registry.scalar(name)

    def _object(self, written: CustomObject) -> GraphQLObjectType:
        return GraphQLObjectType(written.name, lambda: self._fields(written), description=written.description)

    def _fields(self, written: CustomObject) -> Fields:
        fields = {field.name: self._output(field) for field in written.fields}
        for relationship in written.relationships or ():
            target = self._registry.view.tracked.tables.get(relationship.remote_table)
            if target is not None and target.grant(self._registry.view.role) is not None:
                fields.update(related_fields(self._registry, _tracked(relationship), target))
        return fields

    def _output(self, field: CustomField) -> BoundField:
        output = self._wrapped(type_node(field.type))
        return BoundField(output, ActionField(field.name), description=field.description)

    def _input(self, written: CustomInputObject) -> GraphQLInputObjectType:
        def fields() -> dict[str, BoundInput]:
            return {
                field.name: BoundInput(self._wrapped(type_node(field.type)), description=field.description)
                for field in written.fields
            }

        return GraphQLInputObjectType(written.name, fields, description=written.description)


def _tracked(written: CustomRelationship) -> TrackedRelationship:
    """A relationship whose own side are the fields of an action's answer."""
    mapping = tuple(written.field_mapping.items())
    return TrackedRelationship(written.name, written.type, written.remote_table, mapping, True, False)


def _enum(written: CustomEnum) -> GraphQLEnumType:
    values = {
        value.value: GraphQLEnumValue(
            value.value,
            description=value.description,
            deprecation_reason="No longer supported" if value.is_deprecated else None,
        )
        for value in written.values
    }
    return GraphQLEnumType(written.name, values, description=written.description)
