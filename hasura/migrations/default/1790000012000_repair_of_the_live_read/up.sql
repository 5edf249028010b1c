-- A row of the live read that does not follow from its events is put right by a queued command whose execution is proved.
-- Such an execution has no proposal, because it changes nothing outside the ledger and nothing that is not in the events.
SET lock_timeout = '4s';

ALTER TABLE ledger.command
    ADD CONSTRAINT command_repair_is_named CHECK (
        (kind = 'projections.repair') = (workflow IS NOT DISTINCT FROM 'projections.repair')) NOT VALID;
ALTER TABLE ledger.command VALIDATE CONSTRAINT command_repair_is_named;

ALTER TABLE public.execution ALTER COLUMN proposal_id DROP NOT NULL;

CREATE OR REPLACE FUNCTION ledger.check_execution() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
-- An execution carries out a running command that consumed the approval of exactly this digest. Without a proposal it
-- carries out a running repair of the live read, in that command's harness and with that command's input.
BEGIN
    IF NEW.proposal_id IS NULL THEN
        PERFORM FROM ledger.command c
            WHERE c.id = NEW.command_id AND c.state = 'running' AND c.org_id = NEW.org_id
                AND c.kind = 'projections.repair' AND c.harness_id = NEW.harness_id
                AND NEW.digest = 'sha256:' || encode(c.input_digest, 'hex');
    ELSE
        PERFORM FROM ledger.command c JOIN ledger.approval_consumption a ON a.id = c.approval_consumption_id
            WHERE c.id = NEW.command_id AND c.state = 'running' AND c.org_id = NEW.org_id
                AND a.proposal_id = NEW.proposal_id AND a.digest = NEW.digest;
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'an execution needs a running command that consumed the approval, or is a repair'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'execution_needs_command';
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION ledger.repair_projection(
    p_org_id uuid, p_harness_id uuid, p_execution_id uuid, p_last_position bigint, p_projection jsonb
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger, public AS $$
-- Puts exactly one row in place of what is there, for a repair that is being carried out. The row is that of the
-- harness's last event; a harness without events has no row. Taken out and put in rather than changed, so that whoever
-- follows the live read takes the row whatever position the wrong one claimed.
DECLARE
    last_event public.portal_live_events;
BEGIN
    PERFORM FROM ledger.stream s WHERE s.org_id = p_org_id FOR NO KEY UPDATE;
    PERFORM FROM public.execution e JOIN ledger.command c ON c.id = e.command_id
        WHERE e.org_id = p_org_id AND e.id = p_execution_id AND e.state = 'running' AND e.proposal_id IS NULL
            AND c.kind = 'projections.repair' AND c.state = 'running';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the live read is repaired by the execution of a queued repair alone'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'projection_repair';
    END IF;
    SELECT * INTO last_event FROM public.portal_live_events e
        WHERE e.org_id = p_org_id AND e.harness_id = p_harness_id ORDER BY e.position DESC LIMIT 1;
    IF last_event.position IS DISTINCT FROM p_last_position
        OR (p_projection IS NULL) <> (last_event.position IS NULL) THEN
        RAISE EXCEPTION 'the harness has other events than those that were folded'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'projection_repair_position';
    END IF;
    DELETE FROM public.harness_projection h WHERE h.org_id = p_org_id AND h.harness_id = p_harness_id;
    IF p_projection IS NOT NULL THEN
        INSERT INTO public.harness_projection SELECT (jsonb_populate_record(NULL::public.harness_projection,
            p_projection || jsonb_build_object('org_id', p_org_id, 'harness_id', p_harness_id,
                'last_position', last_event.position, 'last_event_type', last_event.type))).*;
    END IF;
END
$$;

REVOKE ALL ON FUNCTION ledger.repair_projection FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.repair_projection TO fo_worker;
