-- name: surroundings(org_id, harness_id)^
-- What a harness works on, by the names that people know.
SELECT e.id AS endpoint_id, e.name AS endpoint, s.id AS secret_contract_id, s.name AS secret_contract,
    a.id AS runtime_asset_id, a.name AS runtime_asset, a.limits, w.specification
FROM public.harness h
JOIN public.work w ON w.org_id = h.org_id AND w.id = h.work_id
JOIN public.endpoint e ON e.org_id = w.org_id AND e.id = w.endpoint_id
JOIN public.runtime_asset a ON a.org_id = w.org_id AND a.id = w.runtime_asset_id
LEFT JOIN public.secret_contract s ON s.org_id = e.org_id AND s.id = e.secret_contract_id
WHERE h.org_id = :org_id AND h.id = :harness_id;

-- name: insert_case(org_id, id, harness_id, command_id, round, kind, seen, wanted)!
INSERT INTO public.recovery_case (org_id, id, harness_id, command_id, round, kind, seen, wanted, expires_at)
SELECT :org_id, :id, :harness_id, :command_id, :round, :kind, :seen, :wanted,
    now() + make_interval(hours => o.approval_ttl_hours)
FROM public.organization o WHERE o.id = :org_id
ON CONFLICT (command_id, round) DO NOTHING;

-- name: case_of_round(command_id, round)^
SELECT id, harness_id, command_id, round, kind, seen, wanted, state, answer, expires_at,
    expires_at <= now() AS expired, extract(epoch FROM expires_at - now())::float8 AS expires_in_s
FROM public.recovery_case WHERE command_id = :command_id AND round = :round FOR UPDATE;

-- name: lock_case(org_id, id)^
SELECT id, harness_id, command_id, round, kind, seen, wanted, state, answer, expires_at,
    expires_at <= now() AS expired, extract(epoch FROM expires_at - now())::float8 AS expires_in_s
FROM public.recovery_case WHERE org_id = :org_id AND id = :id FOR UPDATE;

-- name: open_of(org_id, harness_id)^
SELECT id, harness_id, command_id, round, kind, seen, wanted, state, answer, expires_at,
    expires_at <= now() AS expired, extract(epoch FROM expires_at - now())::float8 AS expires_in_s
FROM public.recovery_case WHERE org_id = :org_id AND harness_id = :harness_id AND state = 'open' FOR UPDATE;

-- name: harness_of(org_id, id)$
SELECT harness_id FROM public.recovery_case WHERE org_id = :org_id AND id = :id;

-- name: resolve(answer, principal_id, org_id, id)!
UPDATE public.recovery_case SET state = 'resolved', answer = :answer, principal_id = :principal_id, resolved_at = now()
WHERE org_id = :org_id AND id = :id;

-- name: abandon(org_id, id)!
UPDATE public.recovery_case SET state = 'abandoned', resolved_at = now() WHERE org_id = :org_id AND id = :id;
