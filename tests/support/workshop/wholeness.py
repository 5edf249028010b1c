"""What of an organization does not agree: with its events, with the repository, with the sandboxes, with once."""

import json
import re
from typing import Any

from temporalio.client import WorkflowExecutionStatus

from ledger import projections
from ledger.pool import Pool, transaction
from tests.support.workshop.course import Course

# Each finds rows that contradict what was told of them; whatever dies in whatever moment, none of them finds any.
_CONTRADICTIONS = {
    "a harness stands where its live row does not": """
SELECT h.id, h.state, p.phase FROM harness h LEFT JOIN harness_projection p ON p.harness_id = h.id
WHERE h.org_id = $1 AND h.state IS DISTINCT FROM p.phase""",
    "a proposal stands where its live row does not": """
SELECT q.id, q.state, p.proposal_state FROM proposal q LEFT JOIN harness_projection p ON p.harness_id = q.harness_id
WHERE q.org_id = $1 AND q.state IS DISTINCT FROM p.proposal_state""",
    "an execution and its proposal ended differently": """
SELECT e.id, e.state, p.state AS proposal FROM execution e JOIN proposal p ON p.id = e.proposal_id
WHERE e.org_id = $1 AND (e.state, p.state) NOT IN
    (('running', 'approved'), ('succeeded', 'applied'), ('failed', 'failed'))""",
    "a command and its harness ended differently": """
SELECT c.id, c.state, h.state AS harness FROM ledger.command c JOIN harness h ON h.id = c.harness_id
WHERE c.org_id = $1 AND (c.state = 'failed' AND h.state NOT IN ('failed', 'cancelled')
    OR h.state IN ('succeeded', 'failed') AND c.state = 'running')
    -- It is over once the answer is handed on; its harness goes on or has ended by itself.
    AND c.kind <> 'recovery.resume'""",
    "a harness waits for an answer, or not, and its recovery cases say otherwise": """
SELECT h.id, h.state, p.recovery_case_id FROM harness h JOIN harness_projection p ON p.harness_id = h.id
WHERE h.org_id = $1 AND p.recovery_case_id IS DISTINCT FROM (SELECT r.id FROM recovery_case r
    WHERE r.harness_id = h.id AND r.state = 'open')""",
    "an execution has no event that says so": """
SELECT e.id, e.state FROM execution e
WHERE e.org_id = $1 AND e.proposal_id IS NOT NULL AND NOT EXISTS (SELECT FROM portal_live_events v
    WHERE v.org_id = e.org_id AND v.subject = 'execution/' || e.id AND v.type ILIKE CASE e.state
        WHEN 'running' THEN '%started%' WHEN 'succeeded' THEN '%succeeded%' ELSE '%failed%' END)""",
    "an onboarding check and the newest event about it differ": """
SELECT k.id, k.state, v.state AS told FROM onboarding_check k JOIN LATERAL (
    SELECT data ->> 'state' AS state FROM portal_live_events e
    WHERE e.org_id = k.org_id AND e.data ->> 'check_id' = k.id::text ORDER BY position DESC LIMIT 1) v ON true
WHERE k.org_id = $1 AND k.state NOT IN ('pending', v.state)""",
    "an organization is active and nothing tells since when": """
SELECT o.id FROM organization o WHERE o.id = $1 AND o.state = 'active' AND NOT EXISTS (
    SELECT FROM portal_live_events e WHERE e.org_id = o.id AND e.subject = 'organization/' || o.id)""",
    "a proof speaks of an execution that has not ended so": """
SELECT p.id, p.outcome, e.state FROM proof p LEFT JOIN execution e ON e.id = p.execution_id
WHERE p.org_id = $1 AND p.outcome IS DISTINCT FROM e.state""",
    "the log of proofs has another size than its newest checkpoint": """
SELECT t.size, (SELECT count(*) FROM proof p WHERE p.org_id = $1), (SELECT max(tree_size) FROM proof_checkpoint c
    WHERE c.org_id = $1) FROM ledger.merkle_tree t
WHERE t.org_id = $1 AND (t.size <> (SELECT count(*) FROM proof p WHERE p.org_id = $1)
    OR t.size <> (SELECT coalesce(max(tree_size), 0) FROM proof_checkpoint c WHERE c.org_id = $1))""",
    "events have gaps or a cause that is told twice": """
SELECT count(*), max(position), count(DISTINCT cause) FROM portal_live_events WHERE org_id = $1
HAVING count(*) <> coalesce(max(position), 0) OR count(*) <> count(DISTINCT cause)""",
}
_UNFINISHED = {
    "a command has not ended": """
SELECT id, kind, state FROM ledger.command WHERE org_id = $1 AND state NOT IN ('recorded', 'done', 'failed')""",
    # A repair that failed before it began has nothing to tell; what was approved always has.
    "a command with an effect has not one execution": """
SELECT c.id, c.kind, count(e.id) FROM ledger.command c LEFT JOIN execution e ON e.command_id = c.id
WHERE c.org_id = $1 AND c.kind IN ('proposals.apply', 'projections.repair') GROUP BY c.id, c.kind, c.state
HAVING count(e.id) <> 1 AND NOT (count(e.id) = 0 AND c.kind = 'projections.repair' AND c.state = 'failed')""",
    "an execution has not one proof": """
SELECT e.id, e.state FROM execution e LEFT JOIN proof p ON p.execution_id = e.id
WHERE e.org_id = $1 GROUP BY e.id, e.state HAVING count(p.id) <> 1 OR e.state = 'running'""",
    # What an ended harness took up is free again, or gone.
    "a sandbox is taken up by a harness that has ended": """
SELECT k.sandbox_name, h.state FROM kept_sandbox k JOIN harness h ON h.id = k.taken_by
WHERE k.org_id = $1 AND h.finished_at IS NOT NULL""",
    "a harness has not ended and waits for nobody": """
SELECT id, state FROM harness WHERE org_id = $1 AND state NOT IN ('succeeded', 'failed', 'cancelled')
    AND state <> 'awaiting_decision'""",
}


