-- The schema as all migrations leave it. Written by `make schema`; a test compares it. Do not edit.

CREATE SCHEMA ledger;

CREATE SCHEMA public;

COMMENT ON SCHEMA public IS 'standard public schema';

CREATE FUNCTION ledger.abandon_recovery_cases() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'ledger', 'public'
    AS $$
BEGIN
    UPDATE public.recovery_case c SET state = 'abandoned', resolved_at = now()
        WHERE c.org_id = NEW.org_id AND c.harness_id = NEW.id AND c.state = 'open';
    RETURN NULL;
END
$$;

CREATE FUNCTION ledger.access_token_hook(event jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
DECLARE
    claims jsonb := event -> 'claims';
    wishes jsonb := coalesce(claims -> 'user_metadata', '{}');
    member record;
    listed jsonb;
BEGIN
    SELECT m.org_id, m.role, m.principal_id INTO member
    FROM public.principal p JOIN public.membership m ON m.principal_id = p.id
    WHERE p.email = lower(claims ->> 'email')
    ORDER BY m.org_id::text IS NOT DISTINCT FROM wishes ->> ('org_id:' || (claims ->> 'session_id')) DESC,
             m.org_id::text IS NOT DISTINCT FROM wishes ->> 'org_id' DESC,
             m.org_id::text IS NOT DISTINCT FROM claims #>> '{app_metadata,org_id}' DESC,
             m.created_at, m.org_id
    LIMIT 1;
    IF member.org_id IS NULL THEN
        RETURN event;
    END IF;
    -- A token travels with every request, so the list has an end.
    SELECT jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'role', o.role)) INTO listed
    FROM (
        SELECT o.id, o.name, m.role
        FROM public.membership m JOIN public.organization o ON o.id = m.org_id
        WHERE m.principal_id = member.principal_id
        ORDER BY m.org_id = member.org_id DESC, m.created_at, m.org_id
        LIMIT 50
    ) AS o;
    RETURN jsonb_build_object('claims', claims || jsonb_build_object(
        'org_id', member.org_id,
        'principal_id', member.principal_id,
        'organization_role', member.role,
        'organizations', listed,
        'https://hasura.io/jwt/claims', jsonb_build_object(
            'x-hasura-default-role', member.role,
            'x-hasura-allowed-roles', jsonb_build_array(member.role),
            'x-hasura-org-id', member.org_id,
            'x-hasura-user-id', member.principal_id)));
END
$$;

CREATE FUNCTION ledger.announce_command() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    PERFORM pg_notify('fractalops_command', '');
    RETURN NULL;
END
$$;

CREATE FUNCTION ledger.append_event(p_org_id uuid, p_harness_id uuid, p_type text, p_subject text, p_data jsonb, p_cause text, p_occurred_at timestamp with time zone, p_traceparent text, p_projection jsonb, p_last_position bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'ledger', 'public'
    AS $$
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

CREATE FUNCTION ledger.check_command_approval() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'ledger'
    AS $$
BEGIN
    PERFORM FROM ledger.approval_consumption c
        WHERE c.id = NEW.approval_consumption_id AND c.transaction_id = pg_current_xact_id()
            AND c.org_id = NEW.org_id AND c.proposal_id::text = NEW.payload ->> 'proposal_id'
            AND c.digest = NEW.payload ->> 'digest';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the approval was not consumed by this command'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'command_consumes_approval';
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION ledger.check_consumption() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
DECLARE
    approvals int;
    required int;
BEGIN
    SELECT count(*), o.approvals_required INTO approvals, required
    FROM public.organization o
    JOIN public.proposal p ON p.org_id = o.id AND p.id = NEW.proposal_id
        AND p.digest = NEW.digest AND p.state = 'submitted' AND p.expires_at > now()
    JOIN public.proposal_decision d ON d.org_id = o.id AND d.proposal_id = p.id
        AND d.digest = p.digest AND d.verdict = 'approve'
    WHERE o.id = NEW.org_id
    GROUP BY o.approvals_required;
    IF approvals IS NULL OR approvals < required THEN
        RAISE EXCEPTION 'the proposal is not approved'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_consumption_approved';
    END IF;
    NEW.transaction_id := pg_current_xact_id();
    RETURN NEW;
END
$$;

CREATE FUNCTION ledger.check_decision() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
DECLARE
    proposal public.proposal;
BEGIN
    SELECT * INTO STRICT proposal FROM public.proposal p WHERE p.org_id = NEW.org_id AND p.id = NEW.proposal_id;
    IF proposal.digest <> NEW.digest OR proposal.state <> 'submitted' THEN
        RAISE EXCEPTION 'the decision is not on the digest under review'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proposal_decision_digest';
    END IF;
    IF proposal.principal_id = NEW.principal_id THEN
        RAISE EXCEPTION 'nobody decides on a proposal of their own'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proposal_decision_not_own';
    END IF;
    PERFORM FROM public.membership m WHERE m.org_id = NEW.org_id AND m.principal_id = NEW.principal_id
        AND m.role IN ('approver', 'owner');
    IF NOT FOUND THEN
        RAISE EXCEPTION 'only approvers and owners decide'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proposal_decision_role';
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION ledger.check_execution() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'ledger'
    AS $$
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

CREATE FUNCTION ledger.check_growth() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'a log begins empty and grows by one leaf at a time'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'merkle_tree_grows';
END
$$;

CREATE FUNCTION ledger.check_mover() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'ledger', 'pg_temp'
    AS $$
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

CREATE FUNCTION ledger.check_proposal_approved() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'ledger'
    AS $$
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

CREATE FUNCTION ledger.check_transition() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'ledger'
    AS $$
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

CREATE FUNCTION ledger.erase_sealed_value() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'ledger'
    AS $$
BEGIN
    DELETE FROM ledger.sealed_value s WHERE s.command_id = NEW.id;
    RETURN NULL;
END
$$;

CREATE FUNCTION ledger.read_stream(p_org_id uuid, p_harness_id uuid, p_cause text) RETURNS TABLE(last_position bigint, known_position bigint, projection jsonb)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'ledger', 'public'
    AS $$
BEGIN
    SELECT s.position INTO last_position FROM ledger.stream s WHERE s.org_id = p_org_id FOR NO KEY UPDATE;
    SELECT e.position INTO known_position
        FROM public.portal_live_events e WHERE e.org_id = p_org_id AND e.cause = p_cause;
    SELECT to_jsonb(h) INTO projection
        FROM public.harness_projection h WHERE h.org_id = p_org_id AND h.harness_id = p_harness_id;
    RETURN NEXT;
END
$$;

CREATE FUNCTION ledger.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE FUNCTION ledger.refuse_later_state() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'a command begins recorded or queued, not %', NEW.state
        USING ERRCODE = 'check_violation', CONSTRAINT = 'command_transition';
END
$$;

CREATE FUNCTION ledger.repair_projection(p_org_id uuid, p_harness_id uuid, p_execution_id uuid, p_last_position bigint, p_projection jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'ledger', 'public'
    AS $$
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

CREATE FUNCTION ledger.tell_backend() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'ledger', 'public'
    AS $$
BEGIN
    UPDATE public.secret_contract c SET backend = substring(NEW.reference FROM '^secret://([a-z]+)/')
        WHERE c.org_id = NEW.org_id AND c.id = NEW.secret_contract_id;
    RETURN NULL;
END
$$;

CREATE TABLE public.portal_live_events (
    org_id uuid NOT NULL,
    "position" bigint NOT NULL,
    event_id uuid DEFAULT gen_random_uuid() NOT NULL,
    type text NOT NULL,
    harness_id uuid,
    subject text NOT NULL,
    data jsonb NOT NULL,
    cause text NOT NULL,
    occurred_at timestamp with time zone DEFAULT now() NOT NULL,
    traceparent text
);

CREATE FUNCTION public.live_event_beginning(event public.portal_live_events) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
    SELECT left(event.data::text, 4096)
$$;

COMMENT ON FUNCTION public.live_event_beginning(event public.portal_live_events) IS 'The first 4096 characters of the data as JSON: all of it, for nearly every event.';

CREATE FUNCTION public.live_event_size_bytes(event public.portal_live_events) RETURNS integer
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
    SELECT octet_length(event.data::text)
$$;

COMMENT ON FUNCTION public.live_event_size_bytes(event public.portal_live_events) IS 'How many bytes the data has as JSON.';

CREATE TABLE ledger.approval_consumption (
    id uuid NOT NULL,
    org_id uuid NOT NULL,
    proposal_id uuid NOT NULL,
    digest text NOT NULL,
    transaction_id xid8 DEFAULT pg_current_xact_id() NOT NULL,
    consumed_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE ledger.command (
    id uuid NOT NULL,
    arrival bigint NOT NULL,
    org_id uuid NOT NULL,
    kind text NOT NULL,
    idempotency_key uuid NOT NULL,
    input_digest bytea NOT NULL,
    principal_id uuid,
    harness_id uuid,
    workflow text,
    payload jsonb DEFAULT '{}'::jsonb NOT NULL,
    approval_consumption_id uuid,
    state text NOT NULL,
    answer jsonb,
    leased_by text,
    lease_until timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    run_id text,
    error text,
    traceparent text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    dispatched_at timestamp with time zone,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    CONSTRAINT command_effect_needs_approval CHECK ((((kind = 'proposals.apply'::text) = (approval_consumption_id IS NOT NULL)) AND ((NOT (workflow IS DISTINCT FROM 'proposals.apply'::text)) = (approval_consumption_id IS NOT NULL)))),
    CONSTRAINT command_heavy_work_is_queued CHECK (((workflow IS NULL) = (state = 'recorded'::text))),
    CONSTRAINT command_repair_is_named CHECK (((kind = 'projections.repair'::text) = (NOT (workflow IS DISTINCT FROM 'projections.repair'::text)))),
    CONSTRAINT command_state_check CHECK ((state = ANY (ARRAY['recorded'::text, 'queued'::text, 'leased'::text, 'dispatched'::text, 'running'::text, 'done'::text, 'failed'::text])))
);

ALTER TABLE ledger.command ALTER COLUMN arrival ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME ledger.command_arrival_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE ledger.merkle_node (
    org_id uuid NOT NULL,
    level integer NOT NULL,
    index bigint NOT NULL,
    hash bytea NOT NULL
);

CREATE TABLE ledger.merkle_tree (
    org_id uuid NOT NULL,
    size bigint DEFAULT 0 NOT NULL
);

CREATE TABLE ledger.migration (
    version bigint NOT NULL,
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE ledger.mover (
    entity text NOT NULL,
    to_state text NOT NULL,
    role text NOT NULL
);

CREATE TABLE ledger.sealed_value (
    org_id uuid NOT NULL,
    secret_contract_id uuid NOT NULL,
    command_id uuid NOT NULL,
    version integer NOT NULL,
    key_id text NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_value_sealed_check CHECK (((octet_length(sealed) >= 49) AND (octet_length(sealed) <= 65584)))
);

CREATE TABLE ledger.secret_reference (
    org_id uuid NOT NULL,
    secret_contract_id uuid NOT NULL,
    reference text NOT NULL,
    CONSTRAINT secret_reference_reference_check CHECK ((reference ~~ 'secret://%'::text))
);

CREATE TABLE ledger.stream (
    org_id uuid NOT NULL,
    "position" bigint DEFAULT 0 NOT NULL
)
WITH (fillfactor='50');

CREATE TABLE ledger.transition (
    entity text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL
);

CREATE TABLE public.artifact (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    harness_id uuid NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    digest text NOT NULL,
    size_bytes bigint NOT NULL,
    encoding text NOT NULL,
    body text NOT NULL,
    truncated boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT artifact_encoding_check CHECK ((encoding = ANY (ARRAY['utf-8'::text, 'base64'::text])))
);

CREATE TABLE public.endpoint (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    public_url text NOT NULL,
    executor_url text,
    auth_kind text NOT NULL,
    auth_parameter text,
    secret_contract_id uuid,
    readiness jsonb NOT NULL,
    state text DEFAULT 'active'::text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    digest text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT endpoint_auth_kind_check CHECK ((auth_kind = ANY (ARRAY['none'::text, 'bearer'::text, 'basic'::text, 'header'::text, 'query'::text, 'oauth2_client_credentials'::text, 'browser_session'::text]))),
    CONSTRAINT endpoint_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT endpoint_state_check CHECK ((state = ANY (ARRAY['active'::text, 'retired'::text])))
);

CREATE TABLE public.endpoint_kind (
    kind text NOT NULL,
    title text NOT NULL,
    protocol text NOT NULL,
    readiness jsonb NOT NULL,
    CONSTRAINT endpoint_kind_kind_check CHECK ((kind ~ '^[a-z][a-z0-9_]*$'::text)),
    CONSTRAINT endpoint_kind_protocol_check CHECK ((protocol = ANY (ARRAY['http'::text, 'git'::text])))
);

CREATE TABLE public.endpoint_readiness (
    org_id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    ready boolean NOT NULL,
    detail text NOT NULL,
    latency_ms integer,
    endpoint_digest text NOT NULL,
    observed_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.execution (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    command_id uuid NOT NULL,
    proposal_id uuid,
    harness_id uuid NOT NULL,
    digest text NOT NULL,
    state text DEFAULT 'running'::text NOT NULL,
    reason_code text,
    reason text,
    base_commit text,
    commit_id text,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT execution_state_check CHECK ((state = ANY (ARRAY['running'::text, 'succeeded'::text, 'failed'::text])))
);

CREATE TABLE public.harness (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    purpose text NOT NULL,
    title text NOT NULL,
    work_id uuid,
    principal_id uuid,
    command_id uuid NOT NULL,
    continuity text NOT NULL,
    continuity_receipt jsonb DEFAULT '{}'::jsonb NOT NULL,
    state text DEFAULT 'queued'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT harness_continuity_check CHECK ((continuity = ANY (ARRAY['fresh'::text, 'resume'::text]))),
    CONSTRAINT harness_purpose_check CHECK ((purpose = ANY (ARRAY['onboard'::text, 'work'::text, 'apply'::text, 'probe'::text, 'repair'::text]))),
    CONSTRAINT harness_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'launching'::text, 'running'::text, 'awaiting_recovery'::text, 'proposing'::text, 'awaiting_decision'::text, 'applying'::text, 'proving'::text, 'succeeded'::text, 'failed'::text, 'cancelled'::text])))
);

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
    steps_done integer NOT NULL,
    steps_total integer NOT NULL,
    interaction text,
    browser_observed boolean NOT NULL,
    proposal_id uuid,
    proposal_state text,
    recovery_case_id uuid,
    needs text,
    proof_id uuid,
    last_position bigint NOT NULL,
    last_event_type text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone
)
WITH (fillfactor='70');

