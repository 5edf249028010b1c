"""Boolean expressions of clients as conditions."""

from embedded.hasura.catalogue.tree import BOOLEAN, INTEGER, TEXT, SqlType
from embedded.hasura.document.tree import Entries, FromVariable, InputValue, Listed, Member, Null, Scalar
from embedded.hasura.document.variables import Variables
from embedded.hasura.errors import invalid
from embedded.hasura.plan.columns import chosen_columns
from embedded.hasura.plan.permissions import RelatedAggregates, cell, computed_cell, computed_exists, related_exists
from embedded.hasura.plan.values import many, single
from embedded.hasura.schema.conditions import (
    TRUE,
    All,
    AnyOf,
    Cast,
    Compare,
    Condition,
    IsNull,
    Not,
    Subject,
    both,
)
from embedded.hasura.schema.meanings import (
    CastTo,
    Junction,
    OnAggregate,
    OnColumn,
    OnComputed,
    OnComputedRows,
    OnRelation,
    Operator,
)
from embedded.hasura.schema.operators import OPERAND_TYPES
from embedded.hasura.schema.tracked import TrackedTable
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
            case _ if isinstance(member.value, Null):
                return TRUE
            case OnRelation(relationship, target):
                return related_exists(self._view, relationship, target, self.read(member.value))
            case OnComputedRows(computed, target):
                return computed_exists(self._view, computed, target, self.read(member.value))
            case OnAggregate(relationship, target):
                aggregates = RelatedAggregates(self._view, target.name, relationship.mapping, target)
                return self._aggregates(aggregates, target, member.value)
            case OnColumn(column):
                return self._comparisons(cell(self._view, column), column.type, member.value)
            case OnComputed(computed):
                return self._comparisons(computed_cell(self._view, computed), computed.type, member.value)
            case _:
                raise TypeError(member.name)

    def _junction(self, kind: str, value: InputValue) -> Condition:
        if isinstance(value, Null):
            return TRUE
        if kind == "_not":
            return Not(self.read(value))
        items = tuple(self.read(item) for item in value.items) if isinstance(value, Listed) else ()
        return All(items) if kind == "_and" else AnyOf(items)

    def _comparisons(self, subject: Subject, sql_type: SqlType, value: InputValue) -> Condition:
        condition: Condition = TRUE
        for member in value.members if isinstance(value, Entries) else ():
            match member.meaning:
                case Operator() as operator:
                    compared = self._comparison(subject, sql_type, operator, member.value)
                case CastTo(wanted):
                    compared = self._cast(subject, wanted, member.value)
                case _:
                    raise TypeError(member.name)
            condition = both(condition, compared)
        return condition

    def _cast(self, subject: Subject, wanted: SqlType, value: InputValue) -> Condition:
        condition: Condition = TRUE
        for member in value.members if isinstance(value, Entries) else ():
            condition = both(condition, self._comparisons(Cast(subject, wanted), wanted, member.value))
        return condition

    def _comparison(self, subject: Subject, sql_type: SqlType, operator: Operator, value: InputValue) -> Condition:
        match operator.operand:
            case "boolean":
                return IsNull(subject, self._boolean(value))
            case "list":
                return Compare(subject, operator.name, many(value, OPERAND_TYPES.get(operator.name, sql_type)))
            case "texts":
                return Compare(subject, operator.name, many(value, OPERAND_TYPES.get(operator.name, TEXT)))
            case "text":
                return Compare(subject, operator.name, single(value, OPERAND_TYPES.get(operator.name, TEXT)))
            case _:
                return Compare(subject, operator.name, single(value, sql_type))

    def _aggregates(self, aggregates: RelatedAggregates, target: TrackedTable, value: InputValue) -> Condition:
        condition: Condition = TRUE
        for test in value.members if isinstance(value, Entries) else ():
            parts = {part.name: part.value for part in test.value.members} if isinstance(test.value, Entries) else {}
            if "predicate" not in parts:
                continue
            of = aggregates.of(
                test.name,
                tuple(cell(self._view, column) for column in chosen_columns(target, parts.get("arguments"))),
                wanted=self.read(parts.get("filter")),
                distinct="distinct" in parts and self._is_true(parts["distinct"]),
            )
            answer = INTEGER if test.name == "count" else BOOLEAN
            condition = both(condition, self._comparisons(of, answer, parts["predicate"]))
        return condition

    def _is_true(self, value: InputValue) -> bool:
        return not isinstance(value, Null) and self._boolean(value)

    def _boolean(self, value: InputValue) -> bool:
        match value:
            case Scalar(bool(wanted)):
                return wanted
            case FromVariable(name):
                return bool(self._variables.read(name))
            case _:
                raise invalid("unexpected null value for type 'Boolean'", value.path)
