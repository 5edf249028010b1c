"""The custom access token hook: a SQL function that decides what an access token says."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import asyncpg

from embedded.supabase.auth.errors import AuthRefusal
from embedded.supabase.database import Connection, Pool
from embedded.supabase.json_values import Object, as_object

_LIMIT_MS = 2000
_PATH_PARTS = 2
_REQUIRED = ("aud", "exp", "iat", "sub", "email", "phone", "role", "aal", "session_id", "is_anonymous")


@dataclass(frozen=True)
class Hook:
    """A function `schema.name(event jsonb) RETURNS jsonb`."""

    schema: str
    name: str

    @classmethod
    def at(cls, uri: str) -> "Hook":
        """The hook that `pg-functions://<database>/<schema>/<function>` names.

        Raises:
            ValueError: if `uri` is of another form.
        """
        parts = urlsplit(uri)
        path = [unquote(part) for part in parts.path.strip("/").split("/")]
        if parts.scheme != "pg-functions" or len(path) != _PATH_PARTS or not all(path):
            raise ValueError(f"ACCESS_TOKEN_HOOK must be pg-functions://<database>/<schema>/<function>, not {uri}")
        return cls(*path)

    async def claims(self, pool: Pool, user_id: str, method: str, claims: Object) -> Object:
        """The claims that the function returns for a token about to be issued.

        Raises:
            AuthRefusal: as the function asks for it, or if its answer is no set of claims.
        """
        event = {"user_id": user_id, "claims": claims, "authentication_method": method}
        answer = as_object(await self._call(pool, event)) or {}
        error = as_object(answer.get("error"))
        if error is not None:
            status = error.get("http_code") or 500
            code = "unexpected_failure" if status >= 500 else "unknown"  # noqa: PLR2004  - the class of HTTP faults
            raise AuthRefusal(status, code, str(error.get("message", "")))
        return _checked(as_object(answer.get("claims")))

    async def _call(self, pool: Pool, event: Object) -> object:
        async with pool.acquire() as connection, connection.transaction():
            await connection.execute(f"SET LOCAL statement_timeout = {_LIMIT_MS}")
            try:
                return await self._run(connection, event)
            except asyncpg.QueryCanceledError as error:
                message = "Failed to run hook: it took too long"
                raise AuthRefusal(422, "hook_timeout", message) from error
            except asyncpg.PostgresError as error:
                raise AuthRefusal(500, "unexpected_failure", f"Error running hook URI: {error}") from error

    async def _run(self, connection: Connection, event: Object) -> object:
        statement = f"SELECT {_quoted(self.schema)}.{_quoted(self.name)}($1::jsonb)"
        return await connection.fetchval(statement, event)


def _checked(claims: Object | None) -> Object:
    if claims is None:
        raise AuthRefusal(500, "unexpected_failure", "output claims field is missing")
    missing = [f"\n- (root): {name} is required" for name in _REQUIRED if name not in claims]
    if missing:
        text = "output claims do not conform to the expected schema: " + "".join(missing)
        raise AuthRefusal(500, "unexpected_failure", text)
    return claims


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
