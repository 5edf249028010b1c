-- What someone wants done, the governed runs of it, and what the runs saw and kept.
SET lock_timeout = '4s';

CREATE TABLE public.work (
    org_id uuid NOT NULL REFERENCES public.organization (id),
    id uuid NOT NULL,
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    interaction_policy text NOT NULL CHECK (interaction_policy IN ('browser_first', 'any')),
    endpoint_id uuid NOT NULL,
    runtime_asset_id uuid NOT NULL,
    specification jsonb NOT NULL,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'retired')),
    principal_id uuid NOT NULL REFERENCES public.principal (id),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    CONSTRAINT work_endpoint_fkey FOREIGN KEY (org_id, endpoint_id) REFERENCES public.endpoint (org_id, id) ON DELETE CASCADE,
    CONSTRAINT work_runtime_asset_fkey
        FOREIGN KEY (org_id, runtime_asset_id) REFERENCES public.runtime_asset (org_id, id) ON DELETE CASCADE
);
CREATE INDEX work_endpoint_idx ON public.work (org_id, endpoint_id);
CREATE INDEX work_runtime_asset_idx ON public.work (org_id, runtime_asset_id);
CREATE TRIGGER work_transition BEFORE UPDATE OF state ON public.work
    FOR EACH ROW EXECUTE FUNCTION ledger.check_transition('work');

CREATE TABLE public.harness (
    org_id uuid NOT NULL REFERENCES public.organization (id),
    id uuid NOT NULL,
    purpose text NOT NULL CHECK (purpose IN ('onboard', 'work', 'apply', 'probe', 'repair')),
    title text NOT NULL,
    work_id uuid,
    principal_id uuid,
    command_id uuid NOT NULL,
    continuity text NOT NULL CHECK (continuity IN ('fresh', 'resume')),
    continuity_receipt jsonb NOT NULL DEFAULT '{}',
    state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'launching', 'running', 'awaiting_recovery', 'proposing',
        'awaiting_decision', 'applying', 'proving', 'succeeded', 'failed', 'cancelled')),
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    PRIMARY KEY (org_id, id),
    CONSTRAINT harness_work_fkey FOREIGN KEY (org_id, work_id) REFERENCES public.work (org_id, id) ON DELETE CASCADE,
    CONSTRAINT harness_command_fkey FOREIGN KEY (command_id) REFERENCES ledger.command (id)
);
CREATE INDEX harness_work_idx ON public.harness (org_id, work_id);
CREATE INDEX harness_command_idx ON public.harness (command_id);
CREATE TRIGGER harness_transition BEFORE UPDATE OF state ON public.harness
    FOR EACH ROW EXECUTE FUNCTION ledger.check_transition('harness');

-- How a launch came about; for operators and owners only, never a mode of continuity.
CREATE TABLE public.launch_diagnostic (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    harness_id uuid NOT NULL,
    runtime_kind text NOT NULL,
    runtime_name text NOT NULL,
    origin text NOT NULL,
    duration_ms int NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    CONSTRAINT launch_diagnostic_name_key UNIQUE (org_id, harness_id, runtime_name)
);

CREATE TABLE public.observation (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    harness_id uuid NOT NULL,
    kind text NOT NULL,
    subject text NOT NULL,
    digest text,
    detail jsonb NOT NULL DEFAULT '{}',
    observed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    CONSTRAINT observation_subject_key UNIQUE (org_id, harness_id, kind, subject)
);

-- Bytes that a harness kept. `digest` is over the bytes; `body` holds them as text or as base64.
CREATE TABLE public.artifact (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    harness_id uuid NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    digest text NOT NULL,
    size_bytes bigint NOT NULL,
    encoding text NOT NULL CHECK (encoding IN ('utf-8', 'base64')),
    body text NOT NULL,
    truncated boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    CONSTRAINT artifact_name_key UNIQUE (org_id, harness_id, name)
);
CREATE TRIGGER artifact_append_only BEFORE UPDATE OR DELETE ON public.artifact
    FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();

CREATE TABLE public.recovery_case (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    harness_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN
        ('auth_wall', 'runtime_lost', 'endpoint_unready', 'secret_unresolvable', 'conflict', 'timeout')),
    seen jsonb NOT NULL,
    wanted jsonb NOT NULL,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'resolved', 'abandoned')),
    created_at timestamptz NOT NULL DEFAULT now(),
    resolved_at timestamptz,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, harness_id) REFERENCES public.harness (org_id, id) ON DELETE CASCADE
);

-- What is new begins at the beginning: the state of a new row is not for the writer to choose.
GRANT SELECT, INSERT (org_id, id, title, interaction_policy, endpoint_id, runtime_asset_id, specification, principal_id)
    ON public.work TO fo_api;
GRANT SELECT, INSERT (org_id, id, purpose, title, work_id, principal_id, command_id, continuity, continuity_receipt)
    ON public.harness TO fo_api;
GRANT UPDATE (state) ON public.work TO fo_api;
GRANT UPDATE (state, finished_at) ON public.harness TO fo_api, fo_worker;
GRANT SELECT ON public.work, public.harness TO fo_worker, fo_runtime;
GRANT SELECT, INSERT ON public.launch_diagnostic, public.observation, public.artifact TO fo_worker, fo_runtime;
GRANT SELECT ON public.artifact TO fo_api;
GRANT SELECT ON public.work, public.harness, public.launch_diagnostic, public.observation, public.artifact,
    public.recovery_case TO fo_hasura;
