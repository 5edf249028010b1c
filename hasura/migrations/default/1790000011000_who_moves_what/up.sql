-- A state is not only reached along a named transition, it is reached by the role whose step that is. Without this the
-- dispatcher, which may write the state of commands, could end one that no workflow carried out. The rows mirror MOVERS
-- in contracts/states.py; a test compares them.
SET lock_timeout = '4s';

CREATE TABLE ledger.mover (
    entity text NOT NULL,
    to_state text NOT NULL,
    role text NOT NULL,
    PRIMARY KEY (entity, to_state, role)
);

INSERT INTO ledger.mover (entity, to_state, role) VALUES
    ('command', 'queued', 'fo_dispatcher'),
    ('command', 'leased', 'fo_dispatcher'),
    ('command', 'dispatched', 'fo_dispatcher'),
    ('command', 'running', 'fo_worker'),
    ('command', 'done', 'fo_worker'),
    ('command', 'failed', 'fo_worker'),
    ('proposal', 'approved', 'fo_api'),
    ('proposal', 'rejected', 'fo_api'),
    ('proposal', 'withdrawn', 'fo_api'),
    ('proposal', 'applied', 'fo_worker'),
    ('proposal', 'failed', 'fo_worker'),
    ('harness', 'applying', 'fo_api'),
    ('harness', 'cancelled', 'fo_api'),
    ('harness', 'launching', 'fo_worker'),
    ('harness', 'running', 'fo_worker'),
    ('harness', 'awaiting_recovery', 'fo_worker'),
    ('harness', 'proposing', 'fo_worker'),
    ('harness', 'awaiting_decision', 'fo_worker'),
    ('harness', 'proving', 'fo_worker'),
    ('harness', 'succeeded', 'fo_worker'),
    ('harness', 'failed', 'fo_worker');

CREATE FUNCTION ledger.check_mover() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, ledger, pg_temp AS $$
-- TG_ARGV[0] names the entity. Runs as whoever writes, because it asks who that is; who owns the table may do anything.
BEGIN
    IF NEW.state = OLD.state
        OR EXISTS (SELECT FROM ledger.mover m
            WHERE m.entity = TG_ARGV[0] AND m.to_state = NEW.state AND m.role = current_user)
        OR pg_has_role(current_user, (SELECT c.relowner FROM pg_catalog.pg_class c WHERE c.oid = TG_RELID), 'MEMBER')
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% does not move a % to %', current_user, TG_ARGV[0], NEW.state
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0] || '_mover';
END
$$;

CREATE TRIGGER command_mover BEFORE UPDATE OF state ON ledger.command
    FOR EACH ROW EXECUTE FUNCTION ledger.check_mover('command');
CREATE TRIGGER proposal_mover BEFORE UPDATE OF state ON public.proposal
    FOR EACH ROW EXECUTE FUNCTION ledger.check_mover('proposal');
CREATE TRIGGER harness_mover BEFORE UPDATE OF state ON public.harness
    FOR EACH ROW EXECUTE FUNCTION ledger.check_mover('harness');

CREATE FUNCTION ledger.check_proposal_approved() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
-- A proposal is approved in the transaction that consumes its approval, so that approved means queued.
BEGIN
    PERFORM FROM ledger.approval_consumption c
        WHERE c.org_id = NEW.org_id AND c.proposal_id = NEW.id AND c.digest = NEW.digest
            AND c.transaction_id = pg_current_xact_id();
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the approval of this proposal was not consumed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proposal_approved_by_consumption';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER proposal_approved_by_consumption BEFORE UPDATE OF state ON public.proposal
    FOR EACH ROW WHEN (NEW.state = 'approved' AND OLD.state <> 'approved')
    EXECUTE FUNCTION ledger.check_proposal_approved();

GRANT SELECT ON ledger.mover TO fo_api, fo_dispatcher, fo_worker;
