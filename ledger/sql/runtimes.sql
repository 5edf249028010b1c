-- name: insert_runtime_asset(org_id, id, name, kind, capabilities, limits, digest)!
INSERT INTO public.runtime_asset (org_id, id, name, kind, capabilities, limits, digest)
VALUES (:org_id, :id, :name, :kind, :capabilities, :limits, :digest);

-- name: runtime_asset(org_id, id)^
SELECT id, name, kind, capabilities, limits, state, digest FROM public.runtime_asset WHERE org_id = :org_id AND id = :id;

-- name: lock_runtime_asset(org_id, id)^
SELECT name, kind FROM public.runtime_asset WHERE org_id = :org_id AND id = :id AND state = 'active' FOR UPDATE;

-- name: revise_runtime_asset(capabilities, limits, digest, org_id, id)$
UPDATE public.runtime_asset SET capabilities = :capabilities, limits = :limits, digest = :digest, version = version + 1,
    updated_at = now()
WHERE org_id = :org_id AND id = :id
RETURNING version;

-- name: retire_runtime_asset(org_id, id)$
UPDATE public.runtime_asset SET state = 'retired', updated_at = now()
WHERE org_id = :org_id AND id = :id AND state = 'active'
RETURNING name;
