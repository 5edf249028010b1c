"""Boolean expressions of clients as conditions."""

from embedded.hasura.catalogue.tree import TEXT
from embedded.hasura.document.tree import Entries, FromVariable, InputValue, Listed, Member, Null, Scalar
from embedded.hasura.document.variables import Variables
from embedded.hasura.errors import invalid
from embedded.hasura.plan.permissions import related_exists
from embedded.hasura.plan.values import many, single
from embedded.hasura.schema.conditions import (
    TRUE,
    All,
    AnyOf,
    ColumnOf,
    Compare,
    Condition,
    IsNull,
    Not,
    both,
)
from embedded.hasura.schema.meanings import Junction, OnColumn, OnRelation, Operator
from embedded.hasura.schema.operators import OPERAND_TYPES
from embedded.hasura.schema.tracked import TrackedColumn
from embedded.hasura.schema.view import RoleView


class Where:
    """Reads boolean expressions for one role."""

    def __init__(self, view: RoleView, variables: Variables) -> None:
        self._view = view
        self._variables = variables

    def read(self, value: InputValue | None) -> Condition:
        """The condition; none and null are true."""
        if not isinstance(value, Entries):
            return TRUE
        condition: Condition = TRUE
        for member in value.members:
            condition = both(condition, self._member(member))
        return condition

    def _member(self, member: Member) -> Condition:
        match member.meaning:
            case Junction(kind):
                return self._junction(kind, member.value)
            case OnRelation(relationship, target):
                if isinstance(member.value, Null):
                    return TRUE
                return related_exists(self._view, relationship, target, self.read(member.value))
            case OnColumn(column):
                return self._column(column, member.value)
            case _:
                raise TypeError(member.name)

    def _junction(self, kind: str, value: InputValue) -> Condition:
        if isinstance(value, Null):
            return TRUE
        if kind == "_not":
            return Not(self.read(value))
        items = tuple(self.read(item) for item in value.items) if isinstance(value, Listed) else ()
        return All(items) if kind == "_and" else AnyOf(items)

    def _column(self, column: TrackedColumn, value: InputValue) -> Condition:
        condition: Condition = TRUE
        for member in value.members if isinstance(value, Entries) else ():
            if isinstance(member.meaning, Operator):
                condition = both(condition, self._comparison(column, member.meaning, member.value))
        return condition

    def _comparison(self, column: TrackedColumn, operator: Operator, value: InputValue) -> Condition:
        here = ColumnOf(column.name)
        match operator.operand:
            case "boolean":
                return IsNull(here, self._boolean(value))
            case "list":
                return Compare(here, operator.name, many(value, OPERAND_TYPES.get(operator.name, column.type)))
            case "texts":
                return Compare(here, operator.name, many(value, OPERAND_TYPES.get(operator.name, TEXT)))
            case "text":
                return Compare(here, operator.name, single(value, OPERAND_TYPES.get(operator.name, TEXT)))
            case _:
                return Compare(here, operator.name, single(value, column.type))

    def _boolean(self, value: InputValue) -> bool:
        match value:
            case Scalar(bool(wanted)):
                return wanted
            case FromVariable(name):
                return bool(self._variables.read(name))
            case _:
                raise invalid("unexpected null value for type 'Boolean'", value.path)
