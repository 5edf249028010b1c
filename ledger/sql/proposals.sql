-- name: insert_proposal(org_id, id, kind, title, harness_id, work_id, endpoint_id, runtime_asset_id, payload, bound, digest, principal_id)^
INSERT INTO public.proposal (org_id, id, kind, title, harness_id, work_id, endpoint_id, runtime_asset_id, payload, bound,
    digest, principal_id, expires_at)
SELECT :org_id, :id, :kind, :title, :harness_id, :work_id, :endpoint_id, :runtime_asset_id, :payload, :bound,
    :digest, :principal_id, now() + make_interval(hours => o.approval_ttl_hours)
FROM public.organization o WHERE o.id = :org_id
ON CONFLICT (org_id, harness_id) DO NOTHING
RETURNING id, expires_at;

-- name: lock_proposal(org_id, id)^
-- The proposal as it stands, held against every other decision on it.
SELECT p.id, p.kind, p.title, p.harness_id, p.work_id, p.endpoint_id, p.runtime_asset_id, p.payload, p.bound, p.digest,
    p.state, p.principal_id, p.expires_at, p.expires_at <= now() AS expired
FROM public.proposal p WHERE p.org_id = :org_id AND p.id = :id FOR UPDATE;

-- name: lock_proposal_of_harness(org_id, harness_id)^
SELECT id, state FROM public.proposal WHERE org_id = :org_id AND harness_id = :harness_id FOR UPDATE;

-- name: proposal(org_id, id)^
SELECT p.id, p.kind, p.title, p.harness_id, p.work_id, p.endpoint_id, p.runtime_asset_id, p.payload, p.bound, p.digest,
    p.state, p.principal_id, p.expires_at, p.expires_at <= now() AS expired
FROM public.proposal p WHERE p.org_id = :org_id AND p.id = :id;

-- name: bound_now(runtime_asset_id, org_id, endpoint_id)^
-- What the digest of a proposal on this endpoint and runtime asset binds at this moment; held until the transaction ends.
SELECT e.digest AS endpoint_digest, a.digest AS runtime_asset_digest, o.policy_version,
    e.state AS endpoint_state, a.state AS asset_state,
    (SELECT s.digest FROM public.secret_contract s WHERE s.org_id = e.org_id AND s.id = e.secret_contract_id)
        AS secret_contract_digest
FROM public.endpoint e
JOIN public.runtime_asset a ON a.org_id = e.org_id AND a.id = :runtime_asset_id
JOIN public.organization o ON o.id = e.org_id
WHERE e.org_id = :org_id AND e.id = :endpoint_id
FOR SHARE OF e, a, o;

-- name: bound_seen(runtime_asset_id, org_id, endpoint_id)^
-- The same without holding it, for roles that only read.
SELECT e.digest AS endpoint_digest, a.digest AS runtime_asset_digest, o.policy_version,
    e.state AS endpoint_state, a.state AS asset_state,
    (SELECT s.digest FROM public.secret_contract s WHERE s.org_id = e.org_id AND s.id = e.secret_contract_id)
        AS secret_contract_digest
FROM public.endpoint e
JOIN public.runtime_asset a ON a.org_id = e.org_id AND a.id = :runtime_asset_id
JOIN public.organization o ON o.id = e.org_id
WHERE e.org_id = :org_id AND e.id = :endpoint_id;

-- name: move(state, org_id, id)$
UPDATE public.proposal SET state = :state WHERE org_id = :org_id AND id = :id AND state <> :state RETURNING id;

-- name: insert_decision(org_id, id, proposal_id, principal_id, verdict, digest, reason)!
INSERT INTO public.proposal_decision (org_id, id, proposal_id, principal_id, verdict, digest, reason)
VALUES (:org_id, :id, :proposal_id, :principal_id, :verdict, :digest, :reason);

-- name: approvals(proposal_id, digest, org_id)^
SELECT count(d.*) AS given, o.approvals_required AS required
FROM public.organization o
LEFT JOIN public.proposal_decision d ON d.org_id = o.id AND d.proposal_id = :proposal_id AND d.digest = :digest
    AND d.verdict = 'approve'
WHERE o.id = :org_id GROUP BY o.approvals_required;

-- name: decisions(org_id, proposal_id)
SELECT id, principal_id, verdict, digest, decided_at FROM public.proposal_decision
WHERE org_id = :org_id AND proposal_id = :proposal_id ORDER BY decided_at, id;

-- name: consume(id, org_id, proposal_id, digest)!
INSERT INTO ledger.approval_consumption (id, org_id, proposal_id, digest) VALUES (:id, :org_id, :proposal_id, :digest);

-- name: insert_execution(org_id, id, command_id, proposal_id, harness_id, digest)$
-- The execution's id: a new one, or the one that this command already has.
WITH made AS (
    INSERT INTO public.execution (org_id, id, command_id, proposal_id, harness_id, digest)
    VALUES (:org_id, :id, :command_id, :proposal_id, :harness_id, :digest)
    ON CONFLICT (command_id) DO NOTHING
    RETURNING id
)
SELECT id FROM made UNION ALL SELECT id FROM public.execution WHERE command_id = :command_id LIMIT 1;

-- name: finish_execution(state, reason_code, reason, base_commit, commit_id, org_id, id)$
UPDATE public.execution SET state = :state, reason_code = :reason_code, reason = :reason, base_commit = :base_commit,
    commit_id = :commit_id, finished_at = now()
WHERE org_id = :org_id AND id = :id AND state = 'running'
RETURNING id;

-- name: execution(org_id, id)^
SELECT id, command_id, proposal_id, harness_id, digest, state, reason_code, reason, base_commit, commit_id, started_at,
    finished_at
FROM public.execution WHERE org_id = :org_id AND id = :id;
