-- A recovery case is opened by the worker whose step could not be taken, answered once by the API, and ended by nobody
-- else. What was seen and what is wanted stay as they were written.
SET lock_timeout = '4s';

INSERT INTO ledger.transition (entity, from_state, to_state) VALUES
    ('recovery_case', 'open', 'resolved'),
    ('recovery_case', 'open', 'abandoned');
INSERT INTO ledger.mover (entity, to_state, role) VALUES
    ('recovery_case', 'resolved', 'fo_api'),
    ('recovery_case', 'abandoned', 'fo_worker');

-- The table had no behaviour before, and so no rows.
ALTER TABLE public.recovery_case
    -- The command that waits for the answer, and how often it had asked before.
    ADD COLUMN command_id uuid NOT NULL,
    ADD COLUMN round int NOT NULL CHECK (round >= 0),
    ADD COLUMN expires_at timestamptz NOT NULL,
    ADD COLUMN answer jsonb,
    ADD COLUMN principal_id uuid REFERENCES public.principal (id),
    ADD CONSTRAINT recovery_case_command_fkey FOREIGN KEY (command_id) REFERENCES ledger.command (id),
    ADD CONSTRAINT recovery_case_round_key UNIQUE (command_id, round),
    ADD CONSTRAINT recovery_case_answered CHECK ((state = 'resolved') = (answer IS NOT NULL AND principal_id IS NOT NULL)),
    ADD CONSTRAINT recovery_case_ended CHECK ((state = 'open') = (resolved_at IS NULL));
-- A harness waits for one thing at a time.
CREATE UNIQUE INDEX recovery_case_open_key ON public.recovery_case (org_id, harness_id) WHERE state = 'open';
CREATE INDEX recovery_case_recent_idx ON public.recovery_case (org_id, created_at DESC);

CREATE TRIGGER recovery_case_transition BEFORE UPDATE OF state ON public.recovery_case
    FOR EACH ROW EXECUTE FUNCTION ledger.check_transition('recovery_case');
CREATE TRIGGER recovery_case_mover BEFORE UPDATE OF state ON public.recovery_case
    FOR EACH ROW EXECUTE FUNCTION ledger.check_mover('recovery_case');
CREATE TRIGGER recovery_case_ends_once BEFORE UPDATE ON public.recovery_case
    FOR EACH ROW WHEN (OLD.state <> 'open') EXECUTE FUNCTION ledger.refuse_change();

CREATE FUNCTION ledger.abandon_recovery_cases() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger, public AS $$
-- A harness that has ended waits for nothing, whoever ended it.
BEGIN
    UPDATE public.recovery_case c SET state = 'abandoned', resolved_at = now()
        WHERE c.org_id = NEW.org_id AND c.harness_id = NEW.id AND c.state = 'open';
    RETURN NULL;
END
$$;
CREATE TRIGGER harness_end_abandons_recovery AFTER UPDATE OF state ON public.harness
    FOR EACH ROW WHEN (OLD.state = 'awaiting_recovery' AND NEW.state IN ('succeeded', 'failed', 'cancelled'))
    EXECUTE FUNCTION ledger.abandon_recovery_cases();

GRANT SELECT, INSERT (org_id, id, harness_id, command_id, round, kind, seen, wanted, expires_at)
    ON public.recovery_case TO fo_worker;
GRANT UPDATE (state, resolved_at) ON public.recovery_case TO fo_worker;
GRANT SELECT, UPDATE (state, answer, principal_id, resolved_at) ON public.recovery_case TO fo_api;
