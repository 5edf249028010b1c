"""What is generated, in one list; each entry may read what the entries before it made."""

from functools import partial

from codegen import actions, json_schemas, meanings, proof_vectors, python_client, schema, typescript_client
from codegen.generator import Generator
from codegen.pages import actions as actions_page
from codegen.pages import errors, glossary
from codegen.schema import Introspect


def generators(introspect: Introspect) -> tuple[Generator, ...]:
    """Every generator, in the order in which they run; `introspect` asks the engine."""
    return (
        Generator("action metadata", actions.files, owns=actions.OWNS),
        Generator("JSON Schemas", json_schemas.files, owns=json_schemas.OWNS),
        Generator("proof vectors", proof_vectors.files, owns=proof_vectors.OWNS),
        Generator("page of errors", errors.files, owns=errors.OWNS),
        Generator("meanings for people", meanings.files, owns=meanings.OWNS),
        Generator("page of words", glossary.files, owns=glossary.OWNS),
        Generator("page of actions", actions_page.files, owns=actions_page.OWNS),
        Generator("schema", partial(schema.files, introspect=introspect), owns=schema.OWNS, reads=schema.READS),
        Generator(
            "TypeScript client",
            typescript_client.files,
            owns=typescript_client.OWNS,
            reads=typescript_client.READS,
        ),
        Generator("Python client", python_client.files, owns=python_client.OWNS, reads=python_client.READS),
    )
