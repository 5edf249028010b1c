"""The stack on which everything is played: its secrets, its organizations, and what is written down beside it."""

import asyncio
import os
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from entrypoints.platform import RefusedError
from entrypoints.stack import Stack
from runtime.secrets import FileStore, SecretValue
from tests.contract.laws.canary import answers as asking
from tests.contract.laws.canary.answers import Answers
from tests.contract.laws.canary.git_side import GitServer
from tests.contract.laws.canary.places import (
    Leak,
    in_answers,
    in_arguments,
    in_databases,
    in_environments,
    in_files,
    in_histories,
)
from tests.contract.laws.canary.values import Canaries
from tests.contract.laws.canary.watch import Watch
from tests.support.world import Organization, World

# Slugs without hyphens, because a part of an env reference has none.
WORKING, FAILING, SEALED = "canaryworks", "canaryfails", "canarysealed"
USERNAME = "user"
# Comes sealed, once the organization is recorded.
SENT = f"{FAILING}/sent#password"
# What the runtime finds in its environment from its start on.
FROM_ENVIRONMENT = (f"{WORKING}/git#token", f"{FAILING}/http#ascii")


@dataclass
class Scene:
    """One stack with a canary's value behind every secret contract."""

    world: World
    canaries: Canaries
    git: GitServer
    http_url: str = ""
    git_url: str = ""
    answers: Answers = field(default_factory=list)
    watch: Watch = field(default_factory=Watch)
    organizations: dict[str, Organization] = field(default_factory=dict)
    one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def store(self) -> FileStore:
        return FileStore(self.world.stack.home / "secrets", self.world.stack.home / "keys" / "secrets.key")

    def put(self, contract: str, *, called: str | None = None, expires_at: datetime | None = None) -> str:
        """A value behind the reference; `called` is whose it is, if not the reference's own."""
        path, key = contract.split("#")
        value = self.canaries.of(called or contract, ascii_only=key == "ascii").value
        self.store.put(path, key, SecretValue(value), expires_at=expires_at)
        return value

    def expired(self, contract: str) -> None:
        """A value that is over its time."""
        self.put(contract, expires_at=datetime(2020, 1, 1, tzinfo=UTC))

    async def onboard(self, slug: str, **declared: Any) -> Organization:
        """The organization once its checks have ended; how they went is in its `onboarding`."""
        org = await self.world.organization("https://none.example", slug=slug, **declared)
        self.organizations[slug] = org
        return org

    async def tried(self, who: str, org: Organization, action: str, kind: str, **given: Any) -> str:
        """The code with which a request was refused, its words being kept; the empty string if it was not."""
        try:
            self.answers.append((f"{action} by {who}", str(await org.act(who, action, kind, **given))))
        except RefusedError as refused:
            self.answers.append((f"the refusal of {action} by {who}", f"{refused.code} {refused!r}"))
            return refused.code
        return ""

    async def searched(self) -> list[Leak]:
        """Every place where a value was found."""
        at, canaries = self.world.at, self.canaries
        told = await asking.asked(self.world, list(self.organizations.values()))
        rows, histories, files = await asyncio.gather(
            in_databases(at["database_url"], canaries),
            in_histories(at["temporal_address"], canaries),
            asyncio.to_thread(in_files, self.world.stack.home, canaries),
        )
        return [
            *(*rows, *histories, *files, *in_answers([*self.answers, *told], canaries)),
            *in_arguments(list(self.watch.arguments), canaries),
            *in_environments(list(self.watch.environments), canaries),
        ]


def variables(canaries: Canaries) -> Mapping[str, str]:
    """The variables of the secrets that live in the runtime's environment."""
    named: dict[str, str] = {}
    for contract in FROM_ENVIRONMENT:
        name = "FRACTALOPS_SECRET_" + contract.replace("/", "__").replace("#", "__").upper()
        named[name] = canaries.of(contract, ascii_only=contract.endswith("#ascii")).value
    return named


@asynccontextmanager
async def staged(folder: Path) -> AsyncGenerator[Scene]:
    """A running stack that was told its secrets; the tests' own processes are not."""
    canaries = Canaries()
    with patch.dict(os.environ, variables(canaries)):
        starting = Stack.ephemeral()
        stack = await starting.__aenter__()
    try:
        scene = Scene(World.of(stack), canaries, GitServer(folder))
        with scene.watch:
            yield scene
    finally:
        for org in scene.organizations.values():
            await org.close()
        await starting.__aexit__(None, None, None)
