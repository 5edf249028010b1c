-- States move only along named transitions. The rows mirror contracts/states.py; a test compares them.
SET lock_timeout = '4s';

CREATE TABLE ledger.transition (
    entity text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    PRIMARY KEY (entity, from_state, to_state)
);

INSERT INTO ledger.transition (entity, from_state, to_state) VALUES
    ('organization', 'onboarding', 'active'),
    ('organization', 'active', 'onboarding'),
    ('endpoint', 'active', 'retired'),
    ('runtime_asset', 'active', 'retired'),
    ('work', 'open', 'retired'),
    ('command', 'queued', 'leased'),
    ('command', 'leased', 'queued'),
    ('command', 'leased', 'dispatched'),
    ('command', 'dispatched', 'queued'),
    ('command', 'queued', 'running'),
    ('command', 'leased', 'running'),
    ('command', 'dispatched', 'running'),
    ('command', 'running', 'done'),
    ('command', 'running', 'failed'),
    ('proposal', 'submitted', 'approved'),
    ('proposal', 'submitted', 'rejected'),
    ('proposal', 'submitted', 'withdrawn'),
    ('proposal', 'approved', 'applied'),
    ('proposal', 'approved', 'failed'),
    ('execution', 'running', 'succeeded'),
    ('execution', 'running', 'failed'),
    ('harness', 'queued', 'launching'),
    ('harness', 'queued', 'failed'),
    ('harness', 'queued', 'cancelled'),
    ('harness', 'launching', 'running'),
    ('harness', 'launching', 'awaiting_recovery'),
    ('harness', 'launching', 'failed'),
    ('harness', 'launching', 'cancelled'),
    ('harness', 'running', 'awaiting_recovery'),
    ('harness', 'running', 'proposing'),
    ('harness', 'running', 'succeeded'),
    ('harness', 'running', 'failed'),
    ('harness', 'running', 'cancelled'),
    ('harness', 'awaiting_recovery', 'running'),
    ('harness', 'awaiting_recovery', 'failed'),
    ('harness', 'awaiting_recovery', 'cancelled'),
    ('harness', 'proposing', 'awaiting_decision'),
    ('harness', 'proposing', 'succeeded'),
    ('harness', 'proposing', 'failed'),
    ('harness', 'awaiting_decision', 'applying'),
    ('harness', 'awaiting_decision', 'cancelled'),
    ('harness', 'awaiting_decision', 'failed'),
    ('harness', 'applying', 'proving'),
    ('harness', 'applying', 'failed'),
    ('harness', 'proving', 'succeeded'),
    ('harness', 'proving', 'failed');

CREATE FUNCTION ledger.check_transition() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
-- TG_ARGV[0] names the entity. The same state again is not a transition.
BEGIN
    IF NEW.state = OLD.state OR EXISTS (
        SELECT FROM ledger.transition t
        WHERE t.entity = TG_ARGV[0] AND t.from_state = OLD.state AND t.to_state = NEW.state
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% cannot move from % to %', TG_ARGV[0], OLD.state, NEW.state
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0] || '_transition';
END
$$;

CREATE FUNCTION ledger.refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;
