"""Reading recorded histories, replaying them, and what must not stand in them."""

import base64
import inspect
import json
import re
import socket
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer

from workflows.registry import workflow_runner

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent
RECORD = "make record-histories"

# What tells of the machine that recorded: folders of a system, its own name, its addresses and ports.
_OF_THE_MACHINE = re.compile(
    r"(?<![\w.-])/(?:tmp|home|root|work|var|usr|opt|mnt|srv|private|Users)/|\blocalhost\b|\b127\.\d+\.\d+\.\d+|\[::1?\]"
    r"|://[^/\s\"]*:\d+"
)


def recorded() -> dict[str, list[Path]]:
    """The files of recorded histories, by the name of their workflow."""
    return {folder.name: sorted(folder.glob("*.json")) for folder in sorted(FOLDER.iterdir()) if folder.is_dir()}


def name_of(workflow_class: type) -> str:
    """The name under which a workflow is started."""
    return str(workflow._Definition.must_from_class(workflow_class).name)


async def replay_failures(workflows: Sequence[type], files: Sequence[Path]) -> list[str]:
    """For each history that the workflow would not go through again: which, why, and what to do."""
    replayer = Replayer(workflows=workflows, workflow_runner=workflow_runner(), data_converter=pydantic_data_converter)
    by_name = {name_of(one): one for one in workflows}
    found: list[str] = []
    for file in files:
        history = WorkflowHistory.from_json(f"recorded/{file.stem}", file.read_text())
        replayed = await replayer.replay_workflow(history, raise_on_replay_failure=False)
        if replayed.replay_failure is not None:
            found.append(_told(by_name[file.parent.name], file, replayed.replay_failure))
    return found


def _told(workflow_class: type, file: Path, failure: Exception) -> str:
    source = Path(inspect.getfile(workflow_class)).resolve().relative_to(ROOT)
    line = inspect.getsourcelines(workflow_class)[1]
    return (
        f"{source}:{line}: the workflow {file.parent.name} does not go the way of {file.relative_to(ROOT)} any more: it"
        " takes other steps, or takes them in another order, than that run did. A run like it may be open while the"
        ' change is deployed, and would stop in the middle. Make the change behind `if workflow.patched("a-name"):` and'
        " keep the old way beside it; or, if no such run can be open any more, record anew with"
        f" `{RECORD}`. Temporal says: {failure}"
    )


def cleaned(history: dict[str, Any], replaced: dict[str, str]) -> dict[str, Any]:
    """The history without stack traces and with every text of `replaced` replaced, in encoded payloads too."""

    def clean(value: Any) -> Any:
        match value:
            case {"metadata": dict(), "data": str(data)}:
                text = _put(base64.b64decode(data).decode(), replaced)
                return {**value, "data": base64.b64encode(text.encode()).decode()}
            case dict():
                return {key: clean(one) for key, one in value.items() if key != "stackTrace"}
            case list():
                return [clean(one) for one in value]
            case str():
                return _put(value, replaced)
            case _:
                return value

    return clean(history)


def _put(text: str, replaced: dict[str, str]) -> str:
    for old, new in replaced.items():
        text = text.replace(old, new)
    return text


def machine_words(file: Path) -> list[str]:
    """What a history tells of the machine that recorded it, in plain text or in a payload."""
    host = socket.gethostname()
    texts = list(_texts(json.loads(file.read_text())))
    found = [match.group() for text in texts for match in _OF_THE_MACHINE.finditer(text)]
    return found + [text for text in texts if host in text]


def _texts(value: Any) -> Iterator[str]:
    match value:
        case {"metadata": dict(), "data": str(data)}:
            yield base64.b64decode(data).decode()
        case dict():
            for one in value.values():
                yield from _texts(one)
        case list():
            for one in value:
                yield from _texts(one)
        case str():
            yield value
        case _:
            return