CREATE TABLE public.kept_sandbox (
    org_id uuid NOT NULL,
    sandbox_name text NOT NULL,
    work_id uuid NOT NULL,
    harness_id uuid NOT NULL,
    branch text NOT NULL,
    base_commit text NOT NULL,
    runtime_asset_digest text NOT NULL,
    kept_at timestamp with time zone DEFAULT now() NOT NULL,
    until timestamp with time zone NOT NULL,
    taken_by uuid
);

CREATE TABLE public.launch_diagnostic (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    harness_id uuid NOT NULL,
    runtime_kind text NOT NULL,
    runtime_name text NOT NULL,
    origin text NOT NULL,
    duration_ms integer NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.lineage_edge (
    org_id uuid NOT NULL,
    from_kind text NOT NULL,
    from_id text NOT NULL,
    relation text NOT NULL,
    to_kind text NOT NULL,
    to_id text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.membership (
    org_id uuid NOT NULL,
    principal_id uuid NOT NULL,
    role text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT membership_role_check CHECK ((role = ANY (ARRAY['viewer'::text, 'operator'::text, 'approver'::text, 'owner'::text, 'agent'::text])))
);

CREATE TABLE public.observation (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    harness_id uuid NOT NULL,
    kind text NOT NULL,
    subject text NOT NULL,
    digest text,
    detail jsonb DEFAULT '{}'::jsonb NOT NULL,
    observed_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.onboarding_check (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    subject_name text NOT NULL,
    state text DEFAULT 'pending'::text NOT NULL,
    detail text,
    remedy text,
    checked_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    harness_id uuid,
    CONSTRAINT onboarding_check_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'passed'::text, 'failed'::text]))),
    CONSTRAINT onboarding_check_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['endpoint'::text, 'secret_contract'::text, 'runtime_asset'::text])))
);

CREATE TABLE public.organization (
    id uuid NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    state text DEFAULT 'onboarding'::text NOT NULL,
    approvals_required integer DEFAULT 1 NOT NULL,
    approval_ttl_hours integer DEFAULT 168 NOT NULL,
    policy_version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT organization_approval_ttl_hours_check CHECK (((approval_ttl_hours >= 1) AND (approval_ttl_hours <= 8760))),
    CONSTRAINT organization_approvals_required_check CHECK (((approvals_required >= 1) AND (approvals_required <= 10))),
    CONSTRAINT organization_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT organization_slug_check CHECK ((slug ~ '^[a-z][a-z0-9-]{1,62}$'::text)),
    CONSTRAINT organization_state_check CHECK ((state = ANY (ARRAY['onboarding'::text, 'active'::text])))
);

CREATE TABLE public.principal (
    id uuid NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    email text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT principal_check CHECK (((kind <> 'person'::text) OR (email IS NOT NULL))),
    CONSTRAINT principal_email_check CHECK ((email = lower(email))),
    CONSTRAINT principal_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'agent'::text, 'service'::text]))),
    CONSTRAINT principal_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
);

