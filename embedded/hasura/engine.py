"""The engine as one object: metadata and catalogue, what they amount to for each role, and how to answer requests."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from embedded.hasura.actions.ask import Asker
from embedded.hasura.actions.call import Handlers
from embedded.hasura.actions.queued.log import ActionLog
from embedded.hasura.actions.queued.worker import ActionWorker
from embedded.hasura.auth.identity import Identity
from embedded.hasura.auth.tokens import Tokens
from embedded.hasura.catalogue.enums import with_enums
from embedded.hasura.catalogue.introspect import Fetches, introspect
from embedded.hasura.catalogue.tree import EMPTY, Catalogue
from embedded.hasura.document.allow_list import AllowList
from embedded.hasura.document.parse import TOO_DEEP
from embedded.hasura.errors import EngineError, invalid
from embedded.hasura.execute.acted import Actions
from embedded.hasura.execute.compile import Compiled, Manner, Request, compile_request
from embedded.hasura.execute.database import Database
from embedded.hasura.execute.explain import explained
from embedded.hasura.execute.plan_cache import PlanCache
from embedded.hasura.execute.run import Answer, ClientHeaders, Runner
from embedded.hasura.metadata.export import exported
from embedded.hasura.metadata.files import load_folder, parse_metadata
from embedded.hasura.metadata.tree import Metadata, empty_metadata, with_default_source
from embedded.hasura.schema.role import RoleSchema
from embedded.hasura.schema.track import track
from embedded.hasura.schema.tracked import Tracked
from embedded.hasura.settings import Settings
from embedded.hasura.store.store import Connection, MetadataStore
from embedded.hasura.store.watch import Watcher
from embedded.hasura.subscriptions.hub import Subscription, Subscriptions, Wanted
from embedded.hasura.subscriptions.sink import Sink

_ROLES_MAX = 200

# Answers of introspection are long; few different questions are asked.
_INTROSPECTIONS_MAX = 16


@dataclass
class State:
    """Everything that changes together when metadata or the database's structure changes."""

    metadata: Metadata
    catalogue: Catalogue
    tracked: Tracked
    schemas: "OrderedDict[tuple[str, bool], RoleSchema]" = field(
        default_factory=OrderedDict[tuple[str, bool], RoleSchema]
    )
    plans: PlanCache[Compiled] = field(default_factory=PlanCache[Compiled])
    introspections: PlanCache[Compiled] = field(default_factory=lambda: PlanCache[Compiled](_INTROSPECTIONS_MAX))

    @cached_property
    def allow_list(self) -> AllowList:
        """What may be asked where only listed queries are allowed."""
        return AllowList(self.metadata.query_collections, self.metadata.allowlist)

    def schema(self, role: str, *, backend: bool = False) -> RoleSchema:
        """What a role may ask for, as a server that acts for it if `backend`."""
        schema = self.schemas.get((role, backend))
        if schema is None:
            schema = self.schemas[role, backend] = RoleSchema(role, self.tracked, backend=backend)
            if len(self.schemas) > _ROLES_MAX:
                self.schemas.popitem(last=False)
        return schema


