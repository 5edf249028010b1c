-- One outbox, one live read. Both are written by one function, in the transaction of the change that they tell.
SET lock_timeout = '4s';

CREATE TABLE public.portal_live_events (
    -- No foreign key: the row of ledger.stream, which each append needs, has it.
    org_id uuid NOT NULL,
    position bigint NOT NULL,
    event_id uuid NOT NULL DEFAULT gen_random_uuid(),
    type text NOT NULL,
    harness_id uuid,
    subject text NOT NULL,
    data jsonb NOT NULL,
    -- What brought the event about; the same cause again is the same event.
    cause text NOT NULL,
    occurred_at timestamptz NOT NULL DEFAULT now(),
    traceparent text,
    PRIMARY KEY (org_id, position),
    CONSTRAINT portal_live_events_cause_key UNIQUE (org_id, cause)
);
CREATE INDEX portal_live_events_harness_idx ON public.portal_live_events (org_id, harness_id, position);
CREATE TRIGGER portal_live_events_append_only BEFORE UPDATE OR DELETE ON public.portal_live_events
    FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();

CREATE TABLE public.harness_projection (
    org_id uuid NOT NULL,
    harness_id uuid NOT NULL,
    purpose text NOT NULL,
    title text NOT NULL,
    work_id uuid,
    principal_id uuid,
    continuity text NOT NULL,
    phase text NOT NULL,
    headline text NOT NULL,
    step text,
    steps_done int NOT NULL,
    steps_total int NOT NULL,
    interaction text,
    browser_observed boolean NOT NULL,
    proposal_id uuid,
    proposal_state text,
    recovery_case_id uuid,
    needs text,
    proof_id uuid,
    last_position bigint NOT NULL,
    last_event_type text NOT NULL,
    started_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    finished_at timestamptz,
    PRIMARY KEY (org_id, harness_id)
) WITH (fillfactor = 70);
CREATE INDEX harness_projection_recent_idx ON public.harness_projection (org_id, updated_at DESC);

CREATE FUNCTION ledger.read_stream(p_org_id uuid, p_harness_id uuid, p_cause text)
RETURNS TABLE (last_position bigint, known_position bigint, projection jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger, public AS $$
-- Takes the organization's place in the order until the transaction ends, then reads what the next event folds into.
-- known_position is that of the event with the same cause, if there is one.
BEGIN
    SELECT s.position INTO last_position FROM ledger.stream s WHERE s.org_id = p_org_id FOR NO KEY UPDATE;
    SELECT e.position INTO known_position
        FROM public.portal_live_events e WHERE e.org_id = p_org_id AND e.cause = p_cause;
    SELECT to_jsonb(h) INTO projection
        FROM public.harness_projection h WHERE h.org_id = p_org_id AND h.harness_id = p_harness_id;
    RETURN NEXT;
END
$$;

CREATE FUNCTION ledger.append_event(
    p_org_id uuid, p_harness_id uuid, p_type text, p_subject text, p_data jsonb, p_cause text,
    p_occurred_at timestamptz, p_traceparent text, p_projection jsonb, p_last_position bigint
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger, public AS $$
-- The event's position. p_last_position is what read_stream answered; NULL says that nothing had to be read, because
-- the event is the first of its harness or belongs to none.
DECLARE
    next_position bigint;
    row_ public.harness_projection;
BEGIN
    UPDATE ledger.stream s SET position = s.position + 1 WHERE s.org_id = p_org_id
        RETURNING s.position INTO STRICT next_position;
    IF p_last_position IS NOT NULL AND next_position <> p_last_position + 1 THEN
        RAISE EXCEPTION 'position % was taken since the stream was read', p_last_position + 1
            USING ERRCODE = 'serialization_failure';
    END IF;
    INSERT INTO public.portal_live_events
        (org_id, position, type, harness_id, subject, data, cause, occurred_at, traceparent)
    VALUES (p_org_id, next_position, p_type, p_harness_id, p_subject, p_data, p_cause, p_occurred_at, p_traceparent);
    IF p_harness_id IS NULL THEN
        RETURN next_position;
    END IF;
    row_ := jsonb_populate_record(NULL::public.harness_projection,
        p_projection || jsonb_build_object('org_id', p_org_id, 'harness_id', p_harness_id,
            'last_position', next_position, 'last_event_type', p_type));
    IF p_last_position IS NULL THEN
        INSERT INTO public.harness_projection SELECT row_.*;
    ELSE
        UPDATE public.harness_projection h SET
            purpose = row_.purpose, title = row_.title, work_id = row_.work_id, principal_id = row_.principal_id,
            continuity = row_.continuity, phase = row_.phase, headline = row_.headline, step = row_.step,
            steps_done = row_.steps_done, steps_total = row_.steps_total, interaction = row_.interaction,
            browser_observed = row_.browser_observed, proposal_id = row_.proposal_id,
            proposal_state = row_.proposal_state, recovery_case_id = row_.recovery_case_id, needs = row_.needs,
            proof_id = row_.proof_id, last_position = row_.last_position, last_event_type = row_.last_event_type,
            started_at = row_.started_at, updated_at = row_.updated_at, finished_at = row_.finished_at
        WHERE h.org_id = p_org_id AND h.harness_id = p_harness_id;
    END IF;
    RETURN next_position;
END
$$;

REVOKE ALL ON FUNCTION ledger.read_stream, ledger.append_event FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.read_stream, ledger.append_event TO fo_api, fo_worker, fo_runtime;
GRANT SELECT ON public.portal_live_events, public.harness_projection TO fo_api, fo_worker, fo_runtime, fo_hasura;
