"""Values of templates, and everything that went wrong with them."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from embedded.hasura.actions.kriti.errors import KritiError
from embedded.hasura.actions.kriti.evaluate import evaluate
from embedded.hasura.actions.kriti.functions import Function, session_functions
from embedded.hasura.actions.kriti.parse import parse
from embedded.hasura.metadata.transforms import BodyTransform, as_string

# What a component of a URI may hold as it is.
_PLAIN = "-_.!~*'()"


class TransformError(Exception):
    """A transform that could not be applied, with an entry for everything that is wrong."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__("a transform failed")
        self.errors = errors


class Templates:
    """Evaluates templates for one call; mistakes are gathered, so that all are told at once."""

    def __init__(self, variables: Mapping[str, Any], session: Mapping[str, str] | None) -> None:
        self._variables = variables
        self._functions: dict[str, Function] = session_functions(session)
        self._errors: list[dict[str, Any]] = []

    def value(self, template: str) -> Any:
        """The JSON value of a template, None if there is something wrong with it."""
        try:
            return evaluate(parse(template), self._variables, self._functions)
        except KritiError as error:
            self._errors.append(error.as_json())
            return None

    def text(self, template: str) -> str:
        """The text of a template that stands for a string, empty if there is something wrong with it."""
        value = self.value(as_string(template))
        return value if isinstance(value, str) else ""

    def complain(self, message: str) -> None:
        """Note something that is wrong beyond the language."""
        self._errors.append({"error_code": "TransformationError", "message": message})

    def form(self, body: BodyTransform) -> str:
        """The fields of a form, encoded."""
        fields = ((name, self.text(template)) for name, template in body.form_template.items())
        return "&".join(f"{quote(name, safe=_PLAIN)}={quote(value, safe=_PLAIN)}" for name, value in fields)

    def refuse(self) -> None:
        """Go on only if nothing was wrong.

        Raises:
            TransformError: with everything that was.
        """
        if self._errors:
            raise TransformError(self._errors)
