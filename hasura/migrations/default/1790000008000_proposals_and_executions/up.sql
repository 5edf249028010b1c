-- A typed change before any effect, the decisions on it, and the one way from an approval to an effect.
SET lock_timeout = '4s';

CREATE TABLE public.proposal (
    org_id uuid NOT NULL REFERENCES public.organization (id),
    id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('git_change', 'endpoint_call', 'browser_procedure')),
    title text NOT NULL,
    harness_id uuid NOT NULL,
    work_id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    runtime_asset_id uuid NOT NULL,
    payload jsonb NOT NULL,
    -- What the digest binds beside the payload, as it was when the proposal was made.
    bound jsonb NOT NULL,
    digest text NOT NULL CHECK (digest ~ '^sha256:[0-9a-f]{64}$'),
    state text NOT NULL DEFAULT 'submitted' CHECK (state IN
        ('submitted', 'approved', 'rejected', 'withdrawn', 'applied', 'failed')),
    principal_id uuid NOT NULL REFERENCES public.principal (id),
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (org_id, id),
    CONSTRAINT proposal_harness_key UNIQUE (org_id, harness_id),
    CONSTRAINT proposal_harness_fkey FOREIGN KEY (org_id, harness_id) REFERENCES public.harness (org_id, id) ON DELETE CASCADE
);
CREATE TRIGGER proposal_transition BEFORE UPDATE OF state ON public.proposal
    FOR EACH ROW EXECUTE FUNCTION ledger.check_transition('proposal');

CREATE TABLE public.proposal_decision (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    proposal_id uuid NOT NULL,
    principal_id uuid NOT NULL REFERENCES public.principal (id),
    verdict text NOT NULL CHECK (verdict IN ('approve', 'reject')),
    digest text NOT NULL,
    reason text,
    decided_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    CONSTRAINT proposal_decision_once UNIQUE (org_id, proposal_id, principal_id),
    CONSTRAINT proposal_decision_proposal_fkey
        FOREIGN KEY (org_id, proposal_id) REFERENCES public.proposal (org_id, id) ON DELETE CASCADE
);
CREATE TRIGGER proposal_decision_append_only BEFORE UPDATE ON public.proposal_decision
    FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();

CREATE FUNCTION ledger.check_decision() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
-- A decision is on exactly the digest that stands, by someone else than the proposer who holds the power to decide.
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
CREATE TRIGGER proposal_decision_checked BEFORE INSERT ON public.proposal_decision
    FOR EACH ROW EXECUTE FUNCTION ledger.check_decision();

-- An approval is consumed once, by one command, in one transaction.
CREATE TABLE ledger.approval_consumption (
    id uuid PRIMARY KEY,
    org_id uuid NOT NULL,
    proposal_id uuid NOT NULL,
    digest text NOT NULL,
    transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
    consumed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT approval_consumed_once UNIQUE (org_id, proposal_id)
);
CREATE TRIGGER approval_consumption_append_only BEFORE UPDATE OR DELETE ON ledger.approval_consumption
    FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();

CREATE FUNCTION ledger.check_consumption() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
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
CREATE TRIGGER approval_consumption_checked BEFORE INSERT ON ledger.approval_consumption
    FOR EACH ROW EXECUTE FUNCTION ledger.check_consumption();

ALTER TABLE ledger.command
    ADD CONSTRAINT command_consumption_fkey
        FOREIGN KEY (approval_consumption_id) REFERENCES ledger.approval_consumption (id),
    ADD CONSTRAINT command_consumption_key UNIQUE (approval_consumption_id);

CREATE FUNCTION ledger.check_command_approval() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
-- The command stands in the transaction that consumes the approval, and names the same proposal and digest.
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
CREATE TRIGGER command_approval_checked BEFORE INSERT ON ledger.command
    FOR EACH ROW WHEN (NEW.approval_consumption_id IS NOT NULL) EXECUTE FUNCTION ledger.check_command_approval();

CREATE TABLE public.execution (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    command_id uuid NOT NULL CONSTRAINT execution_command_key UNIQUE REFERENCES ledger.command (id),
    proposal_id uuid NOT NULL,
    harness_id uuid NOT NULL,
    digest text NOT NULL,
    state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'succeeded', 'failed')),
    reason_code text,
    reason text,
    base_commit text,
    commit_id text,
    started_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    PRIMARY KEY (org_id, id),
    CONSTRAINT execution_proposal_fkey FOREIGN KEY (org_id, proposal_id) REFERENCES public.proposal (org_id, id) ON DELETE CASCADE
);
CREATE INDEX execution_proposal_idx ON public.execution (org_id, proposal_id);
CREATE TRIGGER execution_transition BEFORE UPDATE OF state ON public.execution
    FOR EACH ROW EXECUTE FUNCTION ledger.check_transition('execution');

CREATE FUNCTION ledger.check_execution() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
-- An execution carries out a running command that consumed the approval of exactly this digest.
BEGIN
    PERFORM FROM ledger.command c JOIN ledger.approval_consumption a ON a.id = c.approval_consumption_id
        WHERE c.id = NEW.command_id AND c.state = 'running' AND c.org_id = NEW.org_id
            AND a.proposal_id = NEW.proposal_id AND a.digest = NEW.digest;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'an execution needs a running command that consumed the approval'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'execution_needs_command';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER execution_checked BEFORE INSERT ON public.execution
    FOR EACH ROW EXECUTE FUNCTION ledger.check_execution();

GRANT SELECT ON public.proposal TO fo_api, fo_runtime, fo_hasura;
GRANT SELECT, INSERT (org_id, id, kind, title, harness_id, work_id, endpoint_id, runtime_asset_id, payload, bound, digest,
    principal_id, expires_at) ON public.proposal TO fo_worker;
GRANT UPDATE (state) ON public.proposal TO fo_api, fo_worker;
GRANT SELECT, INSERT ON public.proposal_decision TO fo_api;
GRANT SELECT ON public.proposal_decision TO fo_worker, fo_runtime, fo_hasura;
GRANT SELECT, INSERT (id, org_id, proposal_id, digest) ON ledger.approval_consumption TO fo_api;
GRANT SELECT ON ledger.approval_consumption TO fo_worker, fo_runtime;
GRANT SELECT, INSERT (org_id, id, command_id, proposal_id, harness_id, digest) ON public.execution TO fo_worker;
GRANT UPDATE (state, reason_code, reason, base_commit, commit_id, finished_at) ON public.execution TO fo_worker;
GRANT SELECT ON public.execution TO fo_api, fo_runtime, fo_hasura;
