"""What a creation asks for: taken where this service can do it, refused by name where it cannot."""

import re
import uuid
from typing import cast

from embedded.daytona.api.shapes import SNAPSHOT
from embedded.daytona.launch.host import Host, new_uid
from embedded.daytona.refusals import Refusal, bad_request
from embedded.daytona.requests import JsonObject, optional, texts
from embedded.daytona.sandbox.record import Record
from embedded.daytona.settings import Limits

_ENV_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LANGUAGE_LABEL = "code-toolbox-language"
_LANGUAGES = {"python", "typescript", "javascript"}
_ENV_BYTES_MAX = 1024 * 1024
_NAME_CHARACTERS_MAX = 255
_AUTO_STOP_MINUTES = 15
_AUTO_ARCHIVE_MINUTES = 10_080
_GIBIBYTE_MIB = 1024
_CPUS_MAX = 16
_MEMORY_GIB_MAX = 64
_DISK_GIB_MAX = 100
# Asking for any of these asks for something that this machine does not give.
_IMPOSSIBLE = (
    *("gpu", "gpuType", "kvm", "spot", "secrets", "volumes", "linkedSandbox", "outboundProxyUrl"),
    *("otelEndpointOverride", "networkAllowList", "domainAllowList", "ttlMinutes", "autoPauseInterval", "queueTimeout"),
)


def record_from(body: JsonObject, *, limits: Limits, host: Host, taken_uids: set[int]) -> Record:
    """The record of the sandbox that `body` describes.

    Raises:
        Refusal: naming what cannot be done.
    """
    _refuse_impossible(body)
    sandbox_id = str(uuid.uuid4())
    cpus = _resource(body, "cpu", _CPUS_MAX)
    memory_gib = _resource(body, "memory", _MEMORY_GIB_MAX)
    disk_gib = _resource(body, "disk", _DISK_GIB_MAX)
    return Record(
        id=sandbox_id,
        name=_name(body) or sandbox_id,
        target=optional(body, "target", str) or "local",
        labels=checked_labels(texts(body, "labels")),
        env=checked_env(texts(body, "env")),
        cpus=cpus or limits.cpus,
        memory_mib=memory_gib * _GIBIBYTE_MIB if memory_gib else limits.memory_mib,
        disk_mib=disk_gib * _GIBIBYTE_MIB if disk_gib else limits.disk_mib,
        disk=host.disk,
        uid=new_uid(taken_uids),
        auto_stop_minutes=interval(body, "autoStopInterval", _AUTO_STOP_MINUTES, lowest=0),
        auto_archive_minutes=interval(body, "autoArchiveInterval", _AUTO_ARCHIVE_MINUTES, lowest=0),
        auto_delete_minutes=interval(body, "autoDeleteInterval", -1, lowest=-1),
        is_public=bool(optional(body, "public", bool)),
    )


def _refuse_impossible(body: JsonObject) -> None:
    for name in _IMPOSSIBLE:
        if body.get(name):
            raise _cannot(name)
    if not optional(body, "networkBlockAll", bool):
        raise bad_request(
            "sandboxes of the embedded sandbox service have no network: create them with network_block_all=True"
        )
    if optional(body, "user", str) not in (None, "", "daytona"):
        raise bad_request("the only user of the embedded sandbox service is daytona")
    if optional(body, "snapshot", str) not in (None, "", SNAPSHOT):
        raise bad_request(f"the only snapshot of the embedded sandbox service is {SNAPSHOT}")
    build = cast("JsonObject", optional(body, "buildInfo", dict) or {})
    if build and str(build.get("dockerfileContent", "")).strip() != f"FROM {SNAPSHOT}":
        raise bad_request(f"the embedded sandbox service builds no images: the only image is {SNAPSHOT}")


def _cannot(name: str) -> Refusal:
    return bad_request(f"not supported by the embedded sandbox service: {name}")


def _name(body: JsonObject) -> str | None:
    name = optional(body, "name", str)
    if name is not None and (len(name) > _NAME_CHARACTERS_MAX or "/" in name):
        raise bad_request(f"name must be at most {_NAME_CHARACTERS_MAX} characters and without a slash")
    return name


def _resource(body: JsonObject, name: str, highest: int) -> int | None:
    value = optional(body, name, int)
    if value is not None and not 1 <= value <= highest:
        raise bad_request(f"{name} must lie between 1 and {highest}")
    return value


def interval(body: JsonObject, name: str, default: int, *, lowest: int) -> int:
    """Minutes, checked.

    Raises:
        Refusal: if they are below `lowest`.
    """
    minutes = optional(body, name, int)
    if minutes is not None and minutes < lowest:
        raise bad_request(f"{name} must be at least {lowest}")
    return default if minutes is None else minutes


def checked_labels(labels: dict[str, str]) -> dict[str, str]:
    """The labels; the one that the SDK reads back has a closed set of values, and any other would break its lists.

    Raises:
        Refusal: if the language is none of Daytona's.
    """
    if labels.get(_LANGUAGE_LABEL, "python") not in _LANGUAGES:
        raise bad_request(f"the label {_LANGUAGE_LABEL} must be one of {', '.join(sorted(_LANGUAGES))}")
    return labels


def checked_env(env: dict[str, str]) -> dict[str, str]:
    """Environment variables that a shell can have.

    Raises:
        Refusal: naming the first that it cannot.
    """
    for name, value in env.items():
        if not _ENV_NAME.fullmatch(name):
            raise bad_request(f"not the name of an environment variable: {name!r}")
        if "\0" in value:
            raise bad_request(f"the environment variable {name} contains a null character")
    if sum(len(name) + len(value) for name, value in env.items()) > _ENV_BYTES_MAX:
        raise bad_request(f"the environment is larger than {_ENV_BYTES_MAX} bytes")
    return env
