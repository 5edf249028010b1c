"""What the commands of one request work on."""

from collections.abc import Awaitable, Callable
from typing import Any, cast

from embedded.hasura.catalogue.tree import Catalogue
from embedded.hasura.commands.duplicates import refuse_duplicates
from embedded.hasura.engine import Engine, State
from embedded.hasura.metadata.parsing import wrong_type
from embedded.hasura.metadata.tree import Metadata
from embedded.hasura.schema.tracked import InconsistentObject

SUCCESS = {"message": "success"}

Answer = Any


class Body(dict[str, Any]):
    """One command: `type`, `args`, and what some commands have beside them."""

    @property
    def kind(self) -> str:
        """The command's name without the name of the kind of database before it."""
        return str(self["type"]).removeprefix("pg_").removeprefix("postgres_")

    @property
    def arguments(self) -> dict[str, Any]:
        """The arguments, which most commands want as an object.

        Raises:
            EngineError: parse-failed, if they are something else.
        """
        given = self.get("args")
        if given is None:
            return {}
        if not isinstance(given, dict):
            raise wrong_type("Object", "Object", given, "$")
        return cast("dict[str, Any]", given)


Handler = Callable[["Work", Body], Awaitable[Answer]]


class Work:
    """The state that a request's commands alter, one after the other; it is served once all of them are done."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.state = engine.state
        self.changed = False
        self.database_changed = False
        # What is to be done once the changes are stored.
        self.afterwards: list[Callable[[], Awaitable[None]]] = []
        self._catalogue: Catalogue | None = None

    async def considered(self, metadata: Metadata) -> State:
        """What serving `metadata` would amount to, with the database as it is now."""
        if self._catalogue is not None:
            return await self.engine.considered(metadata, self._catalogue)
        state = await self.engine.reread(metadata)
        self._catalogue = state.catalogue
        return state

    def take(self, state: State) -> None:
        """Have the next commands, and in the end everyone, see `state`.

        Raises:
            EngineError: unexpected, if two things claim one root field in it.
        """
        refuse_duplicates(self.state, state)
        self.state = state
        self.changed = True

    def forget_catalogue(self) -> None:
        """The database may be another than it was."""
        self._catalogue = None

    def newly_inconsistent(self, after: State) -> list[InconsistentObject]:
        """What `after` would leave out that is served now."""
        known = {(item.kind, item.name) for item in self.state.tracked.inconsistent}
        return [item for item in after.tracked.inconsistent if (item.kind, item.name) not in known]
