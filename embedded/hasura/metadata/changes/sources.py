"""Add, drop and rename sources; which of them can be served is for the schema to say."""

from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.changes.change import About, Arguments, Command, Dropped, dropped, read, text_in, truth_in
from embedded.hasura.metadata.labels import source_label
from embedded.hasura.metadata.tree import Metadata, Source


def add_source(metadata: Metadata, arguments: Arguments) -> About:
    """Add a source, or with `replace_configuration` say anew how one is reached."""
    name = text_in(arguments, "name")
    if "configuration" not in arguments:
        raise EngineError("parse-failed", "the key 'configuration' was not present")
    given = {key: arguments[key] for key in ("configuration", "customization") if arguments.get(key) is not None}
    source, known = read(Source, {"name": name, **given}), metadata.source(name)
    if known is None:
        metadata.sources.append(source)
    elif truth_in(arguments, "replace_configuration"):
        known.configuration, known.customization = source.configuration, source.customization
    else:
        raise EngineError("already-exists", f'source with name "{name}" already exists', path="$.args")
    return About(source_label(name))


def update_source(metadata: Metadata, arguments: Arguments) -> About:
    """Say anew how a source is reached or customized."""
    source = _existing(metadata, text_in(arguments, "name"))
    given = read(
        Source, {"name": source.name, **{key: value for key, value in arguments.items() if key in _CHANGEABLE}}
    )
    if "configuration" in arguments:
        source.configuration = given.configuration
    if "customization" in arguments:
        source.customization = given.customization
    return About(source_label(source.name))


def drop_source(metadata: Metadata, arguments: Arguments) -> Dropped:
    """Remove a source with all that is tracked in it."""
    metadata.sources.remove(_existing(metadata, text_in(arguments, "name")))
    return dropped(arguments)


def rename_source(metadata: Metadata, arguments: Arguments) -> About:
    """Give a source another name."""
    source, new = _existing(metadata, text_in(arguments, "name")), text_in(arguments, "new_name")
    if metadata.source(new) is not None:
        raise EngineError("already-exists", f'source with name "{new}" already exists', path="$.args")
    source.name = new
    return About(source_label(new))


def _existing(metadata: Metadata, name: str) -> Source:
    source = metadata.source(name)
    if source is None:
        raise EngineError("not-exists", f'source with name "{name}" does not exist', path="$.args")
    return source


_CHANGEABLE = {"configuration", "customization"}

COMMANDS: dict[str, Command] = {
    "add_source": add_source,
    "update_source": update_source,
    "drop_source": drop_source,
    "rename_source": rename_source,
}
