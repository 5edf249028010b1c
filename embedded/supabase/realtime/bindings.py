"""What a client asks for when it joins."""

import hashlib
import json
from dataclasses import dataclass

from embedded.supabase.json_values import Object, as_list, as_object, as_text
from embedded.supabase.realtime.filters import Condition, FilterError, parse_filter
from embedded.supabase.realtime.pgoutput import Kind

_ID_BITS = 27
WILDCARD = "*"


class BindingError(ValueError):
    """A binding that names nothing, in words for the client."""


@dataclass(frozen=True, slots=True)
class Binding:
    """Changes of one table or of all of a schema; `select` None means every column."""

    id: int
    event: str
    schema: str
    table: str
    conditions: tuple[Condition, ...]
    select: frozenset[str] | None

    def wants(self, kind: Kind) -> bool:
        """Whether this kind of change was asked for."""
        return self.event in {WILDCARD, kind.value}

    def covers(self, schema: str, table: str) -> bool:
        """Whether this table was asked for."""
        return self.schema in {WILDCARD, schema} and self.table in {WILDCARD, table}


@dataclass(frozen=True, slots=True)
class JoinConfig:
    """The `config` of a join, with defaults for what is missing or of the wrong type."""

    acknowledge: bool = False
    echo: bool = False
    presence_key: str = ""
    presence: bool = False
    private: bool = False
    changes: tuple[Object, ...] = ()
    wait: bool = False
    replay: Object | None = None
    tells_when_ready: bool = False


def read_config(payload: object) -> JoinConfig:
    """The configuration in a join's payload."""
    config = as_object((as_object(payload) or {}).get("config")) or {}
    broadcast = as_object(config.get("broadcast")) or {}
    presence = as_object(config.get("presence")) or {}
    options = as_object(config.get("postgres_changes_options")) or {}
    changes = [change for item in as_list(config.get("postgres_changes")) or [] if (change := as_object(item))]
    return JoinConfig(
        acknowledge=_truth(broadcast.get("ack")),
        echo=_truth(broadcast.get("self")),
        presence_key=as_text(presence.get("key")) or "",
        presence=_truth(presence.get("enabled")),
        private=_truth(config.get("private")),
        changes=tuple(changes),
        wait=_truth(options.get("wait")),
        replay=as_object(broadcast.get("replay")),
        tells_when_ready=_truth(broadcast.get("replication_ready")),
    )


def identified(change: Object) -> Object:
    """The client's binding, unchanged but for its `id`; equal bindings get equal ids, and none is 0."""
    digest = hashlib.sha256(json.dumps(change, sort_keys=True).encode()).digest()
    return {**change, "id": int.from_bytes(digest[:8]) % (2**_ID_BITS - 1) + 1}


def read_binding(change: Object) -> Binding:
    """The binding that a client's identified object describes.

    Raises:
        BindingError: if it names neither schema nor table, or a filter that is not understood.
    """
    schema, table = as_text(change.get("schema")), as_text(change.get("table"))
    if not schema and not table:
        text = "No subscription params provided. Please provide at least a `schema` or `table` to subscribe to: "
        raise BindingError(text + json.dumps({name: value for name, value in change.items() if name != "id"}))
    event = str(change.get("event", WILDCARD)).upper()
    columns = as_list(change.get("select"))
    try:
        conditions = parse_filter(as_text(change.get("filter")) or "")
    except FilterError as error:
        raise BindingError(str(error)) from error
    if conditions and (table or WILDCARD) == WILDCARD:
        raise BindingError("Error parsing `filter` params: a filter needs a `table`")
    return Binding(
        id=int(change["id"]),
        event=event if event in set(Kind) else WILDCARD,
        schema=schema or "public",
        table=table or WILDCARD,
        conditions=conditions,
        select=frozenset(str(column) for column in columns) if columns else None,
    )


def _truth(value: object) -> bool:
    return value is True or value == "true"
