"""The matrix: what no role may do, whatever it was told.

Unless a line says otherwise, every role is refused by the lack of a grant. `held` names the trigger or constraint that
refuses a role which needs the grant for its own step; `may` are the roles whose step it is.
"""

from dataclasses import dataclass, field

ROLES = ("fo_api", "fo_dispatcher", "fo_worker", "fo_runtime", "fo_hasura", "authenticated", "anon")
GRANT = "grant"


@dataclass(frozen=True)
class Write:
    """A forbidden write. Of several statements only the last is forbidden; `{names}` are those of the scene.

    `by_session` says that who is logged in decides, not in whose role the statement runs.
    """

    what: str
    sql: str
    held: dict[str, str] = field(default_factory=dict[str, str])
    may: tuple[str, ...] = ()
    by_session: bool = False

    def refused_by(self, role: str) -> str | None:
        """What refuses the role; None if it is its step."""
        return None if role in self.may else self.held.get(role, GRANT)


_EXECUTION = """INSERT INTO public.execution (org_id, id, command_id, proposal_id, harness_id, digest)
VALUES ('{org}', gen_random_uuid(), """
_COMMAND = """INSERT INTO ledger.command (id, org_id, kind, idempotency_key, input_digest, workflow, payload,
    approval_consumption_id, state) VALUES (gen_random_uuid(), '{org}', """
_CONSUMPTION = "INSERT INTO ledger.approval_consumption (id, org_id, proposal_id, digest) VALUES "
_DECISION = """INSERT INTO public.proposal_decision (org_id, id, proposal_id, principal_id, verdict, digest)
VALUES ('{org}', gen_random_uuid(), '{reviewed}', """
_APPLY = _COMMAND + "'proposals.apply', gen_random_uuid(), '', 'proposals.apply', "
_APPROVED = """'{{"proposal_id": "{approved}", "digest": "{approved_digest}"}}', """
_OF_REVIEWED = """'{{"proposal_id": "{reviewed}", "digest": "{reviewed_digest}"}}', """
_APPLY_FRESH = _APPLY + _APPROVED + "'{fresh}', 'queued')"
_CONSUME = _CONSUMPTION + "('{fresh}', '{org}', '{approved}', '{approved_digest}')"
_MOVE = "UPDATE ledger.command SET state = "
_SHADOW = "CREATE TEMP TABLE pg_class AS SELECT oid, current_user::regrole::oid AS relowner FROM pg_catalog.pg_class"
_REPAIR = "SELECT ledger.repair_projection('{org}', '{harness}', "

