"""How the engine is started, and what the runner is asked to run against it."""

import json
from dataclasses import dataclass, field

_JWT_KEY = "conformance-key-of-thirty-two-bytes-at-least"


@dataclass(frozen=True)
class Run:
    """One call of the runner; with `transports`, only those results count."""

    arguments: tuple[str, ...] = ()
    transports: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Mode:
    """An engine's settings and the runs against it."""

    name: str
    settings: dict[str, str] = field(default_factory=dict[str, str])
    runs: tuple[Run, ...] = (Run(),)


# The suite's expectations of numbers come from servers that were started so.
EVERYWHERE = {"HASURA_GRAPHQL_STRINGIFY_NUMERIC_TYPES": "true"}

# The newer protocol repeats only what is posted over websockets at all; scripted cases choose their protocol.
_NEWER_PROTOCOL = tuple(
    Run(("--transport", transport, "--ws-protocol", "graphql-transport-ws"), frozenset({transport}))
    for transport in ("websocket", "subscription")
)

MODES: tuple[Mode, ...] = (
    Mode("default", runs=(Run(), *_NEWER_PROTOCOL)),
    Mode(
        "JWT",
        {"HASURA_GRAPHQL_JWT_SECRET": json.dumps({"type": "HS256", "key": _JWT_KEY})},
        (Run(("--auth", "jwt", "--jwt-secret", _JWT_KEY)),),
    ),
    Mode("allow list", {"HASURA_GRAPHQL_ENABLE_ALLOWLIST": "true"}, (Run(("--have", "allowlist")),)),
    Mode(
        "unauthorized role",
        {"HASURA_GRAPHQL_UNAUTHORIZED_ROLE": "anonymous"},
        (Run(("--have", "unauthorized_role")),),
    ),
    Mode(
        "explicit function permissions",
        {"HASURA_GRAPHQL_INFER_FUNCTION_PERMISSIONS": "false"},
        (Run(("--have", "explicit_function_permissions")),),
    ),
)
