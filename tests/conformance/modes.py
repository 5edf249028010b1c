"""How the engine is started, and what the runner is asked to run against it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from typing import Any

_JWT_KEY = "conformance-key-of-thirty-two-bytes-at-least"


@dataclass(frozen=True)
class Run:
    """One call of the runner; only results over these transports count, and scripts of categories like `scripts`."""

    arguments: tuple[str, ...] = ()
    transports: frozenset[str] = frozenset({"http", "websocket", "subscription"})
    scripts: str = "*"

    def counts(self, result: Mapping[str, Any]) -> bool:
        """Whether a result is what the run was made for."""
        if result["transport"] == "script":
            return fnmatch(result["category"], self.scripts)
        return result["transport"] in self.transports


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
    Run(("--transport", transport, "--ws-protocol", "graphql-transport-ws"), frozenset({transport}), scripts="")
    for transport in ("websocket", "subscription")
)

MODES: tuple[Mode, ...] = (
    Mode("default", runs=(Run(), *_NEWER_PROTOCOL)),
    Mode(
        "JWT",
        {"HASURA_GRAPHQL_JWT_SECRET": json.dumps({"type": "HS256", "key": _JWT_KEY})},
        # Other scripts bring credentials of their own, or none, and expect the words of a server without tokens.
        (Run(("--auth", "jwt", "--jwt-secret", _JWT_KEY), scripts="auth:*"),),
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
