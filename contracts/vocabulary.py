"""The canonical words. Every public surface takes its words from here, and a guard refuses the synonyms."""

from enum import StrEnum


class Role(StrEnum):
    """What a principal may do in one organization."""

    VIEWER = "viewer"
    OPERATOR = "operator"
    APPROVER = "approver"
    OWNER = "owner"
    AGENT = "agent"


class PrincipalKind(StrEnum):
    """Who acts."""

    PERSON = "person"
    AGENT = "agent"
    SERVICE = "service"


class Continuity(StrEnum):
    """How a harness takes up its work; there is no third way."""

    FRESH = "fresh"
    RESUME = "resume"


class Purpose(StrEnum):
    """What a harness is for."""

    ONBOARD = "onboard"
    WORK = "work"
    APPLY = "apply"
    PROBE = "probe"
    REPAIR = "repair"


class InteractionPolicy(StrEnum):
    """Whether work must look at an endpoint through a browser before anything else."""

    BROWSER_FIRST = "browser_first"
    ANY = "any"


GLOSSARY: dict[str, str] = {
    "organization": "Whose systems, people and rules are kept together; its id is part of every key.",
    "principal": "A person, an agent or a service that acts, with one role per organization.",
    "onboarding": "Bringing an organization to the state where work can launch, each step with a check.",
    "endpoint": "A contract with a system: kind, URLs, auth and readiness; versioned, with a digest.",
    "secret contract": "What is needed, why, who may resolve it and where it lives; never the value.",
    "runtime asset": "A typed place where work runs: a sandbox or a browser, with capabilities and limits.",
    "work": "What someone wants done, with its interaction policy and what it needs.",
    "harness": "One governed run of anything that Temporal executes for an organization.",
    "continuity": "fresh or resume; the answer says what survived and what was lost.",
    "continuity receipt": "What a harness took up of the earlier one that it resumes, and what of that was lost.",
    "observation": "Something the runtime saw and can show.",
    "proposal": "A typed change before any effect; its digest binds everything that it depends on.",
    "decision": "An approval or a rejection of exactly one digest by one principal.",
    "command": "A row of the queue.",
    "execution": "One attempt to carry out a command's effect.",
    "proof": "A signed, logged statement about an execution.",
    "lineage": "The graph that ties work, harness, proposal, decisions, command, execution, artifacts and proof.",
    "recovery case": "A typed question the platform needs answered before it can go on.",
    "live event": "A row of portal_live_events.",
    "harness projection": "The one live read.",
}

# Synonyms that never stand on a public surface, and the word that does.
FORBIDDEN_SYNONYMS: dict[str, str] = {
    "tenant": "organization",
    "workspace": "organization",
    "job": "command",
    "ticket": "work",
    "approval request": "proposal",
    "pull request": "proposal",
    "vault entry": "secret contract",
    "credential store": "secret contract",
    "cold start": "fresh",
    "warm start": "fresh",
    "recreate": "fresh",
    "restore mode": "resume",
}
