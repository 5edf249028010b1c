"""Names of tables and functions as metadata writes them: an object, or a bare string for schema `public`."""

from typing import Annotated, NamedTuple

from pydantic import AfterValidator, BeforeValidator, PlainSerializer


class QualifiedName(NamedTuple):
    """A table or function with its schema."""

    schema: str
    name: str

    @property
    def display(self) -> str:
        """The name as messages show it: without the schema if that is `public`."""
        return self.name if self.schema == "public" else f"{self.schema}.{self.name}"

    @property
    def sql(self) -> str:
        """The name quoted for SQL text."""
        return f"{quoted(self.schema)}.{quoted(self.name)}"


def quoted(identifier: str) -> str:
    """An SQL identifier in double quotes."""
    return '"' + identifier.replace('"', '""') + '"'


def qualified(written: object) -> QualifiedName:
    """The name that metadata wrote as a string or as `{schema, name}`.

    Raises:
        ValueError: if it is neither.
    """
    match written:
        case QualifiedName():
            return written
        case str():
            return QualifiedName("public", written)
        case {"name": str(name), "schema": str(schema)}:
            return QualifiedName(schema, name)
        case {"name": str(name)}:
            return QualifiedName("public", name)
        case _:
            raise ValueError("expected a name, or an object with schema and name")


def _dumped(name: QualifiedName) -> dict[str, str]:
    return {"schema": name.schema, "name": name.name}


Qualified = Annotated[QualifiedName, BeforeValidator(qualified), PlainSerializer(_dumped)]


def _filled(written: str) -> str:
    if not written:
        raise ValueError("empty string not allowed")
    return written


# The name of a role, a relationship, a collection and the like.
Text = Annotated[str, AfterValidator(_filled)]
