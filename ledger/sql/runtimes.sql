-- name: insert_runtime_asset!
INSERT INTO public.runtime_asset (org_id, id, name, kind, capabilities, limits, digest)
VALUES (:org_id, :id, :name, :kind, :capabilities, :limits, :digest);

-- name: runtime_asset^
SELECT id, name, kind, capabilities, limits, state, digest FROM public.runtime_asset WHERE org_id = :org_id AND id = :id;

-- name: lock_runtime_asset^
SELECT name, kind FROM public.runtime_asset WHERE org_id = :org_id AND id = :id AND state = 'active' FOR UPDATE;

-- name: revise_runtime_asset$
UPDATE public.runtime_asset SET capabilities = :capabilities, limits = :limits, digest = :digest, version = version + 1,
    updated_at = now()
WHERE org_id = :org_id AND id = :id
RETURNING version;
