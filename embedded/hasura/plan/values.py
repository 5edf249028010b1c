"""Operands of comparisons and other bound values as parameters of the plan."""

from embedded.hasura.catalogue.tree import BIGINT, SqlType
from embedded.hasura.document.tree import Chosen, FromVariable, InputValue, Listed, Null, Scalar
from embedded.hasura.errors import invalid
from embedded.hasura.schema.conditions import Constant, Gathered, Parameter, RequestVariable
from embedded.hasura.schema.literals import as_text
from embedded.hasura.schema.names import scalar_name
from embedded.hasura.schema.tracked import TrackedColumn


def single(value: InputValue, sql_type: SqlType) -> Parameter:
    """One value, or one whole array for a column that holds arrays."""
    if isinstance(value, Listed) and sql_type.element is not None and not _written_out(value):
        return Parameter(
            Gathered(tuple(_source(item, sql_type.element) for item in value.items)), sql_type.element, True
        )
    return Parameter(_source(value, sql_type), sql_type)


def written_value(value: InputValue, column: TrackedColumn) -> Parameter:
    """A value to be written into a column, which may be null if the column may.

    Raises:
        EngineError: validation-failed, if it is null and the column may not be.
    """
    if isinstance(value, Null) and column.nullable:
        return Parameter(Constant(None), column.type)
    return single(value, column.type)


def many(value: InputValue, sql_type: SqlType) -> Parameter:
    """A list of values, bound as one array."""
    match value:
        case FromVariable(name, scalar, path=path):
            return Parameter(RequestVariable(name, scalar, is_list=True, path=path), sql_type, as_array=True)
        case Listed(items):
            sources = tuple(_source(item, sql_type) for item in items)
            if all(isinstance(source, Constant) for source in sources):
                texts = tuple(source.value for source in sources if isinstance(source, Constant))
                return Parameter(Constant(tuple(_one(text) for text in texts)), sql_type, as_array=True)
            return Parameter(Gathered(sources), sql_type, as_array=True)
        case _:
            raise _null(value, sql_type)


def row_count(value: InputValue | None) -> Parameter | None:
    """A `limit` or `offset`; None and null mean there is none."""
    return None if value is None or isinstance(value, Null) else single(value, BIGINT)


def _written_out(value: Listed) -> bool:
    """Whether a list stands in the document as it is, without variables inside."""
    return all(isinstance(item, Scalar) for item in value.items)


def _one(text: str | tuple[str | None, ...] | None) -> str | None:
    if isinstance(text, tuple):
        raise TypeError("an array within an array")
    return text


def _source(value: InputValue, sql_type: SqlType) -> Constant | RequestVariable:
    match value:
        case Scalar(written):
            return Constant(as_text(written, sql_type))
        case Chosen(value=chosen):
            return Constant(chosen)
        case FromVariable(name, scalar, is_list, path):
            return RequestVariable(name, scalar, is_list, path)
        case Listed(items) if sql_type.element is not None:
            return Constant(as_text([item.value for item in items if isinstance(item, Scalar)], sql_type))
        case _:
            raise _null(value, sql_type)


def _null(value: InputValue, sql_type: SqlType) -> Exception:
    shown = sql_type.enum.name if sql_type.enum is not None else scalar_name(sql_type.element or sql_type)
    return invalid(f"unexpected null value for type '{shown}'", value.path)
