"""Look at an action's templates before it is served."""

from embedded.hasura.actions.kriti.errors import KritiError
from embedded.hasura.actions.kriti.parse import parse
from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.transforms import RequestTransform, ResponseTransform


def refuse_bad_templates(request: RequestTransform | None, response: ResponseTransform | None) -> None:
    """Refuse transforms with a template that nobody could read.

    Raises:
        EngineError: validation-failed, with all that is wrong as internals.
    """
    for kind, transform in (("request", request), ("response", response)):
        errors = [error.as_json() for error in map(_error_in, transform.templates if transform else []) if error]
        if errors:
            raise EngineError(
                "validation-failed", f"{kind} transform validation failed", path="$.args", internal=errors
            )


def _error_in(template: str) -> KritiError | None:
    try:
        parse(template)
    except KritiError as error:
        return error
    return None
