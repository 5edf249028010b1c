-- name: take(harness_id, org_id, work_id)$
UPDATE public.kept_sandbox k SET taken_by = :harness_id
FROM (
    SELECT sandbox_name FROM public.kept_sandbox
    WHERE org_id = :org_id AND work_id = :work_id AND taken_by IS NULL AND until > now()
    ORDER BY kept_at DESC LIMIT 1 FOR UPDATE
) newest
WHERE k.org_id = :org_id AND k.sandbox_name = newest.sandbox_name AND k.taken_by IS NULL
RETURNING k.harness_id;

-- name: is_taken(org_id, work_id)$
SELECT EXISTS (
    SELECT FROM public.kept_sandbox k JOIN public.harness h ON h.org_id = k.org_id AND h.id = k.taken_by
    WHERE k.org_id = :org_id AND k.work_id = :work_id AND h.finished_at IS NULL
);

-- name: release(org_id, harness_id)!
UPDATE public.kept_sandbox SET taken_by = NULL WHERE org_id = :org_id AND taken_by = :harness_id;

-- name: taken_by(org_id, harness_id)^
SELECT sandbox_name, work_id, harness_id, branch, base_commit, runtime_asset_digest
FROM public.kept_sandbox WHERE org_id = :org_id AND taken_by = :harness_id;

-- name: keeps(org_id, harness_id)$
SELECT EXISTS (SELECT FROM public.kept_sandbox WHERE org_id = :org_id AND harness_id = :harness_id);

-- name: keep(org_id, sandbox_name, work_id, harness_id, branch, base_commit, runtime_asset_digest, kept_for_s)!
INSERT INTO public.kept_sandbox (org_id, sandbox_name, work_id, harness_id, branch, base_commit, runtime_asset_digest, until)
VALUES (:org_id, :sandbox_name, :work_id, :harness_id, :branch, :base_commit, :runtime_asset_digest,
    now() + make_interval(secs => :kept_for_s))
ON CONFLICT (org_id, sandbox_name) DO UPDATE SET harness_id = excluded.harness_id, base_commit = excluded.base_commit,
    branch = excluded.branch, runtime_asset_digest = excluded.runtime_asset_digest, kept_at = now(),
    until = excluded.until, taken_by = NULL;

-- name: forget_beyond(org_id, of_organization_max, of_all_max)
-- The oldest that nobody takes up, beyond what an organization may keep and beyond what all may.
DELETE FROM public.kept_sandbox k USING (
    SELECT sandbox_name, taken_by, org_id, row_number() OVER (PARTITION BY org_id ORDER BY kept_at DESC) AS of_organization,
        row_number() OVER (ORDER BY kept_at DESC) AS of_all
    FROM public.kept_sandbox
) old
WHERE k.org_id = old.org_id AND k.sandbox_name = old.sandbox_name AND k.taken_by IS NULL
    AND (old.of_organization > :of_organization_max AND k.org_id = :org_id OR old.of_all > :of_all_max)
RETURNING k.sandbox_name;

-- name: forget(org_id, sandbox_name)!
DELETE FROM public.kept_sandbox WHERE org_id = :org_id AND sandbox_name = :sandbox_name;

-- name: forget_expired()
DELETE FROM public.kept_sandbox k WHERE k.until < now() AND NOT EXISTS (
    SELECT FROM public.harness h WHERE h.org_id = k.org_id AND h.id = k.taken_by AND h.finished_at IS NULL)
RETURNING k.sandbox_name;

-- name: names()
SELECT sandbox_name FROM public.kept_sandbox;
