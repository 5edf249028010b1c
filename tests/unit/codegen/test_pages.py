"""The pages that follow from the contracts say all of it."""

import posixpath
import re
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from codegen import json_schemas
from codegen.pages import actions, errors, glossary, markdown
from contracts.base import EDGE_REFUSALS, Action
from contracts.refusals import MEANINGS, Code
from contracts.registry import ACTIONS
from contracts.vocabulary import FORBIDDEN_SYNONYMS, GLOSSARY, Role


@cache
def text_of(module: ModuleType) -> str:
    (text,) = module.files(Path()).values()
    return text


def test_a_cell_holds_what_would_end_it():
    assert markdown.table(("a", "b"), [("x | y", "one\n two")]).splitlines()[-1] == "| x \\| y | one two |"


@pytest.mark.parametrize("code", Code, ids=str)
def test_every_code_has_a_meaning_and_somebody_who_may_get_it(code: Code):
    meaning = MEANINGS[code]

    assert meaning.says.endswith(".")
    assert code in EDGE_REFUSALS or errors.getters(code) or meaning.steps or code is Code.UNKNOWN_ACTION
    assert f"| `{code}` | {meaning.says} | {'yes' if meaning.retry else 'no'} |" in text_of(errors)


def test_the_steps_that_the_page_of_errors_names_are_activities():
    from temporalio.activity import _Definition

    from workflows import registry

    activities = [*registry.control_activities(None), *registry.runtime_activities(None)]
    names = {_Definition.must_from_callable(activity).name for activity in activities}

    assert {step for meaning in MEANINGS.values() for step in meaning.steps} - names == {"every step"}


def test_the_page_of_actions_states_the_permission_of_each_role():
    text = text_of(actions)

    for action in ACTIONS.values():
        row = next(line for line in text.splitlines() if line.startswith(f"| [{action.name}]"))
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert cells[1:3] == [f"`{action.kind}`", action.operation]
        assert cells[3 : 3 + len(Role)] == ["yes" if role in action.roles else "no" for role in Role]


@pytest.mark.parametrize("action", ACTIONS.values(), ids=lambda action: action.name)
def test_the_page_of_actions_has_a_section_with_every_field_event_and_refusal(action: Action):
    section = text_of(actions).partition(f"\n## {action.name}\n")[2].partition("\n## ")[0]

    assert action.says in section
    for field in action.takes.model_fields:
        assert f"| `{field}` |" in section
    for word in (*(event.__name__ for event in action.events), *action.refusals):
        assert f"`{word}`" in section


def test_the_glossary_has_every_word_and_every_synonym_that_is_never_said():
    words, _, never = text_of(glossary).partition(f"\n{glossary.NEVER_SAID}\n")

    for word, meaning in GLOSSARY.items():
        assert f"| **{word}** | {meaning} |" in words
    for wrong, right in FORBIDDEN_SYNONYMS.items():
        assert f"| {wrong} | {right} |" in never


@pytest.mark.parametrize("module", [actions, errors, glossary], ids=lambda module: module.OWNS[0])
def test_every_link_of_a_page_leads_somewhere(module: ModuleType):
    text = text_of(module)
    made = {*json_schemas.files(Path()), *actions.OWNS, *errors.OWNS, *glossary.OWNS}

    for target in re.findall(r"\]\(([^)]+)\)", text):
        if target.startswith("#"):
            assert f"\n## {target[1:]}\n" in text
        else:
            assert posixpath.normpath(f"docs/{target}") in made
