"""deploy/compose.yaml, read as Docker Compose reads it: merged, and with the variables of an environment in place."""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import jsonschema
import yaml

ROOT = Path(__file__).resolve().parents[3]
DEPLOY = ROOT / "deploy"
NODE = ROOT / "tests" / "integration" / "embedded" / "hasura" / "clients" / "node"
# The compose specification's own schema, as a linter of compose files ships it.
SCHEMA = NODE / "node_modules" / "dclint" / "schemas" / "compose.schema.json"
VARIABLE = re.compile(r"\$\{([A-Z_]+)(?::\?[^}]*)?\}")

Service = dict[str, Any]


@dataclass(frozen=True)
class Compose:
    """A compose file; `text` is what stands in it."""

    text: str

    @cached_property
    def document(self) -> dict[str, Any]:
        return yaml.safe_load(self.text)

    @property
    def services(self) -> dict[str, Service]:
        return self.document["services"]

    @property
    def of_ours(self) -> dict[str, Service]:
        """The services that run a process of ours, by name."""
        return {name: one for name, one in self.services.items() if "entrypoints." in str(one.get("command"))}

    def environment(self, service: str, variables: dict[str, str]) -> dict[str, str]:
        """What a service finds in its environment.

        Raises:
            KeyError: if a variable is not given.
        """
        told: dict[str, str] = self.services[service].get("environment", {})
        return {name: VARIABLE.sub(lambda found: variables[found[1]], value) for name, value in told.items()}

    def misfits(self) -> list[str]:
        """What the compose specification does not allow, by its place."""
        validator = jsonschema.Draft7Validator(json.loads(SCHEMA.read_text()))
        return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(self.document)]
