"""What metadata says of how requests to handlers and their answers are reshaped."""

from typing import Annotated, Any, Literal, cast

from pydantic import BeforeValidator, Field

from embedded.hasura.metadata.tables import Node


def _text(written: object) -> object:
    # YAML reads `limit: 10` as a number; a template is text.
    return str(written) if isinstance(written, int | float) and not isinstance(written, bool) else written


Template = Annotated[str, BeforeValidator(_text)]


class BodyTransform(Node):
    """What becomes of a body: nothing, the value of a template, or a form with a template for each field."""

    action: Literal["transform", "remove", "x_www_form_urlencoded"]
    template: Template | None = None
    form_template: dict[str, Template] = Field(default_factory=dict[str, Template])


def _body(written: object) -> object:
    # The first version knew nothing but a template.
    return {"action": "transform", "template": written} if isinstance(written, str) else written


Body = Annotated[BodyTransform | None, BeforeValidator(_body)]


class HeadersTransform(Node):
    """Headers added or replaced, by templates, and headers removed."""

    add_headers: dict[str, Template] = Field(default_factory=dict[str, Template])
    remove_headers: list[str] = Field(default_factory=list[str])


def _pairs(written: object) -> object:
    match written:
        case dict():
            return list(cast("dict[str, Any]", written).items())
        case _:
            return written


QueryParameters = Annotated[list[tuple[Template, Template | None]] | str | None, BeforeValidator(_pairs)]


class RequestTransform(Node):
    """How a request to a handler is reshaped; what is left out stays as it is."""

    version: Literal[1, 2] = 1
    method: str | None = None
    url: str | None = None
    body: Body = None
    content_type: str | None = None
    query_params: QueryParameters = None
    request_headers: HeadersTransform | None = None
    template_engine: Literal["Kriti"] = "Kriti"

    @property
    def templates(self) -> list[str]:
        """Everything in it that is a template, strings as the strings they are in."""
        parts = _templates(self.body)
        unquoted = [self.url, self.query_params if isinstance(self.query_params, str) else None]
        if isinstance(self.query_params, list):
            unquoted += [part for pair in self.query_params for part in pair]
        if self.request_headers is not None:
            unquoted += self.request_headers.add_headers.values()
        return [*parts, *(as_string(part) for part in unquoted if part is not None)]


class ResponseTransform(Node):
    """How a handler's answer is reshaped."""

    version: Literal[1, 2] = 1
    body: Body = None
    template_engine: Literal["Kriti"] = "Kriti"

    @property
    def templates(self) -> list[str]:
        """Everything in it that is a template."""
        return _templates(self.body)


def as_string(template: str) -> str:
    """The template of a string, from what stands between its quotes."""
    return f'"{template}"'


def _templates(body: BodyTransform | None) -> list[str]:
    if body is None:
        return []
    whole = [body.template] if body.template is not None else []
    return [*whole, *(as_string(part) for part in body.form_template.values())]