EXECUTIONS = (
    Write(
        "an execution without a command",
        _EXECUTION + "gen_random_uuid(), '{approved}', '{harness}', '{approved_digest}')",
        held={"fo_worker": "execution_needs_command"},
    ),
    Write(
        "an execution of a command of another kind",
        _EXECUTION + "'{running_other}', '{approved}', '{harness}', '{approved_digest}')",
        held={"fo_worker": "execution_needs_command"},
    ),
    Write(
        "an execution of a command that does not run",
        _EXECUTION + "'{queued_apply}', '{queued_proposal}', '{harness}', '{queued_digest}')",
        held={"fo_worker": "execution_needs_command"},
    ),
    Write(
        "an execution of another proposal than the approved one",
        _EXECUTION + "'{running_apply}', '{reviewed}', '{harness}', '{running_digest}')",
        held={"fo_worker": "execution_needs_command"},
    ),
    Write(
        "an execution of another digest than the approved one",
        _EXECUTION + "'{running_apply}', '{running_proposal}', '{harness}', '{reviewed_digest}')",
        held={"fo_worker": "execution_needs_command"},
    ),
    Write(
        "an execution without a proposal, of a command that is no repair",
        _EXECUTION + "'{running_other}', NULL, '{harness}', 'sha256:')",
        held={"fo_worker": "execution_needs_command"},
    ),
    Write(
        "an execution without a proposal, of a repair's command but another input",
        _EXECUTION + "'{running_repair}', NULL, '{repair_harness}', 'sha256:')",
        held={"fo_worker": "execution_needs_command"},
    ),
    Write(
        "a second execution of one command",
        _EXECUTION + "'{carried_out}', '{carried_proposal}', '{harness}', '{carried_digest}')",
        held={"fo_worker": "execution_command_key"},
    ),
    Write("an execution that begins at its end", "INSERT INTO public.execution (state) VALUES ('succeeded')"),
    Write("an execution of something else afterwards", "UPDATE public.execution SET digest = '{reviewed_digest}'"),
    Write("an execution deleted", "DELETE FROM public.execution"),
)
COMMANDS = (
    Write(
        "a command with an effect, by its kind, without a consumed approval",
        _COMMAND + "'proposals.apply', gen_random_uuid(), '', 'proposals.apply', '{{}}', NULL, 'queued')",
        held={"fo_api": "command_effect_needs_approval"},
    ),
    Write(
        "a command with an effect, by its workflow, without a consumed approval",
        _COMMAND + "'work.launch', gen_random_uuid(), '', 'proposals.apply', '{{}}', NULL, 'queued')",
        held={"fo_api": "command_effect_needs_approval"},
    ),
    Write(
        "a command of the kind with an effect, only recorded",
        _COMMAND + "'proposals.apply', gen_random_uuid(), '', NULL, '{{}}', NULL, 'recorded')",
        held={"fo_api": "command_effect_needs_approval"},
    ),
    Write(
        "a command for an approval that another transaction consumed",
        _APPLY + _APPROVED + "'{consumed_before}', 'queued')",
        held={"fo_api": "command_consumes_approval"},
    ),
    Write(
        "a command for another proposal than the one whose approval it consumes",
        f"{_CONSUME};\n{_APPLY}{_OF_REVIEWED}'{{fresh}}', 'queued')",
        held={"fo_api": "command_consumes_approval"},
    ),
    Write(
        "a second command for one approval",
        f"{_CONSUME};\n{_APPLY_FRESH};\n{_APPLY_FRESH}",
        held={"fo_api": "command_consumption_key"},
    ),
    Write(
        "a repair under another kind's name",
        _COMMAND + "'work.launch', gen_random_uuid(), '', 'projections.repair', '{{}}', NULL, 'queued')",
        held={"fo_api": "command_repair_is_named"},
    ),
    Write(
        "a command that begins as running",
        _COMMAND + "'work.launch', gen_random_uuid(), '', 'work.run', '{{}}', NULL, 'running')",
        held={"fo_api": "command_transition"},
    ),
    Write("a command as if some run had it", "INSERT INTO ledger.command (run_id) VALUES ('mine')"),
    Write("a command with another input afterwards", "UPDATE ledger.command SET payload = '{{}}'"),
    Write(
        "a command as if another run had it afterwards",
        "UPDATE ledger.command SET run_id = 'mine' WHERE id = '{queued_apply}'",
        may=("fo_worker",),
    ),
    Write("a command before its turn", "SELECT setval('ledger.command_arrival_seq', 1)"),
    Write("a command deleted", "DELETE FROM ledger.command"),
)
MOVES = (
    Write(
        "a command set running by who does not carry it out",
        _MOVE + "'running' WHERE id = '{dispatched}'",
        held={"fo_dispatcher": "command_mover"},
        may=("fo_worker",),
    ),
    Write(
        "a command set done by who did not carry it out",
        _MOVE + "'done' WHERE id = '{running_other}'",
        held={"fo_dispatcher": "command_mover"},
        may=("fo_worker",),
    ),
    Write(
        "a command set failed by who did not carry it out",
        _MOVE + "'failed' WHERE id = '{running_other}'",
        held={"fo_dispatcher": "command_mover"},
        may=("fo_worker",),
    ),
    Write(
        "a command set done behind a catalogue of one's own",
        _SHADOW + ";\n" + _MOVE + "'done' WHERE id = '{running_other}'",
        held={"fo_dispatcher": "command_mover"},
        may=("fo_worker",),
    ),
    Write(
        "a command set dispatched by who does not dispatch",
        _MOVE + "'dispatched' WHERE id = '{leased}'",
        held={"fo_worker": "command_mover"},
        may=("fo_dispatcher",),
    ),
    Write(
        "a command put back by who does not dispatch",
        _MOVE + "'queued' WHERE id = '{dispatched}'",
        held={"fo_worker": "command_mover"},
        may=("fo_dispatcher",),
    ),
    Write(
        "a command that jumps from the queue to its end",
        _MOVE + "'done' WHERE id = '{queued_apply}'",
        held={"fo_worker": "command_transition", "fo_dispatcher": "command_mover"},
    ),
    Write("a new rule for who moves what", "INSERT INTO ledger.mover VALUES ('command', 'done', 'fo_dispatcher')"),
    Write("a new rule for what follows what", "INSERT INTO ledger.transition VALUES ('command', 'queued', 'done')"),
    Write(
        "a proposal approved without a consumed approval",
        "UPDATE public.proposal SET state = 'approved' WHERE id = '{reviewed}'",
        held=dict.fromkeys(("fo_api", "fo_worker"), "proposal_approved_by_consumption"),
    ),
    Write(
        "a proposal applied without an execution",
        "UPDATE public.proposal SET state = 'applied' WHERE id = '{reviewed}'",
        held={"fo_api": "proposal_mover", "fo_worker": "proposal_transition"},
    ),
    Write(
        "a harness that succeeds by who did not run it",
        "UPDATE public.harness SET state = 'succeeded' WHERE id = '{harness}'",
        held={"fo_api": "harness_mover", "fo_worker": "harness_transition"},
    ),
    Write(
        "an organization active by who did not check it",
        "UPDATE public.organization SET state = 'active' WHERE id = '{org}'",
        may=("fo_worker",),
    ),
)
APPROVALS = (
    Write(
        "an approval consumed that nobody gave",
        _CONSUMPTION + "(gen_random_uuid(), '{org}', '{reviewed}', '{reviewed_digest}')",
        held={"fo_api": "approval_consumption_approved"},
    ),
    Write(
        "an approval consumed against another digest",
        _CONSUMPTION + "(gen_random_uuid(), '{org}', '{approved}', '{reviewed_digest}')",
        held={"fo_api": "approval_consumption_approved"},
    ),
    Write(
        "an approval consumed twice",
        _CONSUME + ";\n" + _CONSUMPTION + "(gen_random_uuid(), '{org}', '{approved}', '{approved_digest}')",
        held={"fo_api": "approval_consumed_once"},
    ),
    Write("a consumption of something else", "UPDATE ledger.approval_consumption SET digest = '{reviewed_digest}'"),
    Write("a consumption taken back", "DELETE FROM ledger.approval_consumption"),
    Write(
        "a decision on one's own proposal",
        _DECISION + "'{proposer}', 'approve', '{reviewed_digest}')",
        held={"fo_api": "proposal_decision_not_own"},
    ),
    Write(
        "a decision by who may not decide",
        _DECISION + "'{viewer}', 'approve', '{reviewed_digest}')",
        held={"fo_api": "proposal_decision_role"},
    ),
    Write(
        "a decision on another digest",
        _DECISION + "'{approver}', 'approve', '{approved_digest}')",
        held={"fo_api": "proposal_decision_digest"},
    ),
    Write("a decision turned around", "UPDATE public.proposal_decision SET verdict = 'approve'"),
    Write("a decision deleted", "DELETE FROM public.proposal_decision"),
    Write("a proposal that is approved from the start", "INSERT INTO public.proposal (state) VALUES ('approved')"),
    Write("another content under an approved digest", "UPDATE public.proposal SET payload = '{{}}'"),
    Write("another digest for a proposal", "UPDATE public.proposal SET digest = '{reviewed_digest}'"),
    Write("a proposal that does not expire", "UPDATE public.proposal SET expires_at = 'infinity'"),
)
PROOFS = (
    Write(
        "a proof by who does not prove",
        """INSERT INTO public.proof (org_id, id, execution_id, harness_id, outcome, predicate_type, envelope, key_id,
    leaf_index, leaf_hash) VALUES ('{org}', gen_random_uuid(), gen_random_uuid(), '{harness}', 'succeeded', 'x', '{{}}',
    'k', 99, 'h')""",
        may=("fo_runtime",),
    ),
    Write("a proof changed", "UPDATE public.proof SET outcome = 'succeeded'"),
    Write("a proof deleted", "DELETE FROM public.proof"),
    Write(
        "a checkpoint by who does not prove",
        "INSERT INTO public.proof_checkpoint (org_id, tree_size, root_hash, note, key_id)"
        " VALUES ('{org}', 99, '', '', 'k')",
        may=("fo_runtime",),
    ),
    Write("a checkpoint changed", "UPDATE public.proof_checkpoint SET root_hash = ''"),
    Write("a checkpoint deleted", "DELETE FROM public.proof_checkpoint"),
    Write("a leaf of the log changed", "UPDATE ledger.merkle_node SET hash = ''"),
    Write(
        "a log cut short",
        "UPDATE ledger.merkle_tree SET size = 0 WHERE org_id = '{org}'",
        held={"fo_runtime": "merkle_tree_grows"},
    ),
    Write("a log deleted", "DELETE FROM ledger.merkle_tree"),
    Write("another key under a known name", "UPDATE public.signing_key SET public_key_pem = ''"),
    Write("an edge of the lineage changed", "UPDATE public.lineage_edge SET relation = 'other'"),
    Write("an edge of the lineage deleted", "DELETE FROM public.lineage_edge"),
    Write("an artifact changed", "UPDATE public.artifact SET body = 'other'"),
    Write("an artifact deleted", "DELETE FROM public.artifact"),
)
LIVE_READ = (
    Write("an event beside the outbox", "INSERT INTO public.portal_live_events (org_id) VALUES ('{org}')"),
    Write("an event changed", "UPDATE public.portal_live_events SET data = '{{}}'"),
    Write("an event deleted", "DELETE FROM public.portal_live_events"),
    Write("a row of the live read beside the fold", "INSERT INTO public.harness_projection (org_id) VALUES ('{org}')"),
    Write("a row of the live read changed", "UPDATE public.harness_projection SET headline = 'Mine'"),
    Write("a row of the live read deleted", "DELETE FROM public.harness_projection"),
    Write(
        "a row of the live read repaired without a running repair",
        _REPAIR + "gen_random_uuid(), 1, '{{}}')",
        held={"fo_worker": "projection_repair"},
    ),
    Write(
        "a row of the live read repaired under an execution that is no repair",
        _REPAIR + "'{execution}', 1, '{{}}')",
        held={"fo_worker": "projection_repair"},
    ),
    Write(
        "a row of the live read repaired to another event than the last",
        _REPAIR + "'{repair_execution}', 1, '{{}}')",
        held={"fo_worker": "projection_repair_position"},
    ),
    Write(
        "a row of the live read taken away by a repair",
        _REPAIR + "'{repair_execution}', NULL, NULL)",
        held={"fo_worker": "projection_repair_position"},
    ),
    Write("positions given out again", "UPDATE ledger.stream SET position = 0"),
    Write(
        "an event told by who tells none",
        "SELECT ledger.append_event('{org}', NULL, 'x', 'x', '{{}}', 'x', now(), NULL, NULL, NULL)",
        may=("fo_api", "fo_worker", "fo_runtime"),
    ),
    Write(
        "the order held by who tells nothing",
        "SELECT ledger.read_stream('{org}', NULL, '')",
        may=("fo_api", "fo_worker", "fo_runtime"),
    ),
)
SECRETS = (
    Write("where a secret lives, read", "SELECT reference FROM ledger.secret_reference", may=("fo_runtime",)),
    Write(
        "where a secret lives, moved",
        "UPDATE ledger.secret_reference SET reference = 'secret://file/a/b#c' WHERE org_id = '{org}'",
        may=("fo_api",),
    ),
    Write(
        "the queue, read by who has no part in it",
        "SELECT 1 FROM ledger.command",
        may=("fo_api", "fo_dispatcher", "fo_worker", "fo_runtime"),
    ),
    Write(
        "proposals, read by who only dispatches",
        "SELECT 1 FROM public.proposal",
        may=("fo_api", "fo_worker", "fo_runtime", "fo_hasura"),
    ),
    Write("other words for work that was described", "UPDATE public.work SET title = 'Mine'"),
    Write("a token with claims of one's own", "SELECT ledger.access_token_hook('{{}}')"),
)
STRUCTURE = (
    Write("a table emptied at once: commands", "TRUNCATE ledger.command CASCADE"),
    Write("a table emptied at once: events", "TRUNCATE public.portal_live_events"),
    Write("a table emptied at once: proofs", "TRUNCATE public.proof"),
    Write("a table of one's own", "CREATE TABLE public.own (id int)"),
    Write("a table of one's own in the ledger", "CREATE TABLE ledger.own (id int)"),
    Write("triggers off", "ALTER TABLE public.execution DISABLE TRIGGER ALL"),
    Write("a trigger gone", "DROP TRIGGER execution_transition ON public.execution"),
    Write("a constraint gone", "ALTER TABLE ledger.command DROP CONSTRAINT command_heavy_work_is_queued"),
    Write("row-level security off", "ALTER TABLE public.harness_projection DISABLE ROW LEVEL SECURITY"),
    Write(
        "another text for a guard",
        "CREATE OR REPLACE FUNCTION ledger.check_execution() RETURNS trigger LANGUAGE plpgsql AS"
        " 'BEGIN RETURN NEW; END'",
    ),
    Write("triggers off for the session", "SET session_replication_role = replica", by_session=True),
    Write("the power to do anything", "ALTER ROLE CURRENT_USER SUPERUSER", by_session=True),
    Write("a program on the server", "COPY public.work FROM PROGRAM 'true'", by_session=True),
    *(Write(f"the role of {role}", f"SET ROLE {role}", may=(role,), by_session=True) for role in ROLES[:5]),
    Write("the role of the owner", "SET ROLE {superuser}", by_session=True),
)
WRITES = (*EXECUTIONS, *COMMANDS, *MOVES, *APPROVALS, *PROOFS, *LIVE_READ, *SECRETS, *STRUCTURE)
