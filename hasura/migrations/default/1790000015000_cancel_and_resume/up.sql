-- A harness that failed or was cancelled may leave its sandbox, stopped, for a later harness of the same work.
SET lock_timeout = '4s';

CREATE TABLE public.kept_sandbox (
    org_id uuid NOT NULL REFERENCES public.organization (id),
    sandbox_name text NOT NULL,
    work_id uuid NOT NULL,
    -- Whose state the sandbox holds: the last harness that ended in it.
    harness_id uuid NOT NULL,
    branch text NOT NULL,
    base_commit text NOT NULL,
    runtime_asset_digest text NOT NULL,
    kept_at timestamptz NOT NULL DEFAULT now(),
    until timestamptz NOT NULL,
    -- The harness that takes it up; NULL means that it is free.
    taken_by uuid,
    PRIMARY KEY (org_id, sandbox_name),
    CONSTRAINT kept_sandbox_harness_key UNIQUE (org_id, harness_id),
    CONSTRAINT kept_sandbox_taken_key UNIQUE (org_id, taken_by),
    CONSTRAINT kept_sandbox_harness_fkey
        FOREIGN KEY (org_id, harness_id) REFERENCES public.harness (org_id, id) ON DELETE CASCADE
);
CREATE INDEX kept_sandbox_work_idx ON public.kept_sandbox (org_id, work_id, kept_at);

-- The API says who takes a sandbox up; the execution runtime, which alone reaches sandboxes, keeps and forgets them.
GRANT SELECT, UPDATE (taken_by) ON public.kept_sandbox TO fo_api;
GRANT SELECT, INSERT, DELETE, UPDATE ON public.kept_sandbox TO fo_runtime;
GRANT SELECT ON public.kept_sandbox TO fo_hasura;

-- What survived is known where the sandbox is opened again, and told in that moment.
GRANT UPDATE (continuity_receipt) ON public.harness TO fo_runtime;
