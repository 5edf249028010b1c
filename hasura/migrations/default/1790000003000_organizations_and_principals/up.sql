-- The tenant, who acts in it, and the position that orders its events.
SET lock_timeout = '4s';

CREATE TABLE public.organization (
    id uuid PRIMARY KEY,
    slug text NOT NULL CONSTRAINT organization_slug_key UNIQUE
        CHECK (slug ~ '^[a-z][a-z0-9-]{1,62}$'),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    state text NOT NULL DEFAULT 'onboarding' CHECK (state IN ('onboarding', 'active')),
    approvals_required int NOT NULL DEFAULT 1 CHECK (approvals_required BETWEEN 1 AND 10),
    approval_ttl_hours int NOT NULL DEFAULT 168 CHECK (approval_ttl_hours BETWEEN 1 AND 8760),
    policy_version int NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER organization_transition BEFORE UPDATE OF state ON public.organization
    FOR EACH ROW EXECUTE FUNCTION ledger.check_transition('organization');

CREATE TABLE public.principal (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('person', 'agent', 'service')),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    email text CONSTRAINT principal_email_key UNIQUE CHECK (email = lower(email)),
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK (kind <> 'person' OR email IS NOT NULL)
);

CREATE TABLE public.membership (
    org_id uuid NOT NULL REFERENCES public.organization (id),
    principal_id uuid NOT NULL REFERENCES public.principal (id),
    role text NOT NULL CHECK (role IN ('viewer', 'operator', 'approver', 'owner', 'agent')),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, principal_id)
);
CREATE INDEX membership_principal_idx ON public.membership (principal_id, created_at);

-- The last position given out. A row of its own, so that taking a position never waits for the organization's row.
CREATE TABLE ledger.stream (
    org_id uuid PRIMARY KEY REFERENCES public.organization (id),
    position bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

-- A new organization is onboarding, whoever records it; only the worker, which saw the checks pass, activates it.
GRANT SELECT, INSERT (id, slug, name, approvals_required, approval_ttl_hours) ON public.organization TO fo_api;
GRANT SELECT, INSERT ON public.principal, public.membership TO fo_api;
-- Holding a row as it is (FOR SHARE) needs the right to update some column of it.
GRANT UPDATE (name) ON public.organization TO fo_api;
GRANT UPDATE (state) ON public.organization TO fo_worker;
GRANT SELECT ON public.organization, public.principal, public.membership TO fo_worker, fo_runtime, fo_hasura;
GRANT SELECT, INSERT ON ledger.stream TO fo_api;
