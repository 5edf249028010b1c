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
