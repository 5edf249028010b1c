-- Owners send values of secrets sealed for the execution runtime: with which key, what was sent, and until when it is kept.
SET lock_timeout = '4s';

-- All that is told of where a value lives: whether it can be sent at all depends on it.
ALTER TABLE public.secret_contract ADD COLUMN backend text CHECK (backend IN ('env', 'file', 'vault'));
CREATE FUNCTION ledger.tell_backend() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger, public AS $$
BEGIN
    UPDATE public.secret_contract c SET backend = substring(NEW.reference FROM '^secret://([a-z]+)/')
        WHERE c.org_id = NEW.org_id AND c.id = NEW.secret_contract_id;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION ledger.tell_backend FROM PUBLIC;
CREATE TRIGGER secret_reference_tells_backend AFTER INSERT OR UPDATE OF reference ON ledger.secret_reference
    FOR EACH ROW EXECUTE FUNCTION ledger.tell_backend();
UPDATE public.secret_contract c SET backend = substring(r.reference FROM '^secret://([a-z]+)/')
    FROM ledger.secret_reference r WHERE r.org_id = c.org_id AND r.secret_contract_id = c.id;

-- The public halves alone. The one that was announced last is the one to seal with.
CREATE TABLE public.sealing_key (
    key_id text PRIMARY KEY CHECK (key_id ~ '^[0-9a-f]{32}$'),
    public_key text NOT NULL CHECK (length(public_key) = 44),
    created_at timestamptz NOT NULL DEFAULT now(),
    announced_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE ledger.sealed_value (
    org_id uuid NOT NULL,
    secret_contract_id uuid NOT NULL,
    command_id uuid NOT NULL UNIQUE REFERENCES ledger.command (id),
    version int NOT NULL,
    key_id text NOT NULL CONSTRAINT sealed_value_key_fkey REFERENCES public.sealing_key (key_id),
    sealed bytea NOT NULL CHECK (octet_length(sealed) BETWEEN 49 AND 65584),
    PRIMARY KEY (org_id, secret_contract_id),
    FOREIGN KEY (org_id, secret_contract_id) REFERENCES public.secret_contract (org_id, id) ON DELETE CASCADE
);

CREATE FUNCTION ledger.erase_sealed_value() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, ledger AS $$
-- However its command ended, and whoever ended it.
BEGIN
    DELETE FROM ledger.sealed_value s WHERE s.command_id = NEW.id;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION ledger.erase_sealed_value FROM PUBLIC;
CREATE TRIGGER command_end_erases_sealed_value AFTER UPDATE OF state ON ledger.command
    FOR EACH ROW WHEN (NEW.kind = 'secrets.send' AND NEW.state IN ('done', 'failed'))
    EXECUTE FUNCTION ledger.erase_sealed_value();

-- The API writes what was sent and never reads it back; the two columns find the row to replace.
GRANT INSERT, UPDATE (command_id, version, key_id, sealed), SELECT (org_id, secret_contract_id)
    ON ledger.sealed_value TO fo_api;
GRANT SELECT ON ledger.sealed_value TO fo_runtime;
GRANT SELECT, INSERT (key_id, public_key), UPDATE (announced_at) ON public.sealing_key TO fo_runtime;
GRANT SELECT ON public.sealing_key TO fo_hasura;
