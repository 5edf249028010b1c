-- name: insert_secret_contract(org_id, id, name, purpose, kind, delivery, username, digest)!
INSERT INTO public.secret_contract (org_id, id, name, purpose, kind, delivery, username, digest)
VALUES (:org_id, :id, :name, :purpose, :kind, :delivery, :username, :digest);

-- name: insert_reference(org_id, id, reference)!
INSERT INTO ledger.secret_reference (org_id, secret_contract_id, reference) VALUES (:org_id, :id, :reference);

-- name: set_reference(reference, org_id, id)!
UPDATE ledger.secret_reference SET reference = :reference WHERE org_id = :org_id AND secret_contract_id = :id;

-- name: id_by_name(org_id, name)$
SELECT id FROM public.secret_contract WHERE org_id = :org_id AND name = :name;

-- name: name_of(org_id, id)$
SELECT name FROM public.secret_contract WHERE org_id = :org_id AND id = :id FOR UPDATE;

-- name: revise_secret_contract(purpose, kind, delivery, username, digest, org_id, id)$
UPDATE public.secret_contract SET purpose = :purpose, kind = :kind, delivery = :delivery, username = :username,
    digest = :digest, version = version + 1, status = NULL, status_detail = NULL, probed_at = NULL, probed_as = NULL
WHERE org_id = :org_id AND id = :id
RETURNING version;

-- name: reference(org_id, id)$
SELECT reference FROM ledger.secret_reference WHERE org_id = :org_id AND secret_contract_id = :id;

-- name: record_probe(status, detail, probed_as, org_id, id)!
UPDATE public.secret_contract SET status = :status, status_detail = :detail, probed_at = now(), probed_as = :probed_as
WHERE org_id = :org_id AND id = :id;

-- name: held(org_id, id)^
-- Held, so that nobody revises it while a value is sent for it.
SELECT name, version, backend FROM public.secret_contract WHERE org_id = :org_id AND id = :id FOR UPDATE;

-- name: keep_sealed(org_id, id, command_id, version, key_id, sealed)!
-- The newest value that was sent takes the place of one that still waits.
INSERT INTO ledger.sealed_value (org_id, secret_contract_id, command_id, version, key_id, sealed)
VALUES (:org_id, :id, :command_id, :version, :key_id, :sealed)
ON CONFLICT (org_id, secret_contract_id) DO UPDATE
SET command_id = :command_id, version = :version, key_id = :key_id, sealed = :sealed;

-- name: one_at_a_time(org_id, id)!
-- Until the transaction ends nobody else puts a value for this contract, so that an older one never follows a newer.
SELECT pg_advisory_xact_lock(hashtextextended(:org_id::uuid::text || :id::uuid::text, 0));

-- name: sealed(org_id, id, command_id)^
SELECT s.key_id, s.sealed, s.version AS sealed_version, c.version, c.digest
FROM ledger.sealed_value s
JOIN public.secret_contract c ON c.org_id = s.org_id AND c.id = s.secret_contract_id
WHERE s.org_id = :org_id AND s.secret_contract_id = :id AND s.command_id = :command_id;

-- name: announce_sealing_key(key_id, public_key)!
INSERT INTO public.sealing_key (key_id, public_key) VALUES (:key_id, :public_key)
ON CONFLICT (key_id) DO UPDATE SET announced_at = now();
