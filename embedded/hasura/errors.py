"""The one error every stage raises: a code for machines, a sentence for people, and where in the request it arose."""

from typing import Any

_STATUS_BY_CODE = {
    "access-denied": 401,
    "not-found": 404,
    "method-not-allowed": 405,
    "conflict": 409,
    "postgres-error": 500,
    "unexpected": 500,
    "internal-error": 500,
}


class EngineError(Exception):
    """A refusal or failure as Hasura reports it.

    `extensions` replaces the whole extensions object (an action handler may send its own); `internal` is for those
    who may see internals. `headers` are set on the HTTP answer.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        path: str = "$",
        status: int | None = None,
        internal: Any = None,
        extensions: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.path = path
        self.status = status or _STATUS_BY_CODE.get(code, 400)
        self.internal = internal
        self.extensions = extensions

    def as_graphql(self, *, internals_shown: bool) -> dict[str, Any]:
        """The error as an entry of a GraphQL answer's `errors`."""
        if self.extensions is not None:
            return {"message": self.message, "extensions": self.extensions}
        extensions: dict[str, Any] = {"path": self.path, "code": self.code}
        if internals_shown and self.internal is not None:
            extensions["internal"] = self.internal
        return {"message": self.message, "extensions": extensions}

    def as_api(self, *, internals_shown: bool = True) -> dict[str, Any]:
        """The error as the body of any other endpoint's answer."""
        body: dict[str, Any] = {"path": self.path, "error": self.message, "code": self.code}
        if internals_shown and self.internal is not None:
            body["internal"] = self.internal
        return body


def invalid(message: str, path: str = "$") -> EngineError:
    """A `validation-failed` error: the request does not fit the schema."""
    return EngineError("validation-failed", message, path=path)


def unsupported(what: str, path: str = "$") -> EngineError:
    """A `not-supported` error that says it is this engine, not Hasura, that lacks `what`."""
    return EngineError("not-supported", f"{what} is not supported by the embedded engine", path=path)