class Engine:
    """A running engine; `state` is replaced as a whole, never altered."""

    def __init__(self, settings: Settings) -> None:
        """Not yet connected to anything.

        Raises:
            WrongSettingError: if the token configuration makes no sense.
        """
        self.settings = settings
        self.tokens = Tokens(settings.jwts)
        self.database = Database(
            settings.database_url,
            connections_max=settings.connections_max,
            statement_timeout_ms=settings.limits.timeout_ms,
            isolation_level=settings.isolation_level,
        )
        self.store = MetadataStore(settings.metadata_database_url or settings.database_url)
        self.handlers = Handlers()
        self.resource_version = 0
        self.state = State(empty_metadata(), EMPTY, track(empty_metadata(), EMPTY, settings.environment))
        asker = Asker(self.handlers)
        self.action_log = ActionLog(settings.metadata_database_url or settings.database_url)
        self._worker = ActionWorker(
            self.action_log, asker, lambda: self.state.tracked, settings.async_actions_interval_ms / 1000
        )
        self._runner = Runner(self.database, Actions(self.database, asker, self.action_log))
        self.subscriptions = Subscriptions(settings)
        self._on_change: list[Callable[[], None]] = []
        self._on_farewell: list[Callable[[], Awaitable[None]]] = []
        self._watcher = Watcher(
            self.store, self.refresh, lambda: self.resource_version, interval_ms=settings.metadata_poll_interval_ms
        )
        self._one_command = asyncio.Lock()
        self._alone = asyncio.Lock()

    async def open(self) -> None:
        """Connect, begin with the metadata folder or else with what is stored, and be ready.

        Raises:
            MetadataDatabaseError: if metadata cannot be kept.
            EngineError: if the folder or what is stored makes no sense.
        """
        await self.database.open()
        await self.handlers.open()
        await self.tokens.open()
        await self.store.open()
        folder = self.settings.metadata_dir
        first = with_default_source(load_folder(folder)) if folder is not None else empty_metadata()
        stored = await self.store.begin_with(exported(first), replace=folder is not None)
        self._serve(await self.reread(parse_metadata(stored.metadata)), stored.resource_version)
        self._watcher.start()
        self._worker.start()

    async def close(self) -> None:
        """Let go of all connections."""
        await self.subscriptions.close()
        await self.tokens.close()
        await self._watcher.stop()
        await self._worker.stop()
        await self.action_log.close()
        await self.handlers.close()
        await self.store.close()
        await self.database.close()

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call `listener` whenever what is served has changed."""
        self._on_change.append(listener)

    def on_farewell(self, listener: Callable[[], Awaitable[None]]) -> None:
        """Call `listener` before the engine stops being served."""
        self._on_farewell.append(listener)

    async def say_farewell(self) -> None:
        """Let everyone who keeps a connection open take leave."""
        for listener in self._on_farewell:
            await listener()

    async def reread(self, metadata: Metadata, database: Fetches | None = None) -> State:
        """What serving `metadata` would amount to, with Postgres (or a transaction there) asked what is there."""
        asked = database or self.database.pool
        return await self.considered(metadata, await introspect(asked), asked)

    async def refresh(self) -> None:
        """Serve what is stored, if another process stored something newer."""
        async with self._alone:
            await self._catch_up()

    @asynccontextmanager
    async def changing(self) -> AsyncGenerator[Connection]:
        """The sole right, among all processes, to change metadata; the newest is served when it begins."""
        async with self._one_command, self.store.exclusive() as connection:
            async with self._alone:
                await self._catch_up()
            yield connection

    async def adopt(self, state: State, connection: Connection) -> None:
        """Store `state`'s metadata on the connection of `changing`; when this ends, every process serves it.

        Raises:
            EngineError: conflict, if the store was written by somebody who did not ask for the right to.
        """
        version = await self.store.write(connection, exported(state.metadata), self.resource_version)
        self._serve(state, version)
        await self.store.wait_until_noticed(connection, version)

    async def _catch_up(self) -> None:
        version = await self.store.resource_version()
        if version == self.resource_version:
            return
        stored = await self.store.read()
        if stored is not None:
            self._serve(await self.reread(parse_metadata(stored.metadata)), stored.resource_version)
        else:
            self.resource_version = version

    def _serve(self, state: State, resource_version: int) -> None:
        """Serve `state` from now on; all plans and schemas made before are forgotten."""
        before, self.state = self.state, state
        self.resource_version = resource_version
        if before.metadata != state.metadata or before.catalogue != state.catalogue:
            for listener in self._on_change:
                listener()

    async def considered(self, metadata: Metadata, catalogue: Catalogue, database: Fetches | None = None) -> State:
        """What serving `metadata` would amount to; of Postgres only the rows of new enum tables are read."""
        enums = [table.table for source in metadata.sources for table in source.tables if table.is_enum]
        known = await with_enums(database or self.database.pool, catalogue, enums)
        inferred = self.settings.function_permissions_inferred
        tracked = track(metadata, known, self.settings.environment, permissions_inferred=inferred)
        return State(metadata, known, tracked)

    def compiled(self, request: Request, role: str, *, backend: bool = False) -> Compiled:
        """What to run for a request, from the cache if it was asked before.

        Raises:
            EngineError: whatever is wrong with the request.
        """
        with _shallow():
            return self._compiled(request, role, backend=backend)

    def _compiled(self, request: Request, role: str, *, backend: bool) -> Compiled:
        state = self.state
        key = (request.query, request.operation_name, role, backend)
        found = state.plans.find(key, request.variables) or state.introspections.find(key, request.variables)
        if found is not None:
            return found
        listed = state.allow_list if self.settings.allow_list_enforced else None
        made = self._compiled_anew(request, state.schema(role, backend=backend), listed)
        if made.worth_keeping:
            cache = state.introspections if made.introspecting is not None else state.plans
            cache.keep(key, request.variables, made.declared, set(made.structural), made)
        return made

    def _compiled_anew(self, request: Request, schema: RoleSchema, listed: AllowList | None) -> Compiled:
        disabled = self.state.metadata.graphql_schema_introspection.disabled_for_roles
        manner = Manner(
            introspection_disabled=schema.role in disabled,
            numbers_as_text=self.settings.numbers_as_text,
            limits=self.settings.limits,
            allow_list=listed,
        )
        return compile_request(request, schema, manner)

    async def explain(self, request: Request, who: Identity) -> Any:
        """How Postgres would carry out a request of `who`, whether or not it is in the allow list.

        Raises:
            EngineError: whatever is wrong with the request.
        """
        compiled = self._compiled_anew(request, self.state.schema(who.role), None)
        if compiled.plan.kind == "subscription":
            return await self.subscriptions.explain(compiled, request, who)
        return await explained(self.database, compiled, request, who)

    async def answer(self, request: Request, who: Identity, client: ClientHeaders) -> Answer:
        """The answer to a query or mutation.

        Raises:
            EngineError: whatever went wrong.
        """
        compiled = self.compiled(request, who.role, backend=who.backend)
        if compiled.plan.kind == "subscription":
            message = "subscriptions are not supported over HTTP, use websockets instead"
            raise EngineError("unexpected-payload", message)
        with _shallow():
            return await self._runner.run(compiled, request, who, client, internals_shown=self.shows_internals(who))

    def subscribe(self, request: Request, who: Identity, client: ClientHeaders, sink: Sink) -> Subscription:
        """A subscription that goes on until it is stopped.

        Raises:
            EngineError: whatever is wrong with the request.
        """

        async def answer() -> str:
            shown = self.shows_internals(who)
            return (await self._runner.run(compile_anew(), request, who, client, internals_shown=shown)).data

        def compile_anew() -> Compiled:
            return self.compiled(request, who.role, backend=who.backend)

        with _shallow():
            return self.subscriptions.add(Wanted(request, who, compile_anew, answer), sink)

    def kept(self, request: Request, who: Identity) -> Compiled | None:
        """What was compiled for such a request before, if one statement answers it; None if it has to be looked at."""
        key = (request.query, request.operation_name, who.role, who.backend)
        try:
            found = self.state.plans.find(key, request.variables)
        except RecursionError:
            return None
        return found if found is not None and found.is_one_statement else None

    async def query(self, compiled: Compiled, request: Request, who: Identity) -> bytes:
        """The JSON text of `data` in UTF-8, for what `kept` found.

        Raises:
            EngineError: whatever went wrong.
        """
        try:
            return await self._runner.query(compiled, request, who.session)
        except RecursionError:
            raise invalid(TOO_DEEP) from None

    def shows_internals(self, who: Identity | None) -> bool:
        """Whether errors may say what went wrong inside."""
        admin = who is not None and who.is_admin and self.settings.admin_internal_errors
        return self.settings.dev_mode or admin


@contextmanager
def _shallow() -> Generator[None]:
    # Variables may hold objects within objects, deeper than can be followed.
    try:
        yield
    except RecursionError:
        raise invalid(TOO_DEEP) from None
