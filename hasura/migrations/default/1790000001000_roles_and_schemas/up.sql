-- Who may touch the database, and the two schemas: `ledger` is never tracked, `public` is what Hasura exposes.
SET lock_timeout = '4s';

DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['fo_api', 'fo_dispatcher', 'fo_worker', 'fo_runtime', 'fo_hasura'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN', role_name);
        END IF;
    END LOOP;
    FOREACH role_name IN ARRAY ARRAY['anon', 'authenticated'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
        END IF;
    END LOOP;
END
$$;

CREATE SCHEMA IF NOT EXISTS ledger;
REVOKE ALL ON SCHEMA ledger FROM PUBLIC;
GRANT USAGE ON SCHEMA ledger TO fo_api, fo_dispatcher, fo_worker, fo_runtime;
GRANT USAGE ON SCHEMA public TO fo_api, fo_dispatcher, fo_worker, fo_runtime, fo_hasura, authenticated;

-- Statements that hang hold locks that others wait for; no statement of ours runs for minutes.
ALTER ROLE fo_api SET statement_timeout = '10s';
ALTER ROLE fo_api SET idle_in_transaction_session_timeout = '10s';
ALTER ROLE fo_dispatcher SET statement_timeout = '10s';
ALTER ROLE fo_worker SET statement_timeout = '30s';
ALTER ROLE fo_runtime SET statement_timeout = '30s';
ALTER ROLE fo_hasura SET statement_timeout = '30s';
