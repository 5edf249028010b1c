"""Some parts of the stack alone, for programs that need a database or an engine for a moment."""

from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from entrypoints.stack.parts import Part, Plan, all_parts
from entrypoints.stack.stack import Stack


@asynccontextmanager
async def scratch_stack(name: str, *, metadata: Path | None = None) -> AsyncGenerator[Stack]:
    """A throw-away stack of the part `name` and what it needs; the engine takes `metadata` in place of the tree's.

    Raises:
        StartError: if a part does not come up.
    """

    def chosen(plan: Plan) -> Sequence[Part]:
        by_name = {part.name: part for part in all_parts(plan)}
        needed = set(_with_needs(by_name, name))
        parts = [part for part in by_name.values() if part.name in needed]
        return parts if metadata is None else [_told(part, metadata) for part in parts]

    async with Stack.ephemeral(parts=chosen) as stack:
        yield stack


def _with_needs(by_name: dict[str, Part], name: str) -> Iterator[str]:
    yield name
    for need in by_name[name].needs:
        yield from _with_needs(by_name, need)


def _told(part: Part, metadata: Path) -> Part:
    if part.name != "hasura":
        return part
    return replace(part, environment={**part.environment, "HASURA_GRAPHQL_METADATA_DIR": str(metadata)})
