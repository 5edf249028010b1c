"""Sandboxes as Daytona writes them. The SDK's models are strict: whole numbers, texts and flags as declared."""

from typing import Any

from embedded.daytona.sandbox.record import Record, State

SNAPSHOT = "embedded-host"
ORGANIZATION = "00000000-0000-0000-0000-000000000000"
_MEBIBYTES_PER_GIBIBYTE = 1024
_DESIRED = {State.STARTED: "started", State.STARTING: "started", State.ERROR: "started"}


def item(record: Record, toolbox_url: str) -> dict[str, Any]:
    """One row of a list."""
    return {
        "id": record.id,
        "organizationId": ORGANIZATION,
        "name": record.name,
        "user": "daytona",
        "labels": record.labels,
        "public": record.is_public,
        "networkBlockAll": True,
        "target": record.target,
        "cpu": record.cpus,
        "gpu": 0,
        "memory": gibibytes(record.memory_mib),
        "disk": gibibytes(record.disk_mib),
        "toolboxProxyUrl": toolbox_url,
        "state": record.state.value,
        "desiredState": _desired(record.state),
        "snapshot": SNAPSHOT,
        "errorReason": record.error or None,
        "autoStopInterval": record.auto_stop_minutes,
        "autoArchiveInterval": record.auto_archive_minutes,
        "autoDeleteInterval": record.auto_delete_minutes,
        "createdAt": record.created_at,
        "updatedAt": record.updated_at,
        "lastActivityAt": record.active_at,
    }


def full(record: Record, toolbox_url: str) -> dict[str, Any]:
    """One sandbox."""
    return {**item(record, toolbox_url), "env": record.env, "kvm": False, "volumes": []}


def gibibytes(mebibytes: int) -> int:
    """Rounded up, because Daytona knows whole gibibytes only."""
    return -(-mebibytes // _MEBIBYTES_PER_GIBIBYTE)


def _desired(state: State) -> str:
    if state in (State.DESTROYING, State.DESTROYED):
        return "destroyed"
    return _DESIRED.get(state, "stopped")
