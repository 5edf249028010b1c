"""What hasura-cli asks of a project before it applies its migrations."""

import re
from pathlib import Path

import yaml

# hasura-cli (config v3) takes a folder as a migration if its name begins like this, and then the file of a direction.
_NAME = re.compile(r"([0-9]+)_([a-z0-9_]+)")
_MS_SINCE_1970_DIGITS = 13
_SCRIPTS = {"up.sql", "down.sql"}


def complaints(project: Path) -> list[str]:
    """What hasura-cli would refuse or pass over in silence, each with its path in `project` and what to do."""
    told = yaml.safe_load((project / "config.yaml").read_text())
    found = [
        f"config.yaml:1: {key} is {told.get(key)!r}; the command line finds nothing unless it is {wanted!r}"
        for key, wanted in (("version", 3), ("metadata_directory", "metadata"), ("migrations_directory", "migrations"))
        if told.get(key) != wanted
    ]
    databases = {one["name"] for one in yaml.safe_load((project / "metadata/databases/databases.yaml").read_text())}
    for folder in sorted((project / "migrations").iterdir()):
        if folder.name not in databases:
            found.append(f"migrations/{folder.name}: is no database of the metadata: name it as databases.yaml does")
        versions: dict[str, str] = {}
        for migration in sorted(folder.iterdir()):
            place = migration.relative_to(project).as_posix()
            name = _NAME.fullmatch(migration.name)
            if not name or not migration.is_dir() or len(name[1]) != _MS_SINCE_1970_DIGITS:
                found.append(f"{place}: is passed over: name the folder <milliseconds since 1970>_<words>")
                continue
            if name[1] in versions:
                found.append(f"{place}: has the version of {versions[name[1]]}: give it one of its own")
            versions[name[1]] = migration.name
            scripts = {path.name for path in migration.iterdir()}
            if "up.sql" not in scripts or not scripts <= _SCRIPTS:
                found.append(f"{place}: must hold up.sql, may hold down.sql, and nothing else")
    return found
