-- The queue: one row for each accepted mutation. What needs heavy work is queued for the dispatcher; the rest is done.
SET lock_timeout = '4s';

CREATE TABLE ledger.command (
    id uuid PRIMARY KEY,
    arrival bigint GENERATED ALWAYS AS IDENTITY,
    org_id uuid NOT NULL,
    kind text NOT NULL,
    idempotency_key uuid NOT NULL CONSTRAINT command_idempotency_key UNIQUE,
    input_digest bytea NOT NULL,
    principal_id uuid,
    harness_id uuid,
    -- NULL means that recording was all there was to do.
    workflow text,
    payload jsonb NOT NULL DEFAULT '{}',
    -- The approval that this command consumes; NULL for a command that has no effect on an endpoint.
    approval_consumption_id uuid,
    state text NOT NULL CHECK (state IN ('recorded', 'queued', 'leased', 'dispatched', 'running', 'done', 'failed')),
    answer jsonb,
    leased_by text,
    lease_until timestamptz,
    attempts int NOT NULL DEFAULT 0,
    run_id text,
    error text,
    traceparent text,
    created_at timestamptz NOT NULL DEFAULT now(),
    dispatched_at timestamptz,
    started_at timestamptz,
    finished_at timestamptz,
    CONSTRAINT command_heavy_work_is_queued CHECK ((workflow IS NULL) = (state = 'recorded')),
    CONSTRAINT command_effect_needs_approval CHECK (
        (kind = 'proposals.apply') = (approval_consumption_id IS NOT NULL)
        AND (workflow IS NOT DISTINCT FROM 'proposals.apply') = (approval_consumption_id IS NOT NULL))
);
-- What the dispatcher asks for: whatever waits, oldest first, and leases that ran out.
CREATE INDEX command_waiting_idx ON ledger.command (arrival) WHERE state IN ('queued', 'leased');
CREATE INDEX command_unclaimed_idx ON ledger.command (dispatched_at) WHERE state = 'dispatched';
CREATE INDEX command_harness_idx ON ledger.command (org_id, harness_id);
CREATE TRIGGER command_transition BEFORE UPDATE OF state ON ledger.command
    FOR EACH ROW EXECUTE FUNCTION ledger.check_transition('command');

CREATE FUNCTION ledger.refuse_later_state() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a command begins recorded or queued, not %', NEW.state
        USING ERRCODE = 'check_violation', CONSTRAINT = 'command_transition';
END
$$;
CREATE TRIGGER command_begins BEFORE INSERT ON ledger.command
    FOR EACH ROW WHEN (NEW.state NOT IN ('recorded', 'queued')) EXECUTE FUNCTION ledger.refuse_later_state();

CREATE FUNCTION ledger.announce_command() RETURNS trigger
LANGUAGE plpgsql AS $$
-- A hint for the dispatcher; its polling is the truth.
BEGIN
    PERFORM pg_notify('fractalops_command', '');
    RETURN NULL;
END
$$;
CREATE TRIGGER command_announced AFTER INSERT ON ledger.command
    FOR EACH ROW WHEN (NEW.state = 'queued') EXECUTE FUNCTION ledger.announce_command();

GRANT SELECT, INSERT (id, org_id, kind, idempotency_key, input_digest, principal_id, harness_id, workflow, payload,
    approval_consumption_id, state, answer, traceparent) ON ledger.command TO fo_api;
GRANT UPDATE (answer) ON ledger.command TO fo_api;
GRANT SELECT ON ledger.command TO fo_dispatcher, fo_worker, fo_runtime;
GRANT UPDATE (state, leased_by, lease_until, attempts, dispatched_at) ON ledger.command TO fo_dispatcher;
GRANT UPDATE (state, run_id, started_at, finished_at, error) ON ledger.command TO fo_worker;