CREATE TABLE public.proof (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    execution_id uuid NOT NULL,
    harness_id uuid NOT NULL,
    outcome text NOT NULL,
    predicate_type text NOT NULL,
    envelope text NOT NULL,
    key_id text NOT NULL,
    leaf_index bigint NOT NULL,
    leaf_hash text NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT proof_leaf_index_check CHECK ((leaf_index >= 0)),
    CONSTRAINT proof_outcome_check CHECK ((outcome = ANY (ARRAY['succeeded'::text, 'failed'::text])))
);

CREATE TABLE public.proof_checkpoint (
    org_id uuid NOT NULL,
    tree_size bigint NOT NULL,
    root_hash text NOT NULL,
    note text NOT NULL,
    key_id text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT proof_checkpoint_tree_size_check CHECK ((tree_size > 0))
);

CREATE TABLE public.proposal (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    title text NOT NULL,
    harness_id uuid NOT NULL,
    work_id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    runtime_asset_id uuid NOT NULL,
    payload jsonb NOT NULL,
    bound jsonb NOT NULL,
    digest text NOT NULL,
    state text DEFAULT 'submitted'::text NOT NULL,
    principal_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT proposal_browser_procedure CHECK (((kind <> 'browser_procedure'::text) OR (((jsonb_typeof((payload -> 'steps'::text)) = 'array'::text) AND ((payload -> 'steps'::text) <> '[]'::jsonb) AND ((payload #>> '{steps,0,step}'::text[]) = 'open'::text) AND (jsonb_typeof((payload -> 'observed'::text)) = 'array'::text) AND ((payload -> 'observed'::text) <> '[]'::jsonb)) IS TRUE))),
    CONSTRAINT proposal_digest_check CHECK ((digest ~ '^sha256:[0-9a-f]{64}$'::text)),
    CONSTRAINT proposal_endpoint_call CHECK (((kind <> 'endpoint_call'::text) OR ((((payload ->> 'method'::text) = ANY (ARRAY['GET'::text, 'HEAD'::text, 'POST'::text, 'PUT'::text, 'PATCH'::text, 'DELETE'::text])) AND ((payload ->> 'path'::text) ~ '^/([^/?#[:space:]]|$)'::text) AND ((payload ->> 'path'::text) !~ '(^|/)\.{1,2}(/|$)'::text) AND (NOT (payload ?| ARRAY['url'::text, 'host'::text]))) IS TRUE))),
    CONSTRAINT proposal_kind_check CHECK ((kind = ANY (ARRAY['git_change'::text, 'endpoint_call'::text, 'browser_procedure'::text]))),
    CONSTRAINT proposal_state_check CHECK ((state = ANY (ARRAY['submitted'::text, 'approved'::text, 'rejected'::text, 'withdrawn'::text, 'applied'::text, 'failed'::text])))
);

CREATE TABLE public.proposal_decision (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    proposal_id uuid NOT NULL,
    principal_id uuid NOT NULL,
    verdict text NOT NULL,
    digest text NOT NULL,
    reason text,
    decided_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT proposal_decision_verdict_check CHECK ((verdict = ANY (ARRAY['approve'::text, 'reject'::text])))
);

CREATE TABLE public.recovery_case (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    harness_id uuid NOT NULL,
    kind text NOT NULL,
    seen jsonb NOT NULL,
    wanted jsonb NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    resolved_at timestamp with time zone,
    command_id uuid NOT NULL,
    round integer NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    answer jsonb,
    principal_id uuid,
    CONSTRAINT recovery_case_answered CHECK (((state = 'resolved'::text) = ((answer IS NOT NULL) AND (principal_id IS NOT NULL)))),
    CONSTRAINT recovery_case_ended CHECK (((state = 'open'::text) = (resolved_at IS NULL))),
    CONSTRAINT recovery_case_kind_check CHECK ((kind = ANY (ARRAY['auth_wall'::text, 'runtime_lost'::text, 'endpoint_unready'::text, 'secret_unresolvable'::text, 'conflict'::text, 'timeout'::text]))),
    CONSTRAINT recovery_case_round_check CHECK ((round >= 0)),
    CONSTRAINT recovery_case_state_check CHECK ((state = ANY (ARRAY['open'::text, 'resolved'::text, 'abandoned'::text])))
);

CREATE TABLE public.runtime_asset (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    capabilities text[] DEFAULT '{}'::text[] NOT NULL,
    limits jsonb DEFAULT '{}'::jsonb NOT NULL,
    endpoint_id uuid,
    state text DEFAULT 'active'::text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    digest text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT runtime_asset_kind_check CHECK ((kind = ANY (ARRAY['sandbox'::text, 'browser'::text]))),
    CONSTRAINT runtime_asset_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT runtime_asset_state_check CHECK ((state = ANY (ARRAY['active'::text, 'retired'::text])))
);

CREATE TABLE public.sealing_key (
    key_id text NOT NULL,
    public_key text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    announced_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT sealing_key_key_id_check CHECK ((key_id ~ '^[0-9a-f]{32}$'::text)),
    CONSTRAINT sealing_key_public_key_check CHECK ((length(public_key) = 44))
);

CREATE TABLE public.secret_contract (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    purpose text NOT NULL,
    kind text NOT NULL,
    delivery text NOT NULL,
    username text,
    version integer DEFAULT 1 NOT NULL,
    digest text NOT NULL,
    status text,
    status_detail text,
    probed_at timestamp with time zone,
    probed_as text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    backend text,
    CONSTRAINT secret_contract_backend_check CHECK ((backend = ANY (ARRAY['env'::text, 'file'::text, 'vault'::text]))),
    CONSTRAINT secret_contract_delivery_check CHECK ((delivery = ANY (ARRAY['endpoint_auth'::text, 'environment'::text, 'file'::text]))),
    CONSTRAINT secret_contract_kind_check CHECK ((kind = ANY (ARRAY['token'::text, 'password'::text, 'key'::text, 'certificate'::text]))),
    CONSTRAINT secret_contract_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT secret_contract_status_check CHECK ((status = ANY (ARRAY['resolvable'::text, 'missing'::text, 'denied'::text, 'expired'::text, 'unreachable'::text])))
);

CREATE TABLE public.signing_key (
    key_id text NOT NULL,
    algorithm text NOT NULL,
    public_key_pem text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.work (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    title text NOT NULL,
    interaction_policy text NOT NULL,
    endpoint_id uuid NOT NULL,
    runtime_asset_id uuid NOT NULL,
    specification jsonb NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    principal_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT work_interaction_policy_check CHECK ((interaction_policy = ANY (ARRAY['browser_first'::text, 'any'::text]))),
    CONSTRAINT work_state_check CHECK ((state = ANY (ARRAY['open'::text, 'retired'::text]))),
    CONSTRAINT work_title_check CHECK (((length(title) >= 1) AND (length(title) <= 200)))
);

ALTER TABLE ONLY ledger.approval_consumption
    ADD CONSTRAINT approval_consumed_once UNIQUE (org_id, proposal_id);

ALTER TABLE ONLY ledger.approval_consumption
    ADD CONSTRAINT approval_consumption_pkey PRIMARY KEY (id);

ALTER TABLE ONLY ledger.command
    ADD CONSTRAINT command_consumption_key UNIQUE (approval_consumption_id);

ALTER TABLE ONLY ledger.command
    ADD CONSTRAINT command_idempotency_key UNIQUE (idempotency_key);

ALTER TABLE ONLY ledger.command
    ADD CONSTRAINT command_pkey PRIMARY KEY (id);

ALTER TABLE ONLY ledger.merkle_node
    ADD CONSTRAINT merkle_node_pkey PRIMARY KEY (org_id, level, index);

ALTER TABLE ONLY ledger.merkle_tree
    ADD CONSTRAINT merkle_tree_pkey PRIMARY KEY (org_id);

ALTER TABLE ONLY ledger.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (version);

ALTER TABLE ONLY ledger.mover
    ADD CONSTRAINT mover_pkey PRIMARY KEY (entity, to_state, role);

ALTER TABLE ONLY ledger.sealed_value
    ADD CONSTRAINT sealed_value_command_id_key UNIQUE (command_id);

ALTER TABLE ONLY ledger.sealed_value
    ADD CONSTRAINT sealed_value_pkey PRIMARY KEY (org_id, secret_contract_id);

ALTER TABLE ONLY ledger.secret_reference
    ADD CONSTRAINT secret_reference_pkey PRIMARY KEY (org_id, secret_contract_id);

ALTER TABLE ONLY ledger.stream
    ADD CONSTRAINT stream_pkey PRIMARY KEY (org_id);

ALTER TABLE ONLY ledger.transition
    ADD CONSTRAINT transition_pkey PRIMARY KEY (entity, from_state, to_state);

ALTER TABLE ONLY public.artifact
    ADD CONSTRAINT artifact_name_key UNIQUE (org_id, harness_id, name);

ALTER TABLE ONLY public.artifact
    ADD CONSTRAINT artifact_pkey PRIMARY KEY (org_id, id);

ALTER TABLE ONLY public.endpoint_kind
    ADD CONSTRAINT endpoint_kind_pkey PRIMARY KEY (kind);

ALTER TABLE ONLY public.endpoint
    ADD CONSTRAINT endpoint_name_key UNIQUE (org_id, name);

ALTER TABLE ONLY public.endpoint
    ADD CONSTRAINT endpoint_pkey PRIMARY KEY (org_id, id);

ALTER TABLE ONLY public.endpoint_readiness
    ADD CONSTRAINT endpoint_readiness_pkey PRIMARY KEY (org_id, endpoint_id);

ALTER TABLE ONLY public.execution
    ADD CONSTRAINT execution_command_key UNIQUE (command_id);

ALTER TABLE ONLY public.execution
    ADD CONSTRAINT execution_pkey PRIMARY KEY (org_id, id);

ALTER TABLE ONLY public.harness
    ADD CONSTRAINT harness_pkey PRIMARY KEY (org_id, id);

ALTER TABLE ONLY public.harness_projection
    ADD CONSTRAINT harness_projection_pkey PRIMARY KEY (org_id, harness_id);

ALTER TABLE ONLY public.kept_sandbox
    ADD CONSTRAINT kept_sandbox_harness_key UNIQUE (org_id, harness_id);

ALTER TABLE ONLY public.kept_sandbox
    ADD CONSTRAINT kept_sandbox_pkey PRIMARY KEY (org_id, sandbox_name);

ALTER TABLE ONLY public.kept_sandbox
    ADD CONSTRAINT kept_sandbox_taken_key UNIQUE (org_id, taken_by);

ALTER TABLE ONLY public.launch_diagnostic
    ADD CONSTRAINT launch_diagnostic_name_key UNIQUE (org_id, harness_id, runtime_name);

ALTER TABLE ONLY public.launch_diagnostic
    ADD CONSTRAINT launch_diagnostic_pkey PRIMARY KEY (org_id, id);

ALTER TABLE ONLY public.lineage_edge
    ADD CONSTRAINT lineage_edge_pkey PRIMARY KEY (org_id, from_kind, from_id, relation, to_kind, to_id);

ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_pkey PRIMARY KEY (org_id, principal_id);

ALTER TABLE ONLY public.observation
    ADD CONSTRAINT observation_pkey PRIMARY KEY (org_id, id);

ALTER TABLE ONLY public.observation
    ADD CONSTRAINT observation_subject_key UNIQUE (org_id, harness_id, kind, subject);

ALTER TABLE ONLY public.onboarding_check
    ADD CONSTRAINT onboarding_check_pkey PRIMARY KEY (org_id, id);

ALTER TABLE ONLY public.onboarding_check
    ADD CONSTRAINT onboarding_check_subject_key UNIQUE (org_id, subject_kind, subject_id);

ALTER TABLE ONLY public.organization
    ADD CONSTRAINT organization_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.organization
    ADD CONSTRAINT organization_slug_key UNIQUE (slug);

ALTER TABLE ONLY public.portal_live_events
    ADD CONSTRAINT portal_live_events_cause_key UNIQUE (org_id, cause);

ALTER TABLE ONLY public.portal_live_events
    ADD CONSTRAINT portal_live_events_pkey PRIMARY KEY (org_id, "position");

ALTER TABLE ONLY public.principal
    ADD CONSTRAINT principal_email_key UNIQUE (email);

ALTER TABLE ONLY public.principal
    ADD CONSTRAINT principal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.proof_checkpoint
    ADD CONSTRAINT proof_checkpoint_pkey PRIMARY KEY (org_id, tree_size);

ALTER TABLE ONLY public.proof
    ADD CONSTRAINT proof_execution_key UNIQUE (org_id, execution_id);

ALTER TABLE ONLY public.proof
    ADD CONSTRAINT proof_leaf_key UNIQUE (org_id, leaf_index);

ALTER TABLE ONLY public.proof
    ADD CONSTRAINT proof_pkey PRIMARY KEY (org_id, id);

ALTER TABLE ONLY public.proposal_decision
    ADD CONSTRAINT proposal_decision_once UNIQUE (org_id, proposal_id, principal_id);

ALTER TABLE ONLY public.proposal_decision
    ADD CONSTRAINT proposal_decision_pkey PRIMARY KEY (org_id, id);

ALTER TABLE ONLY public.proposal
    ADD CONSTRAINT proposal_harness_key UNIQUE (org_id, harness_id);

ALTER TABLE ONLY public.proposal
    ADD CONSTRAINT proposal_pkey PRIMARY KEY (org_id, id);

ALTER TABLE ONLY public.recovery_case
    ADD CONSTRAINT recovery_case_pkey PRIMARY KEY (org_id, id);

ALTER TABLE ONLY public.recovery_case
    ADD CONSTRAINT recovery_case_round_key UNIQUE (command_id, round);

ALTER TABLE ONLY public.runtime_asset
    ADD CONSTRAINT runtime_asset_name_key UNIQUE (org_id, name);

ALTER TABLE ONLY public.runtime_asset
    ADD CONSTRAINT runtime_asset_pkey PRIMARY KEY (org_id, id);

ALTER TABLE ONLY public.sealing_key
    ADD CONSTRAINT sealing_key_pkey PRIMARY KEY (key_id);

ALTER TABLE ONLY public.secret_contract
    ADD CONSTRAINT secret_contract_name_key UNIQUE (org_id, name);

ALTER TABLE ONLY public.secret_contract
    ADD CONSTRAINT secret_contract_pkey PRIMARY KEY (org_id, id);

ALTER TABLE ONLY public.signing_key
    ADD CONSTRAINT signing_key_pkey PRIMARY KEY (key_id);

ALTER TABLE ONLY public.work
    ADD CONSTRAINT work_pkey PRIMARY KEY (org_id, id);

CREATE INDEX command_harness_idx ON ledger.command USING btree (org_id, harness_id);

CREATE INDEX command_unclaimed_idx ON ledger.command USING btree (dispatched_at) WHERE (state = 'dispatched'::text);

CREATE INDEX command_waiting_idx ON ledger.command USING btree (arrival) WHERE (state = ANY (ARRAY['queued'::text, 'leased'::text]));

CREATE INDEX endpoint_secret_contract_idx ON public.endpoint USING btree (org_id, secret_contract_id);

CREATE INDEX execution_proposal_idx ON public.execution USING btree (org_id, proposal_id);

CREATE INDEX harness_command_idx ON public.harness USING btree (command_id);

CREATE INDEX harness_projection_position_idx ON public.harness_projection USING btree (org_id, last_position);

CREATE INDEX harness_projection_recent_idx ON public.harness_projection USING btree (org_id, updated_at DESC);

CREATE INDEX harness_work_idx ON public.harness USING btree (org_id, work_id);

CREATE INDEX kept_sandbox_work_idx ON public.kept_sandbox USING btree (org_id, work_id, kept_at);

CREATE INDEX lineage_edge_to_idx ON public.lineage_edge USING btree (org_id, to_kind, to_id);

CREATE INDEX membership_principal_idx ON public.membership USING btree (principal_id, created_at);

CREATE INDEX portal_live_events_harness_idx ON public.portal_live_events USING btree (org_id, harness_id, "position");

CREATE INDEX proof_checkpoint_key_idx ON public.proof_checkpoint USING btree (org_id, key_id, tree_size);

CREATE UNIQUE INDEX recovery_case_open_key ON public.recovery_case USING btree (org_id, harness_id) WHERE (state = 'open'::text);

CREATE INDEX recovery_case_recent_idx ON public.recovery_case USING btree (org_id, created_at DESC);

CREATE INDEX runtime_asset_endpoint_idx ON public.runtime_asset USING btree (org_id, endpoint_id);

CREATE INDEX work_endpoint_idx ON public.work USING btree (org_id, endpoint_id);

CREATE INDEX work_runtime_asset_idx ON public.work USING btree (org_id, runtime_asset_id);

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON ledger.merkle_node FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();

CREATE TRIGGER approval_consumption_append_only BEFORE DELETE OR UPDATE ON ledger.approval_consumption FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();

CREATE TRIGGER approval_consumption_checked BEFORE INSERT ON ledger.approval_consumption FOR EACH ROW EXECUTE FUNCTION ledger.check_consumption();

CREATE TRIGGER command_announced AFTER INSERT ON ledger.command FOR EACH ROW WHEN ((new.state = 'queued'::text)) EXECUTE FUNCTION ledger.announce_command();

CREATE TRIGGER command_approval_checked BEFORE INSERT ON ledger.command FOR EACH ROW WHEN ((new.approval_consumption_id IS NOT NULL)) EXECUTE FUNCTION ledger.check_command_approval();

CREATE TRIGGER command_begins BEFORE INSERT ON ledger.command FOR EACH ROW WHEN ((new.state <> ALL (ARRAY['recorded'::text, 'queued'::text]))) EXECUTE FUNCTION ledger.refuse_later_state();

CREATE TRIGGER command_end_erases_sealed_value AFTER UPDATE OF state ON ledger.command FOR EACH ROW WHEN (((new.kind = 'secrets.send'::text) AND (new.state = ANY (ARRAY['done'::text, 'failed'::text])))) EXECUTE FUNCTION ledger.erase_sealed_value();

CREATE TRIGGER command_mover BEFORE UPDATE OF state ON ledger.command FOR EACH ROW EXECUTE FUNCTION ledger.check_mover('command');

CREATE TRIGGER command_transition BEFORE UPDATE OF state ON ledger.command FOR EACH ROW EXECUTE FUNCTION ledger.check_transition('command');

CREATE TRIGGER merkle_tree_begins BEFORE INSERT ON ledger.merkle_tree FOR EACH ROW WHEN ((new.size <> 0)) EXECUTE FUNCTION ledger.check_growth();

CREATE TRIGGER merkle_tree_grows BEFORE UPDATE ON ledger.merkle_tree FOR EACH ROW WHEN ((new.size <> (old.size + 1))) EXECUTE FUNCTION ledger.check_growth();

CREATE TRIGGER secret_reference_tells_backend AFTER INSERT OR UPDATE OF reference ON ledger.secret_reference FOR EACH ROW EXECUTE FUNCTION ledger.tell_backend();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.lineage_edge FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.proof FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.proof_checkpoint FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.signing_key FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();

CREATE TRIGGER artifact_append_only BEFORE DELETE OR UPDATE ON public.artifact FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();

CREATE TRIGGER endpoint_transition BEFORE UPDATE OF state ON public.endpoint FOR EACH ROW EXECUTE FUNCTION ledger.check_transition('endpoint');

CREATE TRIGGER execution_checked BEFORE INSERT ON public.execution FOR EACH ROW EXECUTE FUNCTION ledger.check_execution();

CREATE TRIGGER execution_transition BEFORE UPDATE OF state ON public.execution FOR EACH ROW EXECUTE FUNCTION ledger.check_transition('execution');

CREATE TRIGGER harness_end_abandons_recovery AFTER UPDATE OF state ON public.harness FOR EACH ROW WHEN (((old.state = 'awaiting_recovery'::text) AND (new.state = ANY (ARRAY['succeeded'::text, 'failed'::text, 'cancelled'::text])))) EXECUTE FUNCTION ledger.abandon_recovery_cases();

CREATE TRIGGER harness_mover BEFORE UPDATE OF state ON public.harness FOR EACH ROW EXECUTE FUNCTION ledger.check_mover('harness');

CREATE TRIGGER harness_transition BEFORE UPDATE OF state ON public.harness FOR EACH ROW EXECUTE FUNCTION ledger.check_transition('harness');

CREATE TRIGGER organization_transition BEFORE UPDATE OF state ON public.organization FOR EACH ROW EXECUTE FUNCTION ledger.check_transition('organization');

CREATE TRIGGER portal_live_events_append_only BEFORE DELETE OR UPDATE ON public.portal_live_events FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();

CREATE TRIGGER proposal_approved_by_consumption BEFORE UPDATE OF state ON public.proposal FOR EACH ROW WHEN (((new.state = 'approved'::text) AND (old.state <> 'approved'::text))) EXECUTE FUNCTION ledger.check_proposal_approved();

CREATE TRIGGER proposal_decision_append_only BEFORE UPDATE ON public.proposal_decision FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();

CREATE TRIGGER proposal_decision_checked BEFORE INSERT ON public.proposal_decision FOR EACH ROW EXECUTE FUNCTION ledger.check_decision();

CREATE TRIGGER proposal_mover BEFORE UPDATE OF state ON public.proposal FOR EACH ROW EXECUTE FUNCTION ledger.check_mover('proposal');

CREATE TRIGGER proposal_transition BEFORE UPDATE OF state ON public.proposal FOR EACH ROW EXECUTE FUNCTION ledger.check_transition('proposal');

CREATE TRIGGER recovery_case_ends_once BEFORE UPDATE ON public.recovery_case FOR EACH ROW WHEN ((old.state <> 'open'::text)) EXECUTE FUNCTION ledger.refuse_change();

CREATE TRIGGER recovery_case_mover BEFORE UPDATE OF state ON public.recovery_case FOR EACH ROW EXECUTE FUNCTION ledger.check_mover('recovery_case');

CREATE TRIGGER recovery_case_transition BEFORE UPDATE OF state ON public.recovery_case FOR EACH ROW EXECUTE FUNCTION ledger.check_transition('recovery_case');

CREATE TRIGGER runtime_asset_transition BEFORE UPDATE OF state ON public.runtime_asset FOR EACH ROW EXECUTE FUNCTION ledger.check_transition('runtime_asset');

CREATE TRIGGER work_transition BEFORE UPDATE OF state ON public.work FOR EACH ROW EXECUTE FUNCTION ledger.check_transition('work');

ALTER TABLE ONLY ledger.command
    ADD CONSTRAINT command_consumption_fkey FOREIGN KEY (approval_consumption_id) REFERENCES ledger.approval_consumption(id);

ALTER TABLE ONLY ledger.sealed_value
    ADD CONSTRAINT sealed_value_command_id_fkey FOREIGN KEY (command_id) REFERENCES ledger.command(id);

ALTER TABLE ONLY ledger.sealed_value
    ADD CONSTRAINT sealed_value_key_fkey FOREIGN KEY (key_id) REFERENCES public.sealing_key(key_id);

ALTER TABLE ONLY ledger.sealed_value
    ADD CONSTRAINT sealed_value_org_id_secret_contract_id_fkey FOREIGN KEY (org_id, secret_contract_id) REFERENCES public.secret_contract(org_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY ledger.secret_reference
    ADD CONSTRAINT secret_reference_org_id_secret_contract_id_fkey FOREIGN KEY (org_id, secret_contract_id) REFERENCES public.secret_contract(org_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY ledger.stream
    ADD CONSTRAINT stream_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.organization(id);

ALTER TABLE ONLY public.endpoint
    ADD CONSTRAINT endpoint_kind_fkey FOREIGN KEY (kind) REFERENCES public.endpoint_kind(kind);

ALTER TABLE ONLY public.endpoint
    ADD CONSTRAINT endpoint_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.organization(id);

ALTER TABLE ONLY public.endpoint_readiness
    ADD CONSTRAINT endpoint_readiness_org_id_endpoint_id_fkey FOREIGN KEY (org_id, endpoint_id) REFERENCES public.endpoint(org_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.endpoint
    ADD CONSTRAINT endpoint_secret_contract_fkey FOREIGN KEY (org_id, secret_contract_id) REFERENCES public.secret_contract(org_id, id);

ALTER TABLE ONLY public.execution
    ADD CONSTRAINT execution_command_id_fkey FOREIGN KEY (command_id) REFERENCES ledger.command(id);

ALTER TABLE ONLY public.execution
    ADD CONSTRAINT execution_proposal_fkey FOREIGN KEY (org_id, proposal_id) REFERENCES public.proposal(org_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.harness
    ADD CONSTRAINT harness_command_fkey FOREIGN KEY (command_id) REFERENCES ledger.command(id);

ALTER TABLE ONLY public.harness
    ADD CONSTRAINT harness_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.organization(id);

ALTER TABLE ONLY public.harness
    ADD CONSTRAINT harness_work_fkey FOREIGN KEY (org_id, work_id) REFERENCES public.work(org_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.kept_sandbox
    ADD CONSTRAINT kept_sandbox_harness_fkey FOREIGN KEY (org_id, harness_id) REFERENCES public.harness(org_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.kept_sandbox
    ADD CONSTRAINT kept_sandbox_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.organization(id);

ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.organization(id);

ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_principal_id_fkey FOREIGN KEY (principal_id) REFERENCES public.principal(id);

ALTER TABLE ONLY public.onboarding_check
    ADD CONSTRAINT onboarding_check_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.organization(id);

ALTER TABLE ONLY public.proposal_decision
    ADD CONSTRAINT proposal_decision_principal_id_fkey FOREIGN KEY (principal_id) REFERENCES public.principal(id);

ALTER TABLE ONLY public.proposal_decision
    ADD CONSTRAINT proposal_decision_proposal_fkey FOREIGN KEY (org_id, proposal_id) REFERENCES public.proposal(org_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.proposal
    ADD CONSTRAINT proposal_harness_fkey FOREIGN KEY (org_id, harness_id) REFERENCES public.harness(org_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.proposal
    ADD CONSTRAINT proposal_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.organization(id);

ALTER TABLE ONLY public.proposal
    ADD CONSTRAINT proposal_principal_id_fkey FOREIGN KEY (principal_id) REFERENCES public.principal(id);

ALTER TABLE ONLY public.recovery_case
    ADD CONSTRAINT recovery_case_command_fkey FOREIGN KEY (command_id) REFERENCES ledger.command(id);

ALTER TABLE ONLY public.recovery_case
    ADD CONSTRAINT recovery_case_org_id_harness_id_fkey FOREIGN KEY (org_id, harness_id) REFERENCES public.harness(org_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.recovery_case
    ADD CONSTRAINT recovery_case_principal_id_fkey FOREIGN KEY (principal_id) REFERENCES public.principal(id);

ALTER TABLE ONLY public.runtime_asset
    ADD CONSTRAINT runtime_asset_endpoint_fkey FOREIGN KEY (org_id, endpoint_id) REFERENCES public.endpoint(org_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.runtime_asset
    ADD CONSTRAINT runtime_asset_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.organization(id);

ALTER TABLE ONLY public.secret_contract
    ADD CONSTRAINT secret_contract_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.organization(id);

ALTER TABLE ONLY public.work
    ADD CONSTRAINT work_endpoint_fkey FOREIGN KEY (org_id, endpoint_id) REFERENCES public.endpoint(org_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.work
    ADD CONSTRAINT work_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.organization(id);

ALTER TABLE ONLY public.work
    ADD CONSTRAINT work_principal_id_fkey FOREIGN KEY (principal_id) REFERENCES public.principal(id);

ALTER TABLE ONLY public.work
    ADD CONSTRAINT work_runtime_asset_fkey FOREIGN KEY (org_id, runtime_asset_id) REFERENCES public.runtime_asset(org_id, id) ON DELETE CASCADE;

ALTER TABLE public.harness_projection ENABLE ROW LEVEL SECURITY;

CREATE POLICY harness_projection_for_services ON public.harness_projection FOR SELECT TO fo_api, fo_worker, fo_runtime, fo_hasura USING (true);

CREATE POLICY harness_projection_of_own_organization ON public.harness_projection FOR SELECT TO authenticated USING ((org_id = (((NULLIF(current_setting('request.jwt.claims'::text, true), ''::text))::jsonb ->> 'org_id'::text))::uuid));

GRANT USAGE ON SCHEMA ledger TO fo_api;
GRANT USAGE ON SCHEMA ledger TO fo_dispatcher;
GRANT USAGE ON SCHEMA ledger TO fo_worker;
GRANT USAGE ON SCHEMA ledger TO fo_runtime;

GRANT USAGE ON SCHEMA public TO fo_api;
GRANT USAGE ON SCHEMA public TO fo_dispatcher;
GRANT USAGE ON SCHEMA public TO fo_worker;
GRANT USAGE ON SCHEMA public TO fo_runtime;
GRANT USAGE ON SCHEMA public TO fo_hasura;
GRANT USAGE ON SCHEMA public TO authenticated;

REVOKE ALL ON FUNCTION ledger.access_token_hook(event jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION ledger.append_event(p_org_id uuid, p_harness_id uuid, p_type text, p_subject text, p_data jsonb, p_cause text, p_occurred_at timestamp with time zone, p_traceparent text, p_projection jsonb, p_last_position bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION ledger.append_event(p_org_id uuid, p_harness_id uuid, p_type text, p_subject text, p_data jsonb, p_cause text, p_occurred_at timestamp with time zone, p_traceparent text, p_projection jsonb, p_last_position bigint) TO fo_api;
GRANT ALL ON FUNCTION ledger.append_event(p_org_id uuid, p_harness_id uuid, p_type text, p_subject text, p_data jsonb, p_cause text, p_occurred_at timestamp with time zone, p_traceparent text, p_projection jsonb, p_last_position bigint) TO fo_worker;
GRANT ALL ON FUNCTION ledger.append_event(p_org_id uuid, p_harness_id uuid, p_type text, p_subject text, p_data jsonb, p_cause text, p_occurred_at timestamp with time zone, p_traceparent text, p_projection jsonb, p_last_position bigint) TO fo_runtime;

REVOKE ALL ON FUNCTION ledger.erase_sealed_value() FROM PUBLIC;

REVOKE ALL ON FUNCTION ledger.read_stream(p_org_id uuid, p_harness_id uuid, p_cause text) FROM PUBLIC;
GRANT ALL ON FUNCTION ledger.read_stream(p_org_id uuid, p_harness_id uuid, p_cause text) TO fo_api;
GRANT ALL ON FUNCTION ledger.read_stream(p_org_id uuid, p_harness_id uuid, p_cause text) TO fo_worker;
GRANT ALL ON FUNCTION ledger.read_stream(p_org_id uuid, p_harness_id uuid, p_cause text) TO fo_runtime;

REVOKE ALL ON FUNCTION ledger.repair_projection(p_org_id uuid, p_harness_id uuid, p_execution_id uuid, p_last_position bigint, p_projection jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION ledger.repair_projection(p_org_id uuid, p_harness_id uuid, p_execution_id uuid, p_last_position bigint, p_projection jsonb) TO fo_worker;

REVOKE ALL ON FUNCTION ledger.tell_backend() FROM PUBLIC;

GRANT SELECT ON TABLE public.portal_live_events TO fo_api;
GRANT SELECT ON TABLE public.portal_live_events TO fo_worker;
GRANT SELECT ON TABLE public.portal_live_events TO fo_runtime;
GRANT SELECT ON TABLE public.portal_live_events TO fo_hasura;

REVOKE ALL ON FUNCTION public.live_event_beginning(event public.portal_live_events) FROM PUBLIC;
GRANT ALL ON FUNCTION public.live_event_beginning(event public.portal_live_events) TO fo_hasura;

REVOKE ALL ON FUNCTION public.live_event_size_bytes(event public.portal_live_events) FROM PUBLIC;
GRANT ALL ON FUNCTION public.live_event_size_bytes(event public.portal_live_events) TO fo_hasura;

GRANT SELECT ON TABLE ledger.approval_consumption TO fo_api;
GRANT SELECT ON TABLE ledger.approval_consumption TO fo_worker;
GRANT SELECT ON TABLE ledger.approval_consumption TO fo_runtime;

GRANT INSERT(id) ON TABLE ledger.approval_consumption TO fo_api;

GRANT INSERT(org_id) ON TABLE ledger.approval_consumption TO fo_api;

GRANT INSERT(proposal_id) ON TABLE ledger.approval_consumption TO fo_api;

GRANT INSERT(digest) ON TABLE ledger.approval_consumption TO fo_api;

GRANT SELECT ON TABLE ledger.command TO fo_api;
GRANT SELECT ON TABLE ledger.command TO fo_dispatcher;
GRANT SELECT ON TABLE ledger.command TO fo_worker;
GRANT SELECT ON TABLE ledger.command TO fo_runtime;

GRANT INSERT(id) ON TABLE ledger.command TO fo_api;

GRANT INSERT(org_id) ON TABLE ledger.command TO fo_api;

GRANT INSERT(kind) ON TABLE ledger.command TO fo_api;

GRANT INSERT(idempotency_key) ON TABLE ledger.command TO fo_api;

GRANT INSERT(input_digest) ON TABLE ledger.command TO fo_api;

GRANT INSERT(principal_id) ON TABLE ledger.command TO fo_api;

GRANT INSERT(harness_id) ON TABLE ledger.command TO fo_api;

GRANT INSERT(workflow) ON TABLE ledger.command TO fo_api;

GRANT INSERT(payload) ON TABLE ledger.command TO fo_api;

GRANT INSERT(approval_consumption_id) ON TABLE ledger.command TO fo_api;

GRANT INSERT(state) ON TABLE ledger.command TO fo_api;
GRANT UPDATE(state) ON TABLE ledger.command TO fo_dispatcher;
GRANT UPDATE(state) ON TABLE ledger.command TO fo_worker;

GRANT INSERT(answer),UPDATE(answer) ON TABLE ledger.command TO fo_api;

GRANT UPDATE(leased_by) ON TABLE ledger.command TO fo_dispatcher;

GRANT UPDATE(lease_until) ON TABLE ledger.command TO fo_dispatcher;

GRANT UPDATE(attempts) ON TABLE ledger.command TO fo_dispatcher;

GRANT UPDATE(run_id) ON TABLE ledger.command TO fo_worker;

GRANT UPDATE(error) ON TABLE ledger.command TO fo_worker;

GRANT INSERT(traceparent) ON TABLE ledger.command TO fo_api;

GRANT UPDATE(dispatched_at) ON TABLE ledger.command TO fo_dispatcher;

GRANT UPDATE(started_at) ON TABLE ledger.command TO fo_worker;

GRANT UPDATE(finished_at) ON TABLE ledger.command TO fo_worker;

GRANT SELECT,INSERT ON TABLE ledger.merkle_node TO fo_runtime;
GRANT SELECT ON TABLE ledger.merkle_node TO fo_api;

GRANT SELECT,INSERT ON TABLE ledger.merkle_tree TO fo_runtime;
GRANT SELECT ON TABLE ledger.merkle_tree TO fo_api;

GRANT UPDATE(size) ON TABLE ledger.merkle_tree TO fo_runtime;

GRANT SELECT ON TABLE ledger.mover TO fo_api;
GRANT SELECT ON TABLE ledger.mover TO fo_dispatcher;
GRANT SELECT ON TABLE ledger.mover TO fo_worker;

GRANT INSERT ON TABLE ledger.sealed_value TO fo_api;
GRANT SELECT ON TABLE ledger.sealed_value TO fo_runtime;

GRANT SELECT(org_id) ON TABLE ledger.sealed_value TO fo_api;

GRANT SELECT(secret_contract_id) ON TABLE ledger.sealed_value TO fo_api;

GRANT UPDATE(command_id) ON TABLE ledger.sealed_value TO fo_api;

GRANT UPDATE(version) ON TABLE ledger.sealed_value TO fo_api;

GRANT UPDATE(key_id) ON TABLE ledger.sealed_value TO fo_api;

GRANT UPDATE(sealed) ON TABLE ledger.sealed_value TO fo_api;

GRANT INSERT ON TABLE ledger.secret_reference TO fo_api;
GRANT SELECT ON TABLE ledger.secret_reference TO fo_runtime;

GRANT SELECT(org_id) ON TABLE ledger.secret_reference TO fo_api;

GRANT SELECT(secret_contract_id) ON TABLE ledger.secret_reference TO fo_api;

GRANT UPDATE(reference) ON TABLE ledger.secret_reference TO fo_api;

GRANT SELECT,INSERT ON TABLE ledger.stream TO fo_api;

GRANT SELECT,INSERT ON TABLE public.artifact TO fo_worker;
GRANT SELECT,INSERT ON TABLE public.artifact TO fo_runtime;
GRANT SELECT ON TABLE public.artifact TO fo_api;
GRANT SELECT ON TABLE public.artifact TO fo_hasura;

GRANT SELECT,INSERT ON TABLE public.endpoint TO fo_api;
GRANT SELECT ON TABLE public.endpoint TO fo_worker;
GRANT SELECT ON TABLE public.endpoint TO fo_runtime;
GRANT SELECT ON TABLE public.endpoint TO fo_hasura;

GRANT UPDATE(public_url) ON TABLE public.endpoint TO fo_api;

GRANT UPDATE(executor_url) ON TABLE public.endpoint TO fo_api;

GRANT UPDATE(auth_kind) ON TABLE public.endpoint TO fo_api;

GRANT UPDATE(auth_parameter) ON TABLE public.endpoint TO fo_api;

GRANT UPDATE(secret_contract_id) ON TABLE public.endpoint TO fo_api;

GRANT UPDATE(readiness) ON TABLE public.endpoint TO fo_api;

GRANT UPDATE(state) ON TABLE public.endpoint TO fo_api;

GRANT UPDATE(version) ON TABLE public.endpoint TO fo_api;

GRANT UPDATE(digest) ON TABLE public.endpoint TO fo_api;

GRANT UPDATE(updated_at) ON TABLE public.endpoint TO fo_api;

GRANT SELECT ON TABLE public.endpoint_kind TO fo_api;
GRANT SELECT ON TABLE public.endpoint_kind TO fo_worker;
GRANT SELECT ON TABLE public.endpoint_kind TO fo_runtime;
GRANT SELECT ON TABLE public.endpoint_kind TO fo_hasura;

GRANT SELECT,INSERT,UPDATE ON TABLE public.endpoint_readiness TO fo_worker;
GRANT SELECT ON TABLE public.endpoint_readiness TO fo_runtime;
GRANT SELECT ON TABLE public.endpoint_readiness TO fo_hasura;
GRANT SELECT ON TABLE public.endpoint_readiness TO fo_api;

GRANT SELECT ON TABLE public.execution TO fo_worker;
GRANT SELECT ON TABLE public.execution TO fo_api;
GRANT SELECT ON TABLE public.execution TO fo_runtime;
GRANT SELECT ON TABLE public.execution TO fo_hasura;

GRANT INSERT(org_id) ON TABLE public.execution TO fo_worker;

GRANT INSERT(id) ON TABLE public.execution TO fo_worker;

GRANT INSERT(command_id) ON TABLE public.execution TO fo_worker;

GRANT INSERT(proposal_id) ON TABLE public.execution TO fo_worker;

GRANT INSERT(harness_id) ON TABLE public.execution TO fo_worker;

GRANT INSERT(digest) ON TABLE public.execution TO fo_worker;

GRANT UPDATE(state) ON TABLE public.execution TO fo_worker;

GRANT UPDATE(reason_code) ON TABLE public.execution TO fo_worker;

GRANT UPDATE(reason) ON TABLE public.execution TO fo_worker;

GRANT UPDATE(base_commit) ON TABLE public.execution TO fo_worker;

GRANT UPDATE(commit_id) ON TABLE public.execution TO fo_worker;

GRANT UPDATE(finished_at) ON TABLE public.execution TO fo_worker;

GRANT SELECT ON TABLE public.harness TO fo_api;
GRANT SELECT ON TABLE public.harness TO fo_worker;
GRANT SELECT ON TABLE public.harness TO fo_runtime;
GRANT SELECT ON TABLE public.harness TO fo_hasura;

GRANT INSERT(org_id) ON TABLE public.harness TO fo_api;

GRANT INSERT(id) ON TABLE public.harness TO fo_api;

GRANT INSERT(purpose) ON TABLE public.harness TO fo_api;

GRANT INSERT(title) ON TABLE public.harness TO fo_api;

GRANT INSERT(work_id) ON TABLE public.harness TO fo_api;

GRANT INSERT(principal_id) ON TABLE public.harness TO fo_api;

GRANT INSERT(command_id) ON TABLE public.harness TO fo_api;

GRANT INSERT(continuity) ON TABLE public.harness TO fo_api;

GRANT INSERT(continuity_receipt) ON TABLE public.harness TO fo_api;
GRANT UPDATE(continuity_receipt) ON TABLE public.harness TO fo_runtime;

GRANT UPDATE(state) ON TABLE public.harness TO fo_api;
GRANT UPDATE(state) ON TABLE public.harness TO fo_worker;

GRANT UPDATE(finished_at) ON TABLE public.harness TO fo_api;
GRANT UPDATE(finished_at) ON TABLE public.harness TO fo_worker;

GRANT SELECT ON TABLE public.harness_projection TO fo_api;
GRANT SELECT ON TABLE public.harness_projection TO fo_worker;
GRANT SELECT ON TABLE public.harness_projection TO fo_runtime;
GRANT SELECT ON TABLE public.harness_projection TO fo_hasura;
GRANT SELECT ON TABLE public.harness_projection TO authenticated;

GRANT SELECT ON TABLE public.kept_sandbox TO fo_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.kept_sandbox TO fo_runtime;
GRANT SELECT ON TABLE public.kept_sandbox TO fo_hasura;

GRANT UPDATE(taken_by) ON TABLE public.kept_sandbox TO fo_api;

GRANT SELECT,INSERT ON TABLE public.launch_diagnostic TO fo_worker;
GRANT SELECT,INSERT ON TABLE public.launch_diagnostic TO fo_runtime;
GRANT SELECT ON TABLE public.launch_diagnostic TO fo_hasura;

GRANT SELECT,INSERT ON TABLE public.lineage_edge TO fo_api;
GRANT SELECT,INSERT ON TABLE public.lineage_edge TO fo_worker;
GRANT SELECT,INSERT ON TABLE public.lineage_edge TO fo_runtime;
GRANT SELECT ON TABLE public.lineage_edge TO fo_hasura;

GRANT SELECT,INSERT,DELETE ON TABLE public.membership TO fo_api;
GRANT SELECT ON TABLE public.membership TO fo_worker;
GRANT SELECT ON TABLE public.membership TO fo_runtime;
GRANT SELECT ON TABLE public.membership TO fo_hasura;

GRANT UPDATE(role) ON TABLE public.membership TO fo_api;

GRANT SELECT,INSERT ON TABLE public.observation TO fo_worker;
GRANT SELECT,INSERT ON TABLE public.observation TO fo_runtime;
GRANT SELECT ON TABLE public.observation TO fo_hasura;

GRANT SELECT,INSERT ON TABLE public.onboarding_check TO fo_api;
GRANT SELECT ON TABLE public.onboarding_check TO fo_worker;
GRANT SELECT ON TABLE public.onboarding_check TO fo_runtime;
GRANT SELECT ON TABLE public.onboarding_check TO fo_hasura;

GRANT UPDATE(state) ON TABLE public.onboarding_check TO fo_api;
GRANT UPDATE(state) ON TABLE public.onboarding_check TO fo_worker;

GRANT UPDATE(detail) ON TABLE public.onboarding_check TO fo_api;
GRANT UPDATE(detail) ON TABLE public.onboarding_check TO fo_worker;

GRANT UPDATE(remedy) ON TABLE public.onboarding_check TO fo_api;
GRANT UPDATE(remedy) ON TABLE public.onboarding_check TO fo_worker;

GRANT UPDATE(checked_at) ON TABLE public.onboarding_check TO fo_api;
GRANT UPDATE(checked_at) ON TABLE public.onboarding_check TO fo_worker;

GRANT UPDATE(harness_id) ON TABLE public.onboarding_check TO fo_api;

GRANT SELECT ON TABLE public.organization TO fo_api;
GRANT SELECT ON TABLE public.organization TO fo_worker;
GRANT SELECT ON TABLE public.organization TO fo_runtime;
GRANT SELECT ON TABLE public.organization TO fo_hasura;

GRANT INSERT(id) ON TABLE public.organization TO fo_api;

GRANT INSERT(slug) ON TABLE public.organization TO fo_api;

GRANT INSERT(name),UPDATE(name) ON TABLE public.organization TO fo_api;

GRANT UPDATE(state) ON TABLE public.organization TO fo_worker;

GRANT INSERT(approvals_required) ON TABLE public.organization TO fo_api;

GRANT INSERT(approval_ttl_hours) ON TABLE public.organization TO fo_api;

GRANT SELECT,INSERT ON TABLE public.principal TO fo_api;
GRANT SELECT ON TABLE public.principal TO fo_worker;
GRANT SELECT ON TABLE public.principal TO fo_runtime;
GRANT SELECT ON TABLE public.principal TO fo_hasura;

GRANT SELECT,INSERT ON TABLE public.proof TO fo_runtime;
GRANT SELECT ON TABLE public.proof TO fo_api;
GRANT SELECT ON TABLE public.proof TO fo_hasura;
GRANT SELECT ON TABLE public.proof TO fo_worker;

GRANT SELECT,INSERT ON TABLE public.proof_checkpoint TO fo_runtime;
GRANT SELECT ON TABLE public.proof_checkpoint TO fo_api;
GRANT SELECT ON TABLE public.proof_checkpoint TO fo_hasura;

GRANT SELECT ON TABLE public.proposal TO fo_api;
GRANT SELECT ON TABLE public.proposal TO fo_runtime;
GRANT SELECT ON TABLE public.proposal TO fo_hasura;
GRANT SELECT ON TABLE public.proposal TO fo_worker;

GRANT INSERT(org_id) ON TABLE public.proposal TO fo_worker;

GRANT INSERT(id) ON TABLE public.proposal TO fo_worker;

GRANT INSERT(kind) ON TABLE public.proposal TO fo_worker;

GRANT INSERT(title) ON TABLE public.proposal TO fo_worker;

GRANT INSERT(harness_id) ON TABLE public.proposal TO fo_worker;

GRANT INSERT(work_id) ON TABLE public.proposal TO fo_worker;

GRANT INSERT(endpoint_id) ON TABLE public.proposal TO fo_worker;

GRANT INSERT(runtime_asset_id) ON TABLE public.proposal TO fo_worker;

GRANT INSERT(payload) ON TABLE public.proposal TO fo_worker;

GRANT INSERT(bound) ON TABLE public.proposal TO fo_worker;

GRANT INSERT(digest) ON TABLE public.proposal TO fo_worker;

GRANT UPDATE(state) ON TABLE public.proposal TO fo_api;
GRANT UPDATE(state) ON TABLE public.proposal TO fo_worker;

GRANT INSERT(principal_id) ON TABLE public.proposal TO fo_worker;

GRANT INSERT(expires_at) ON TABLE public.proposal TO fo_worker;

GRANT SELECT,INSERT ON TABLE public.proposal_decision TO fo_api;
GRANT SELECT ON TABLE public.proposal_decision TO fo_worker;
GRANT SELECT ON TABLE public.proposal_decision TO fo_runtime;
GRANT SELECT ON TABLE public.proposal_decision TO fo_hasura;

GRANT SELECT ON TABLE public.recovery_case TO fo_hasura;
GRANT SELECT ON TABLE public.recovery_case TO fo_worker;
GRANT SELECT ON TABLE public.recovery_case TO fo_api;

GRANT INSERT(org_id) ON TABLE public.recovery_case TO fo_worker;

GRANT INSERT(id) ON TABLE public.recovery_case TO fo_worker;

GRANT INSERT(harness_id) ON TABLE public.recovery_case TO fo_worker;

GRANT INSERT(kind) ON TABLE public.recovery_case TO fo_worker;

GRANT INSERT(seen) ON TABLE public.recovery_case TO fo_worker;

GRANT INSERT(wanted) ON TABLE public.recovery_case TO fo_worker;

GRANT UPDATE(state) ON TABLE public.recovery_case TO fo_worker;
GRANT UPDATE(state) ON TABLE public.recovery_case TO fo_api;

GRANT UPDATE(resolved_at) ON TABLE public.recovery_case TO fo_worker;
GRANT UPDATE(resolved_at) ON TABLE public.recovery_case TO fo_api;

GRANT INSERT(command_id) ON TABLE public.recovery_case TO fo_worker;

GRANT INSERT(round) ON TABLE public.recovery_case TO fo_worker;

GRANT INSERT(expires_at) ON TABLE public.recovery_case TO fo_worker;

GRANT UPDATE(answer) ON TABLE public.recovery_case TO fo_api;

GRANT UPDATE(principal_id) ON TABLE public.recovery_case TO fo_api;

GRANT SELECT,INSERT ON TABLE public.runtime_asset TO fo_api;
GRANT SELECT ON TABLE public.runtime_asset TO fo_worker;
GRANT SELECT ON TABLE public.runtime_asset TO fo_runtime;
GRANT SELECT ON TABLE public.runtime_asset TO fo_hasura;

GRANT UPDATE(capabilities) ON TABLE public.runtime_asset TO fo_api;

GRANT UPDATE(limits) ON TABLE public.runtime_asset TO fo_api;

GRANT UPDATE(state) ON TABLE public.runtime_asset TO fo_api;

GRANT UPDATE(version) ON TABLE public.runtime_asset TO fo_api;

GRANT UPDATE(digest) ON TABLE public.runtime_asset TO fo_api;

GRANT UPDATE(updated_at) ON TABLE public.runtime_asset TO fo_api;

GRANT SELECT ON TABLE public.sealing_key TO fo_runtime;
GRANT SELECT ON TABLE public.sealing_key TO fo_hasura;

GRANT INSERT(key_id) ON TABLE public.sealing_key TO fo_runtime;

GRANT INSERT(public_key) ON TABLE public.sealing_key TO fo_runtime;

GRANT UPDATE(announced_at) ON TABLE public.sealing_key TO fo_runtime;

GRANT SELECT,INSERT ON TABLE public.secret_contract TO fo_api;
GRANT SELECT ON TABLE public.secret_contract TO fo_worker;
GRANT SELECT ON TABLE public.secret_contract TO fo_runtime;
GRANT SELECT ON TABLE public.secret_contract TO fo_hasura;

GRANT UPDATE(purpose) ON TABLE public.secret_contract TO fo_api;

GRANT UPDATE(kind) ON TABLE public.secret_contract TO fo_api;

GRANT UPDATE(delivery) ON TABLE public.secret_contract TO fo_api;

GRANT UPDATE(username) ON TABLE public.secret_contract TO fo_api;

GRANT UPDATE(version) ON TABLE public.secret_contract TO fo_api;

GRANT UPDATE(digest) ON TABLE public.secret_contract TO fo_api;

GRANT UPDATE(status) ON TABLE public.secret_contract TO fo_api;
GRANT UPDATE(status) ON TABLE public.secret_contract TO fo_worker;

GRANT UPDATE(status_detail) ON TABLE public.secret_contract TO fo_api;
GRANT UPDATE(status_detail) ON TABLE public.secret_contract TO fo_worker;

GRANT UPDATE(probed_at) ON TABLE public.secret_contract TO fo_api;
GRANT UPDATE(probed_at) ON TABLE public.secret_contract TO fo_worker;

GRANT UPDATE(probed_as) ON TABLE public.secret_contract TO fo_api;
GRANT UPDATE(probed_as) ON TABLE public.secret_contract TO fo_worker;

GRANT SELECT,INSERT ON TABLE public.signing_key TO fo_runtime;
GRANT SELECT ON TABLE public.signing_key TO fo_api;
GRANT SELECT ON TABLE public.signing_key TO fo_hasura;

GRANT SELECT ON TABLE public.work TO fo_api;
GRANT SELECT ON TABLE public.work TO fo_worker;
GRANT SELECT ON TABLE public.work TO fo_runtime;
GRANT SELECT ON TABLE public.work TO fo_hasura;

GRANT INSERT(org_id) ON TABLE public.work TO fo_api;

GRANT INSERT(id) ON TABLE public.work TO fo_api;

GRANT INSERT(title) ON TABLE public.work TO fo_api;

GRANT INSERT(interaction_policy) ON TABLE public.work TO fo_api;

GRANT INSERT(endpoint_id) ON TABLE public.work TO fo_api;

GRANT INSERT(runtime_asset_id) ON TABLE public.work TO fo_api;

GRANT INSERT(specification) ON TABLE public.work TO fo_api;

GRANT UPDATE(state) ON TABLE public.work TO fo_api;

GRANT INSERT(principal_id) ON TABLE public.work TO fo_api;