async def contradictions(course: Course) -> list[str]:
    """What the organization's rows say that its events do not: must be empty at any moment."""
    pool = course.shop.superuser
    return [*await _found(course, _CONTRADICTIONS), *await _folds(pool, course)]


async def unfinished(course: Course) -> list[str]:
    """What is left undone once every workflow of the organization has ended: must be empty then."""
    left = await _found(course, _UNFINISHED)
    kept = await course.shop.superuser.fetch("SELECT sandbox_name FROM kept_sandbox WHERE org_id = $1", course.org.id)
    behind = set(await course.sandboxes()) - {row["sandbox_name"] for row in kept}
    left += [f"a sandbox was left behind: {name}" for name in sorted(behind)]
    pushed = await course.shop.superuser.fetch(
        "SELECT commit_id FROM execution WHERE org_id = $1 AND state = 'succeeded' AND commit_id IS NOT NULL",
        course.org.id,
    )
    commits = course.commits()
    if len(commits) != 1 + len(pushed):
        left.append(f"{len(pushed)} executions succeeded, and beyond the first commit main has {commits[1:]}")
    return left + await _workflows_failed(course)


async def _workflows_failed(course: Course) -> list[str]:
    sql = "SELECT id, kind FROM ledger.command WHERE org_id = $1 AND workflow IS NOT NULL"
    left: list[str] = []
    for row in await course.shop.superuser.fetch(sql, course.org.id):
        status = (await course.workflow(row["id"]).describe()).status
        if status is not WorkflowExecutionStatus.COMPLETED:
            left.append(f"the workflow of a command {row['kind']} did not complete: {status}")
    return left


async def _found(course: Course, questions: dict[str, str]) -> list[str]:
    pool = course.shop.superuser
    return [
        f"{what}: {tuple(row.values())}"
        for what, sql in questions.items()
        for row in await pool.fetch(sql, course.org.id)
    ]


