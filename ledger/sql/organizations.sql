-- name: membership_role(org_id, principal_id)$
SELECT role FROM public.membership WHERE org_id = :org_id AND principal_id = :principal_id;

-- name: insert_organization(org_id, slug, name, approvals_required, approval_ttl_hours)!
INSERT INTO public.organization (id, slug, name, approvals_required, approval_ttl_hours)
VALUES (:org_id, :slug, :name, :approvals_required, :approval_ttl_hours);

-- name: insert_stream(org_id)!
INSERT INTO ledger.stream (org_id) VALUES (:org_id);

-- name: principal_by_email(id, kind, name, email)^
-- The principal with this email, made if there is none; the same row for two organizations that name the same person.
-- No row if somebody else made it while this statement waited for them: it is there for the next statement.
WITH made AS (
    INSERT INTO public.principal (id, kind, name, email) VALUES (:id, :kind, :name, :email)
    ON CONFLICT (email) DO NOTHING RETURNING id, name
)
SELECT id, name FROM made UNION ALL SELECT id, name FROM public.principal WHERE email = :email LIMIT 1;

-- name: insert_membership(org_id, principal_id, role)!
INSERT INTO public.membership (org_id, principal_id, role) VALUES (:org_id, :principal_id, :role);

-- name: add_membership(org_id, principal_id, role)$
-- The principal, unless it was a member already.
INSERT INTO public.membership (org_id, principal_id, role) VALUES (:org_id, :principal_id, :role)
ON CONFLICT (org_id, principal_id) DO NOTHING RETURNING principal_id;

-- name: lock_organization(org_id)$
-- Whoever changes its members waits for the others, so that no two of them take away the last two owners at once.
SELECT slug FROM public.organization WHERE id = :org_id FOR UPDATE;

-- name: member(org_id, principal_id)^
SELECT p.name, m.role, (SELECT count(*) FROM public.membership o WHERE o.org_id = :org_id AND o.role = 'owner') AS owners
FROM public.membership m JOIN public.principal p ON p.id = m.principal_id
WHERE m.org_id = :org_id AND m.principal_id = :principal_id;

-- name: change_membership(role, org_id, principal_id)!
UPDATE public.membership SET role = :role WHERE org_id = :org_id AND principal_id = :principal_id;

-- name: remove_membership(org_id, principal_id)!
DELETE FROM public.membership WHERE org_id = :org_id AND principal_id = :principal_id;

-- name: organization(org_id)^
SELECT id, slug, name, state, approvals_required, approval_ttl_hours, policy_version
FROM public.organization WHERE id = :org_id;

-- name: set_state(state, org_id)!
UPDATE public.organization SET state = :state WHERE id = :org_id;

-- name: insert_check(org_id, id, harness_id, subject_kind, subject_id, subject_name)!
INSERT INTO public.onboarding_check (org_id, id, harness_id, subject_kind, subject_id, subject_name)
VALUES (:org_id, :id, :harness_id, :subject_kind, :subject_id, :subject_name);

-- name: reset_checks(harness_id, org_id)$
-- How many checks there are of what is in use, all of them pending and this harness's.
WITH in_use AS (
    UPDATE public.onboarding_check c
    SET state = 'pending', detail = NULL, remedy = NULL, checked_at = NULL, harness_id = :harness_id
    WHERE c.org_id = :org_id
        AND NOT EXISTS (SELECT FROM public.endpoint e
            WHERE e.org_id = c.org_id AND e.id = c.subject_id AND e.state = 'retired')
        AND NOT EXISTS (SELECT FROM public.runtime_asset a
            WHERE a.org_id = c.org_id AND a.id = c.subject_id AND a.state = 'retired')
    RETURNING c.id
)
SELECT count(*) FROM in_use;

-- name: reset_check(harness_id, org_id, subject_id)!
UPDATE public.onboarding_check
SET state = 'pending', detail = NULL, remedy = NULL, checked_at = NULL, harness_id = :harness_id
WHERE org_id = :org_id AND subject_id = :subject_id;

-- name: checks(org_id, harness_id)
-- What this harness was asked to check; before checks had a harness, one harness checked all.
SELECT id, subject_kind, subject_id, subject_name, state, detail, remedy FROM public.onboarding_check
WHERE org_id = :org_id AND (harness_id = :harness_id OR harness_id IS NULL) ORDER BY subject_kind DESC, subject_name;

-- name: record_check(state, detail, remedy, org_id, id, harness_id)$
-- The check's id, unless a later harness was asked to run it anew: what an earlier one saw does not count any more.
UPDATE public.onboarding_check SET state = :state, detail = :detail, remedy = :remedy, checked_at = now()
WHERE org_id = :org_id AND id = :id AND (harness_id = :harness_id OR harness_id IS NULL)
RETURNING id;

-- name: not_passed(org_id)
-- Which checks have not passed, of what is in use.
SELECT c.id, c.state FROM public.onboarding_check c
WHERE c.org_id = :org_id AND c.state <> 'passed'
    AND NOT EXISTS (SELECT FROM public.endpoint e
        WHERE e.org_id = c.org_id AND e.id = c.subject_id AND e.state = 'retired')
    AND NOT EXISTS (SELECT FROM public.runtime_asset a
        WHERE a.org_id = c.org_id AND a.id = c.subject_id AND a.state = 'retired');
