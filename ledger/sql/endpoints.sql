-- name: kind_readiness(kind)^
SELECT protocol, readiness FROM public.endpoint_kind WHERE kind = :kind;

-- name: insert_endpoint(org_id, id, name, kind, public_url, executor_url, auth_kind, auth_parameter, secret_contract_id, readiness, digest)!
INSERT INTO public.endpoint (org_id, id, name, kind, public_url, executor_url, auth_kind, auth_parameter,
    secret_contract_id, readiness, digest)
VALUES (:org_id, :id, :name, :kind, :public_url, :executor_url, :auth_kind, :auth_parameter,
    :secret_contract_id, :readiness, :digest);

-- name: endpoint(org_id, id)^
SELECT e.id, e.name, e.kind, e.public_url, e.executor_url, e.auth_kind, e.auth_parameter, e.secret_contract_id,
    e.readiness, e.state, e.version, e.digest, k.protocol, s.digest AS secret_contract_digest, s.username
FROM public.endpoint e
JOIN public.endpoint_kind k ON k.kind = e.kind
LEFT JOIN public.secret_contract s ON s.org_id = e.org_id AND s.id = e.secret_contract_id
WHERE e.org_id = :org_id AND e.id = :id;

-- name: lock_endpoint(org_id, id)^
SELECT id FROM public.endpoint WHERE org_id = :org_id AND id = :id AND state = 'active' FOR UPDATE;

-- name: revise_endpoint(public_url, executor_url, auth_kind, auth_parameter, secret_contract_id, readiness, digest, org_id, id)^
UPDATE public.endpoint SET public_url = :public_url, executor_url = :executor_url, auth_kind = :auth_kind,
    auth_parameter = :auth_parameter, secret_contract_id = :secret_contract_id, readiness = :readiness,
    digest = :digest, version = version + 1, updated_at = now()
WHERE org_id = :org_id AND id = :id
RETURNING name, version;

-- name: retire_endpoint(org_id, id)^
UPDATE public.endpoint SET state = 'retired', updated_at = now()
WHERE org_id = :org_id AND id = :id AND state = 'active'
RETURNING name;

-- name: record_readiness(org_id, endpoint_id, ready, detail, latency_ms, endpoint_digest)!
INSERT INTO public.endpoint_readiness (org_id, endpoint_id, ready, detail, latency_ms, endpoint_digest)
VALUES (:org_id, :endpoint_id, :ready, :detail, :latency_ms, :endpoint_digest)
ON CONFLICT (org_id, endpoint_id) DO UPDATE SET ready = excluded.ready, detail = excluded.detail,
    latency_ms = excluded.latency_ms, endpoint_digest = excluded.endpoint_digest, observed_at = now();
