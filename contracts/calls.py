"""Endpoint calls: one request to an endpoint, below the URL of its contract and never to a URL of the caller's."""

import json
import re
from collections.abc import Sequence
from typing import Annotated, Any, Literal, Self
from urllib.parse import unquote
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from contracts.base import Action, Contract, EventData, LongText, Mutation, Name, Recorded
from contracts.canonical import NotCanonicalError, canonical_bytes
from contracts.refusals import Code
from contracts.vocabulary import InteractionPolicy, Role
from contracts.work import WorkCreated

HEADERS_MAX = 20
PARAMETERS_MAX = 50
STATUSES_MAX = 20
BODY_CHARACTERS_MAX = 64_000

# Words that a header or a parameter with a credential has in its name.
_CREDENTIAL_WORDS = {
    *("auth", "authorization", "authentication", "bearer", "cookie", "cookie2", "credential", "credentials", "jwt"),
    *("key", "apikey", "password", "passwd", "secret", "session", "signature", "token"),
}
# Names of this kind that carry no credential.
_HARMLESS = {"idempotency-key", "x-idempotency-key"}
# What the runtime writes itself, or what decides where a request ends.
_OWN_HEADERS = {
    *("host", "content-length", "content-type", "content-encoding", "transfer-encoding", "accept-encoding"),
    *("connection", "keep-alive", "te", "trailer", "upgrade", "expect", "proxy-connection", "via", "forwarded"),
}
_CREDENTIAL_VALUE = re.compile(r"^\s*(basic|bearer|digest|negotiate)\s+\S", re.IGNORECASE)
# A path that is encoded more often than this is meant to deceive.
_DECODINGS_MAX = 5


def _below(value: str) -> str:
    """The path, if no reader of it comes out above or beside where it begins, however often it decodes it."""
    decoded = value
    for _ in range(_DECODINGS_MAX):
        if {".", ".."} & set(re.split(r"[/\\;]", decoded)) or "\\" in decoded or re.search(r"[\x00-\x1f\x7f]", decoded):
            break
        decoded, before = unquote(decoded, errors="replace"), decoded
        if decoded == before:
            return value
    raise ValueError("a path stays below the endpoint's URL: no part of it is . or .., and it has no backslash")


def _no_credential(name: str) -> str:
    lowered = name.lower()
    words = set(re.split(r"[^a-z0-9]+", lowered))
    if lowered not in _HARMLESS and (words & _CREDENTIAL_WORDS or "apikey" in lowered):
        raise ValueError(f"{name} names a credential: the endpoint's auth contract says how the call authenticates")
    return name


def _header_name(name: str) -> str:
    if name.lower() in _OWN_HEADERS:
        raise ValueError(f"the runtime writes the header {name} itself")
    return _no_credential(name)


def _header_value(value: str) -> str:
    if _CREDENTIAL_VALUE.match(value):
        raise ValueError("the value is a credential: the endpoint's auth contract says how the call authenticates")
    return value


CallPath = Annotated[
    str,
    StringConstraints(max_length=2_000, pattern=r"^/([^/?#\x00-\x20\x7f][^?#\x00-\x20\x7f]*)?$"),
    AfterValidator(_below),
]
HeaderName = Annotated[
    str,
    StringConstraints(min_length=1, max_length=100, pattern=r"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"),
    AfterValidator(_header_name),
]
HeaderValue = Annotated[
    str, StringConstraints(max_length=2_000, pattern=r"^[\x20-\x7e]*$"), AfterValidator(_header_value)
]
ParameterName = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$"),
    AfterValidator(_no_credential),
]
ParameterValue = Annotated[str, StringConstraints(max_length=2_000, pattern=r"^[^\x00]*$")]
MediaType = Annotated[
    str, StringConstraints(min_length=3, max_length=200, pattern=r"^[a-z0-9.+-]+/[a-z0-9.+-]+(; ?charset=utf-8)?$")
]
Status = Annotated[int, Field(ge=200, le=599)]


class CallHeader(Contract):
    """A header that the caller adds; one that carries a credential is refused."""

    name: HeaderName
    value: HeaderValue = ""


class CallParameter(Contract):
    """A parameter of the query, sent as it is written here."""

    name: ParameterName
    value: ParameterValue = ""


class CallBody(Contract):
    """The text that is sent, byte for byte as UTF-8; of a JSON media type it is JSON that all read alike."""

    media_type: MediaType = "application/json"
    text: Annotated[str, StringConstraints(min_length=1, max_length=BODY_CHARACTERS_MAX, pattern=r"^[^\x00]+$")]

    @property
    def is_json(self) -> bool:
        """Whether the media type is JSON or built on it."""
        bare = self.media_type.partition(";")[0]
        return bare == "application/json" or bare.endswith("+json")

    @model_validator(mode="after")
    def _readable(self) -> Self:
        if self.is_json:
            try:
                # People decide on what they are shown, so nothing in it may be read in two ways.
                canonical_bytes(json.loads(self.text, object_pairs_hook=_once))
            except (ValueError, RecursionError) as error:
                why = str(error) if isinstance(error, NotCanonicalError) else "it is not written as JSON asks"
                raise ValueError(f"the body is no JSON that all read alike: {why}") from None
        return self


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise NotCanonicalError("an object has a member twice.")
    return members


class EndpointCall(Contract):
    """One request to an endpoint; where that is and how it authenticates stands in the endpoint's contract alone.

    `idempotency_header` is sent with the execution's id, the same at every try: the endpoint says by taking it that
    the same request twice has its effect once.
    """

    method: Literal["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
    path: CallPath
    query: tuple[CallParameter, ...] = Field(default=(), max_length=PARAMETERS_MAX)
    headers: tuple[CallHeader, ...] = Field(default=(), max_length=HEADERS_MAX)
    body: CallBody | None = None
    expect_status: tuple[Status, ...] = Field(default=(200,), min_length=1, max_length=STATUSES_MAX)
    idempotency_header: HeaderName | None = None
    timeout_ms: int = Field(default=30_000, ge=100, le=120_000)
    why: LongText

    @property
    def repeatable(self) -> bool:
        """Whether sending it twice has the effect of sending it once."""
        return self.method not in ("POST", "PATCH") or self.idempotency_header is not None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.method in ("GET", "HEAD") and self.body is not None:
            raise ValueError(f"a {self.method} has no body")
        names = [header.name.lower() for header in self.headers]
        names += [self.idempotency_header.lower()] if self.idempotency_header else []
        if len(names) != len(set(names)):
            raise ValueError("a header stands there twice")
        return self


class CreateCall(Mutation):
    """Describe work that is one call of an endpoint; it is proposed before it is sent."""

    title: Name
    endpoint_id: UUID
    runtime_asset_id: UUID
    interaction_policy: InteractionPolicy = InteractionPolicy.ANY
    call: EndpointCall


class CallSucceeded(EventData):
    """The approved call was sent, and the endpoint answered as expected."""

    execution_id: UUID
    proposal_id: UUID
    method: str
    path: str
    status: int


EVENTS: tuple[type[EventData], ...] = (CallSucceeded,)
ACTIONS: tuple[Action, ...] = (
    Action(
        name="create_call",
        kind="work.create_call",
        operation="mutation",
        takes=CreateCall,
        answers=Recorded,
        roles=(Role.OPERATOR, Role.OWNER),
        says="Describe work that is one call of an endpoint; launched, it is proposed before it is sent.",
        events=(WorkCreated,),
        lineage=(),
        refusals=(Code.NOT_FOUND, Code.WRONG_STATE, Code.INVALID_INPUT),
    ),
)
