-- name: membership_role(org_id, principal_id)$
SELECT role FROM public.membership WHERE org_id = :org_id AND principal_id = :principal_id;

-- name: insert_organization(org_id, slug, name, approvals_required, approval_ttl_hours)!
INSERT INTO public.organization (id, slug, name, approvals_required, approval_ttl_hours)
VALUES (:org_id, :slug, :name, :approvals_required, :approval_ttl_hours);

-- name: insert_stream(org_id)!
INSERT INTO ledger.stream (org_id) VALUES (:org_id);

-- name: principal_by_email(id, kind, name, email)^
-- The principal with this email, made if there is none; the same row for two organizations that name the same person.
WITH made AS (
    INSERT INTO public.principal (id, kind, name, email) VALUES (:id, :kind, :name, :email)
    ON CONFLICT (email) DO NOTHING RETURNING id
)
SELECT id FROM made UNION ALL SELECT id FROM public.principal WHERE email = :email LIMIT 1;

-- name: insert_membership(org_id, principal_id, role)!
INSERT INTO public.membership (org_id, principal_id, role) VALUES (:org_id, :principal_id, :role);

-- name: organization(org_id)^
SELECT id, slug, name, state, approvals_required, approval_ttl_hours, policy_version
FROM public.organization WHERE id = :org_id;

-- name: set_state(state, org_id)!
UPDATE public.organization SET state = :state WHERE id = :org_id;

-- name: insert_check(org_id, id, subject_kind, subject_id, subject_name)!
INSERT INTO public.onboarding_check (org_id, id, subject_kind, subject_id, subject_name)
VALUES (:org_id, :id, :subject_kind, :subject_id, :subject_name);

-- name: reset_checks(org_id)!
UPDATE public.onboarding_check SET state = 'pending', detail = NULL, remedy = NULL, checked_at = NULL WHERE org_id = :org_id;

-- name: checks(org_id)
SELECT id, subject_kind, subject_id, subject_name, state, detail, remedy FROM public.onboarding_check
WHERE org_id = :org_id ORDER BY subject_kind DESC, subject_name;

-- name: record_check(state, detail, remedy, org_id, id)!
UPDATE public.onboarding_check SET state = :state, detail = :detail, remedy = :remedy, checked_at = now()
WHERE org_id = :org_id AND id = :id;

-- name: check_count(org_id)$
SELECT count(*) FROM public.onboarding_check WHERE org_id = :org_id;