async def _folds(pool: Pool, course: Course) -> list[str]:
    async with transaction(pool) as tx:
        page = await projections.page(tx, course.org.id)
    return [f"a live row is not what its events fold into: {one.harness_id} ({one.kind})" for one in page.found]


# When something was last looked at may change by looking again; the dispatcher says when it likes what it dispatched.
_LOOKED = {"checked_at", "probed_at", "observed_at", "dispatched_at", "lease_until"}
# What is drawn anew for each organization, or measured.
_OWN = {"envelope", "note", "root_hash", "leaf_hash", "hash", "duration_ms", "latency_ms", "arrival", "attempts",
        "transaction_id", "input_digest", "event_id", "public_url", "answer"}  # fmt: skip
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_HASH = re.compile(r"\b[0-9a-f]{64}\b|\b[0-9a-f]{40}\b|\b[0-9a-f]{12}\b|org-[0-9a-f]{8}|-[0-9a-f]{8}@|file://\S+\.git")
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.\d]*(?:Z|[+-]\d\d(?::?\d\d)?)?")
Rows = dict[str, list[str]]


async def everything(course: Course) -> Rows:
    """Every row of the organization, the repository's branches and the sandboxes: equal, if nothing was done since."""
    rows = {
        table: sorted(json.dumps({k: v for k, v in row.items() if k not in _LOOKED}, sort_keys=True) for row in found)
        for table, found in (await _rows(course)).items()
    }
    return {**rows, "the repository": course.commits(), "the sandboxes": await course.sandboxes()}


async def effects(course: Course) -> Rows:
    """The same without what is an organization's own (ids, times, hashes): equal for two that had the same effects."""
    rows = {
        table: sorted(_plain({k: v for k, v in row.items() if k not in _LOOKED | _OWN}) for row in found)
        for table, found in (await _rows(course)).items()
    }
    # The commit, the report of a repair and the request of a call tell ids of their own.
    sql = """SELECT name || ' ' || digest FROM artifact
WHERE org_id = $1 AND name !~ '^(commit|repair-|call-request)' ORDER BY name"""
    kept = [str(row[0]) for row in await course.shop.superuser.fetch(sql, course.org.id)]
    arrived = str(len(course.arrived()))
    return {**rows, "what was kept": kept, "the repository": course.commits(), "what was called": [arrived]}


def changed(before: Rows, after: Rows) -> list[str]:
    """What differs, by table: what is new with a plus, what is gone with a minus."""
    found: list[str] = []
    for table in sorted(before.keys() | after.keys()):
        old, new = before.get(table, []), after.get(table, [])
        found += [f"{table}: - {row}" for row in _without(old, new)]
        found += [f"{table}: + {row}" for row in _without(new, old)]
    return found


def _without(some: list[str], others: list[str]) -> list[str]:
    rest = list(others)
    left: list[str] = []
    for one in some:
        if one in rest:
            rest.remove(one)
        else:
            left.append(one)
    return left


def _plain(row: dict[str, Any]) -> str:
    text = json.dumps(row, sort_keys=True)
    for pattern, word in ((_ID, "<id>"), (_HASH, "<own>"), (_TIME, "<time>")):
        text = pattern.sub(word, text)
    return text


async def _rows(course: Course) -> dict[str, list[dict[str, Any]]]:
    pool = course.shop.superuser
    tables = await pool.fetch("""
SELECT c.table_schema || '.' || c.table_name AS name, bool_or(c.column_name = 'org_id') AS by_org
FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
WHERE c.table_schema IN ('public', 'ledger') AND t.table_type = 'BASE TABLE'
GROUP BY 1 HAVING bool_or(c.column_name = 'org_id') OR c.table_schema || '.' || c.table_name = 'public.organization'""")
    found: dict[str, list[dict[str, Any]]] = {}
    for table in tables:
        key = "org_id" if table["by_org"] else "id"
        sql = f"SELECT to_jsonb(t) AS row FROM {table['name']} t WHERE {key} = $1"  # noqa: S608  - names of our own tables
        found[table["name"]] = [row["row"] for row in await pool.fetch(sql, course.org.id)]
    return found
