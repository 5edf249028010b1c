"""`run_sql`: SQL in a transaction, kept only if the metadata can follow what it did to the tables."""

import re

from embedded.hasura.catalogue.structure import difference, structure
from embedded.hasura.commands.dependents import newly_inconsistent_error, without_dependents
from embedded.hasura.commands.follow import followed
from embedded.hasura.commands.work import Answer, Body, Handler, Work
from embedded.hasura.engine import State
from embedded.hasura.errors import unsupported
from embedded.hasura.execute.script import script
from embedded.hasura.metadata.changes.change import Arguments, any_text_in, source_of, truth_in

# Words by which Hasura, too, tells whether SQL may change something it tracks.
_STRUCTURE = re.compile(r"\b(alter|drop|replace|create function|comment on)\b", re.IGNORECASE)


def leaves_structure_alone(body: Body) -> bool:
    """Whether it is a `run_sql` after which everything tracked is still as it was."""
    if body.kind != "run_sql":
        return False
    if not isinstance(body["args"], dict) or body["args"].get("read_only"):
        return True
    arguments = body.arguments
    wanted = arguments.get("check_metadata_consistency")
    return not (wanted if isinstance(wanted, bool) else _STRUCTURE.search(str(arguments.get("sql"))))


async def _run_sql(work: Work, body: Body) -> Answer:
    arguments = body.arguments
    sql = any_text_in(arguments, "sql")
    _refuse_other_sources(work, arguments)
    url, read_only = work.engine.settings.database_url, truth_in(arguments, "read_only")
    work.forget_catalogue()
    if leaves_structure_alone(body):
        async with script(url, read_only=read_only) as running:
            return await running.run(sql)
    async with script(url, read_only=read_only) as running:
        before = await structure(running)
        answer = await running.run(sql)
        done = difference(before, await structure(running))
        metadata = followed(work.state.metadata, work.state.tracked, done)
        state = await work.engine.reread(metadata, running)
        _refuse_clashes(work, state)
        state = await without_dependents(work, state, cascade=truth_in(arguments, "cascade"))
    work.database_changed = True
    work.take(state)
    return answer


def _refuse_clashes(work: Work, state: State) -> None:
    """Refuse what gave a column the name of something else."""
    clashes = [item for item in work.newly_inconsistent(state) if "field definition conflicts" in item.reason]
    if clashes:
        raise newly_inconsistent_error(clashes)


def _refuse_other_sources(work: Work, arguments: Arguments) -> None:
    source = source_of(work.state.metadata, arguments)
    if source.name != "default":
        raise unsupported("SQL in another source than default", "$.args")


COMMANDS: dict[str, Handler] = {"run_sql": _run_sql}
