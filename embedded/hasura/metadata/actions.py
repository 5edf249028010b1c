"""What metadata says of actions and of the types they speak in."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from embedded.hasura.metadata.names import Qualified, Text
from embedded.hasura.metadata.tables import Node

TIMEOUT_DEFAULT_S = 30


class ActionArgument(Node):
    """One argument of an action; `type` is GraphQL text such as `[uuid!]!`."""

    name: str
    type: str
    description: str | None = None


class ActionHeader(Node):
    """A header the engine sends to the handler."""

    name: str
    value: str | None = None
    value_from_env: str | None = None


# The CLI writes an empty kind for query actions.
Kind = Annotated[Literal["synchronous", "asynchronous"] | None, BeforeValidator(lambda written: written or None)]


class ActionDefinition(Node):
    """How an action is called and what it answers."""

    kind: Kind = None
    type: Literal["mutation", "query"] = "mutation"
    handler: str
    arguments: list[ActionArgument] = Field(default_factory=list[ActionArgument])
    output_type: str
    forward_client_headers: bool = False
    headers: list[ActionHeader] = Field(default_factory=list[ActionHeader])
    timeout: int | None = None
    ignored_client_headers: list[str] = Field(default_factory=list[str])
    request_transform: Any = None
    response_transform: Any = None

    @property
    def asynchronous(self) -> bool:
        """Whether the answer is fetched later; a query action never is."""
        return self.type == "mutation" and self.kind == "asynchronous"


class ActionPermission(Node):
    """A role that may call an action."""

    role: Text
    definition: Any = Field(default=None, exclude=True)


class Action(Node):
    """One action."""

    name: str
    definition: ActionDefinition
    permissions: list[ActionPermission] = Field(default_factory=list[ActionPermission])
    comment: str | None = None


class CustomField(Node):
    """A field of a custom object or input object; `type` is GraphQL text."""

    name: str
    type: str
    description: str | None = None
    arguments: Any = None


class CustomInputObject(Node):
    """An input object type of actions."""

    name: str
    fields: list[CustomField]
    description: str | None = None


class CustomRelationship(Node):
    """A relationship from an action's answer to a table."""

    name: str
    type: Literal["object", "array"]
    remote_table: Qualified
    field_mapping: dict[str, str]
    source: str | None = None


class CustomObject(Node):
    """An output object type of actions."""

    name: str
    fields: list[CustomField]
    description: str | None = None
    relationships: list[CustomRelationship] | None = None


class CustomScalar(Node):
    """A scalar type of actions, passed through as JSON."""

    name: str
    description: str | None = None


class CustomEnumValue(Node):
    """One value of an enum type."""

    value: str
    description: str | None = None
    is_deprecated: bool | None = None


class CustomEnum(Node):
    """An enum type of actions."""

    name: str
    values: list[CustomEnumValue]
    description: str | None = None


class CustomTypes(Node):
    """Every type that actions declare."""

    input_objects: list[CustomInputObject] = Field(default_factory=list[CustomInputObject])
    objects: list[CustomObject] = Field(default_factory=list[CustomObject])
    scalars: list[CustomScalar] = Field(default_factory=list[CustomScalar])
    enums: list[CustomEnum] = Field(default_factory=list[CustomEnum])
