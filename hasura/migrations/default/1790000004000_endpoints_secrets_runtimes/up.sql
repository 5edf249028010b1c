-- The contracts through which work reaches anything outside: endpoints, secrets (never a value), runtime assets.
SET lock_timeout = '4s';

CREATE TABLE public.secret_contract (
    org_id uuid NOT NULL REFERENCES public.organization (id),
    id uuid NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    purpose text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('token', 'password', 'key', 'certificate')),
    delivery text NOT NULL CHECK (delivery IN ('endpoint_auth', 'environment', 'file')),
    username text,
    version int NOT NULL DEFAULT 1,
    digest text NOT NULL,
    status text CHECK (status IN ('resolvable', 'missing', 'denied', 'expired', 'unreachable')),
    status_detail text,
    probed_at timestamptz,
    probed_as text,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    CONSTRAINT secret_contract_name_key UNIQUE (org_id, name)
);

-- Where the value lives. Only the execution runtime reads it; the API may write it.
CREATE TABLE ledger.secret_reference (
    org_id uuid NOT NULL,
    secret_contract_id uuid NOT NULL,
    reference text NOT NULL CHECK (reference LIKE 'secret://%'),
    PRIMARY KEY (org_id, secret_contract_id),
    FOREIGN KEY (org_id, secret_contract_id) REFERENCES public.secret_contract (org_id, id) ON DELETE CASCADE
);

-- The catalogue: adding a system adds a row here, never code. `protocol` says how readiness is observed.
CREATE TABLE public.endpoint_kind (
    kind text PRIMARY KEY CHECK (kind ~ '^[a-z][a-z0-9_]*$'),
    title text NOT NULL,
    protocol text NOT NULL CHECK (protocol IN ('http', 'git')),
    readiness jsonb NOT NULL
);

CREATE TABLE public.endpoint (
    org_id uuid NOT NULL REFERENCES public.organization (id),
    id uuid NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    kind text NOT NULL CONSTRAINT endpoint_kind_fkey REFERENCES public.endpoint_kind (kind),
    public_url text NOT NULL,
    executor_url text,
    auth_kind text NOT NULL CHECK (auth_kind IN
        ('none', 'bearer', 'basic', 'header', 'query', 'oauth2_client_credentials', 'browser_session')),
    auth_parameter text,
    secret_contract_id uuid,
    readiness jsonb NOT NULL,
    state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'retired')),
    version int NOT NULL DEFAULT 1,
    digest text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    CONSTRAINT endpoint_name_key UNIQUE (org_id, name),
    CONSTRAINT endpoint_secret_contract_fkey
        FOREIGN KEY (org_id, secret_contract_id) REFERENCES public.secret_contract (org_id, id)
);
CREATE INDEX endpoint_secret_contract_idx ON public.endpoint (org_id, secret_contract_id);
CREATE TRIGGER endpoint_transition BEFORE UPDATE OF state ON public.endpoint
    FOR EACH ROW EXECUTE FUNCTION ledger.check_transition('endpoint');

CREATE TABLE public.endpoint_readiness (
    org_id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    ready boolean NOT NULL,
    detail text NOT NULL,
    latency_ms int,
    endpoint_digest text NOT NULL,
    observed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, endpoint_id),
    FOREIGN KEY (org_id, endpoint_id) REFERENCES public.endpoint (org_id, id) ON DELETE CASCADE
);

CREATE TABLE public.runtime_asset (
    org_id uuid NOT NULL REFERENCES public.organization (id),
    id uuid NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    kind text NOT NULL CHECK (kind IN ('sandbox', 'browser')),
    capabilities text[] NOT NULL DEFAULT '{}',
    limits jsonb NOT NULL DEFAULT '{}',
    endpoint_id uuid,
    state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'retired')),
    version int NOT NULL DEFAULT 1,
    digest text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    CONSTRAINT runtime_asset_name_key UNIQUE (org_id, name),
    CONSTRAINT runtime_asset_endpoint_fkey
        FOREIGN KEY (org_id, endpoint_id) REFERENCES public.endpoint (org_id, id) ON DELETE CASCADE
);
CREATE INDEX runtime_asset_endpoint_idx ON public.runtime_asset (org_id, endpoint_id);
CREATE TRIGGER runtime_asset_transition BEFORE UPDATE OF state ON public.runtime_asset
    FOR EACH ROW EXECUTE FUNCTION ledger.check_transition('runtime_asset');

CREATE TABLE public.onboarding_check (
    org_id uuid NOT NULL REFERENCES public.organization (id),
    id uuid NOT NULL,
    subject_kind text NOT NULL CHECK (subject_kind IN ('endpoint', 'secret_contract', 'runtime_asset')),
    subject_id uuid NOT NULL,
    subject_name text NOT NULL,
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'passed', 'failed')),
    detail text,
    remedy text,
    checked_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    CONSTRAINT onboarding_check_subject_key UNIQUE (org_id, subject_kind, subject_id)
);

GRANT SELECT ON public.endpoint_kind TO fo_api, fo_worker, fo_runtime, fo_hasura;
GRANT SELECT, INSERT ON public.secret_contract, public.endpoint, public.runtime_asset, public.onboarding_check TO fo_api;
GRANT UPDATE (purpose, kind, delivery, username, version, digest, status, status_detail, probed_at, probed_as)
    ON public.secret_contract TO fo_api;
-- The API writes where a value lives and never reads it back; the two columns find the row to write.
GRANT INSERT, UPDATE (reference), SELECT (org_id, secret_contract_id) ON ledger.secret_reference TO fo_api;
GRANT UPDATE (public_url, executor_url, auth_kind, auth_parameter, secret_contract_id, readiness, state, version, digest,
    updated_at) ON public.endpoint TO fo_api;
GRANT UPDATE (capabilities, limits, state, version, digest, updated_at) ON public.runtime_asset TO fo_api;
GRANT UPDATE (state, detail, remedy, checked_at) ON public.onboarding_check TO fo_api, fo_worker;
GRANT SELECT ON public.secret_contract, public.endpoint, public.runtime_asset, public.onboarding_check,
    public.endpoint_readiness TO fo_worker, fo_runtime, fo_hasura;
GRANT UPDATE (status, status_detail, probed_at, probed_as) ON public.secret_contract TO fo_worker;
GRANT INSERT, UPDATE ON public.endpoint_readiness TO fo_worker;
GRANT SELECT ON public.endpoint_readiness TO fo_api;
GRANT SELECT ON ledger.secret_reference TO fo_runtime;
