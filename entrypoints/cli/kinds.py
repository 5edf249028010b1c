"""What a proposal of each kind does, in pairs and lines for people.

The kinds stand here as words: the contracts would bring libraries with them for which `--help` does not wait.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

Payload = dict[str, Any]

WITH_PATCH = "git_change"


def facts(kind: str, payload: Payload) -> dict[str, Any]:
    """What its payload says in a word each."""
    match kind:
        case "endpoint_call":
            return {
                "calls": f"{payload['method']} {payload['path']}",
                "expects": " or ".join(str(status) for status in payload["expect_status"]),
                "sent again": f"by {payload['idempotency_header']}" if payload["idempotency_header"] else None,
                "why": payload["why"],
            }
        case "browser_procedure":
            return {"steps": len(payload["steps"]), "why": payload["why"]}
        case _:
            return {
                "base commit": payload["base_commit"],
                "target branch": payload["target_branch"],
                "verify": payload["verify"],
            }


def lines(kind: str, payload: Payload) -> list[str]:
    """What it does, line by line, with what is not printable as an escape."""
    return ["".join(map(_printable, line)) for line in _lines(kind, payload)]


def _lines(kind: str, payload: Payload) -> Iterator[str]:
    match kind:
        case "endpoint_call":
            yield from _call(payload)
        case "browser_procedure":
            yield from (f"{number}. {_step(step)}" for number, step in enumerate(payload["steps"], 1))
            yield from (f"At the end: {_step(one)}" for one in payload["observed"])
        case _:
            for file in payload["files"]:
                yield f"{file['status']:<12}  {file['path']}  +{file['added'] or 0} -{file['deleted'] or 0}"


def size(kind: str, payload: Payload) -> str:
    """How much it is, for a line of a list."""
    match kind:
        case "endpoint_call":
            return f"{payload['method']} {payload['path']}"
        case "browser_procedure":
            return f"{len(payload['steps'])} steps"
        case _:
            return f"{payload['files_changed']} files"


def _printable(character: str) -> str:
    return character if character.isprintable() else character.encode("unicode_escape").decode()


def _call(payload: Payload) -> Iterator[str]:
    yield from (f"?  {one['name']}={one['value']}" for one in payload["query"])
    yield from (f"{one['name']}: {one['value']}" for one in payload["headers"])
    body = payload["body"]
    if body is not None:
        yield f"Content-Type: {body['media_type']}"
        yield ""
        yield from _pretty(body["text"]).splitlines()


def _pretty(text: str) -> str:
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except ValueError:
        return text


_STEPS: dict[str, Callable[[Payload], str]] = {
    "open": lambda step: f"Open {step['path']}",
    "click": lambda step: f"Click {_target(step)}",
    "fill": lambda step: f"Fill {_target(step)} with {step['text']!r}",
    "fill_secret": lambda step: f"Fill {_target(step)} with what the secret contract {step['secret_contract']!r} names",
    "choose": lambda step: f"Choose {step['option']!r} in {_target(step)}",
    "press": lambda step: f"Press {step['keys']}",
    "wait_for": lambda step: f"Wait for {_target(step)}, at most {step['timeout_ms']} ms",
    "expect": lambda step: f"{_target(step)} shows {step['text']!r}",
}


def _step(step: Payload) -> str:
    return _STEPS[step["step"]](step)


def _target(step: Payload) -> str:
    target = step["target"]
    kind = "field" if target["kind"] == "label" else target["kind"]
    return f"the {kind} {target['name']!r}"
