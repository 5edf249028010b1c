"""hasura/metadata, told to the TypeScript compiler with the types of `hasura-metadata-types`.

The package takes them from Hasura's own console. Every YAML file becomes a module with a value of its type, each key
and value in the line where it stands in YAML, so that what the compiler says of a module holds for the file.
"""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import yaml

from embedded.hasura.metadata.action_sdl import joined_actions

ROOT = Path(__file__).resolve().parents[3]
NODE = ROOT / "tests" / "integration" / "embedded" / "hasura" / "clients" / "node"
TYPES_OF_FILES = Path(__file__).with_name("metadata_files.d.ts")
WITHIN_S = 120

# What each file holds, by its path in the metadata folder, and the key under which the whole has it; None: its keys are
# those of the whole.
FILES: dict[str, tuple[str, str | None]] = {
    "version.yaml": ("Version", None),
    "databases/databases.yaml": ("Source[]", "sources"),
    "actions.yaml": ("Actions", None),
    "allow_list.yaml": ("AllowList[]", "allowlist"),
    "api_limits.yaml": ("ApiLimits", "api_limits"),
    "backend_configs.yaml": ("BackendConfigs", "backend_configs"),
    "cron_triggers.yaml": ("CronTrigger[]", "cron_triggers"),
    "graphql_schema_introspection.yaml": ("GraphQLSchemaIntrospection", "graphql_schema_introspection"),
    "inherited_roles.yaml": ("InheritedRole[]", "inherited_roles"),
    "metrics_config.yaml": ("MetricsConfig", "metrics_config"),
    "network.yaml": ("Network", "network"),
    "opentelemetry.yaml": ("OpenTelemetry", "opentelemetry"),
    "query_collections.yaml": ("QueryCollection[]", "query_collections"),
    "remote_schemas.yaml": ("RemoteSchema[]", "remote_schemas"),
    "rest_endpoints.yaml": ("RestEndpoint[]", "rest_endpoints"),
}
_IN_DATABASE = ((re.compile(r"databases/\w+/tables/tables\.yaml"), "MetadataTable[]"),
                (re.compile(r"databases/\w+/tables/\w+\.yaml"), "MetadataTable"))  # fmt: skip

_COMPILER: dict[str, object] = {
    "strict": True,
    "noEmit": True,
    "module": "ESNext",
    "moduleResolution": "bundler",
    "target": "ES2023",
    # The package's own declarations are not what is asked about.
    "skipLibCheck": True,
    "types": [],
}
_INCLUDE = re.compile(r"!include\s+(\S+)")


def complaints(metadata: Path, folder: Path) -> list[str]:
    """What does not fit, as `<file>:<line>: <words>`, with the file's path in `metadata`; `folder` is for the work.

    Besides the files the whole is checked, as hasura-cli puts it together; a complaint about that is of `whole`.
    """
    names = [path.relative_to(metadata).as_posix() for path in sorted(metadata.rglob("*.yaml"))]
    unknown = [name for name in names if type_of(name) is None]
    if unknown:
        return [f"{name}:1: is no file of Hasura's metadata: nothing would read it" for name in unknown]
    for name in names:
        module = folder / f"{name}.ts"
        module.parent.mkdir(parents=True, exist_ok=True)
        module.write_text(_module(name, metadata / name))
    (folder / "whole.ts").write_text(_whole(metadata))
    shutil.copy(TYPES_OF_FILES, folder / "types.d.ts")
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": _COMPILER, "include": ["."]}))
    (folder / "node_modules").symlink_to(NODE / "node_modules")
    done = subprocess.run(
        [str(NODE / "node_modules" / ".bin" / "tsc"), "--project", str(folder), "--pretty", "false"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=WITHIN_S,
        check=False,
    )
    return [re.sub(r"^([^(]+)\.ts\((\d+),\d+\)", r"\1:\2", line) for line in done.stdout.splitlines()]


def type_of(name: str) -> str | None:
    """The type of a file of the folder; None: hasura-cli knows no such file."""
    in_database = next((of for pattern, of in _IN_DATABASE if pattern.fullmatch(name)), None)
    return in_database or FILES.get(name, (None,))[0]


def _whole(metadata: Path) -> str:
    # The document that hasura-cli sends: actions joined with their SDL, everything else as its file has it.
    actions = joined_actions((metadata / "actions.graphql").read_text(), _loaded(metadata / "actions.yaml"))
    there = [name for name in FILES if (metadata / name).exists() and name != "actions.yaml"]
    imports = "".join(f"import part_{n} from './{name}'; " for n, name in enumerate(there))
    parts = [f"{key}: part_{n}" if (key := FILES[name][1]) else f"...part_{n}" for n, name in enumerate(there)]
    parts += [f"{key}: {json.dumps(value)}" for key, value in actions.items()]
    whole = ",\n".join(parts)
    return f"import type * as types from './types'; {imports}\nexport const whole: types.Whole = {{\n{whole}\n}}\n"


def _loaded(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text())


def _module(name: str, path: Path) -> str:
    text = path.read_text()
    to_root = "../" * name.count("/") or "./"
    included = list(dict.fromkeys(_INCLUDE.findall(text.replace('"', " "))))
    imports = "".join(f"import part_{n} from './{part}'; " for n, part in enumerate(included))
    head = f"import type * as types from '{to_root}types'; {imports}const written: types.{type_of(name)} = "
    writer = _Writer(head, {part: f"part_{n}" for n, part in enumerate(included)})
    writer.value(yaml.compose(text, yaml.SafeLoader))
    return f"{writer.text}; export default written\n"


class _Writer:
    """Writes YAML as a TypeScript value, line by line where it stands in YAML."""

    def __init__(self, head: str, names: dict[str, str]) -> None:
        self.text = head
        self._names = names

    def value(self, node: yaml.Node | None) -> None:
        match node:
            case yaml.MappingNode():
                self.text += "{"
                for key, value in node.value:
                    self._go_to(key)
                    self.text += f"{json.dumps(key.value)}: "
                    self.value(value)
                    self.text += ", "
                self.text += "}"
            case yaml.SequenceNode():
                self.text += "["
                for item in node.value:
                    self._go_to(item)
                    self.value(item)
                    self.text += ", "
                self.text += "]"
            case yaml.ScalarNode():
                self._scalar(node)
            case _:
                self.text += "undefined"

    def _scalar(self, node: yaml.ScalarNode) -> None:
        self._go_to(node)
        included = _INCLUDE.fullmatch(f"{node.tag} {node.value}" if node.tag == "!include" else node.value)
        value = yaml.SafeLoader("").construct_object(node) if node.tag != "!include" else None
        self.text += self._names[included[1].strip('"')] if included else json.dumps(value)

    def _go_to(self, node: yaml.Node) -> None:
        self.text += "\n" * (node.start_mark.line - self.text.count("\n"))
