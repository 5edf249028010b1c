-- name: queue_harness(org_id, harness_id, purpose, title, work_id, principal_id, command_id, continuity, continuity_receipt, type, subject, data, cause, occurred_at, projection)$
-- A harness with its first event, in one round trip, so that the organization's place in the order is held briefly.
WITH made AS (
    INSERT INTO public.harness (org_id, id, purpose, title, work_id, principal_id, command_id, continuity,
        continuity_receipt)
    VALUES (:org_id, :harness_id, :purpose, :title, :work_id, :principal_id, :command_id, :continuity,
        :continuity_receipt)
)
SELECT ledger.append_event(:org_id, :harness_id, :type, :subject, :data, :cause, :occurred_at, NULL, :projection, NULL);

-- name: move(state, final, org_id, id)$
-- The harness's id if it stood elsewhere and is there now; the database refuses a move that is not named.
UPDATE public.harness SET state = :state, finished_at = CASE WHEN :final::bool THEN now() END
WHERE org_id = :org_id AND id = :id AND state <> :state
RETURNING id;

-- name: state(org_id, id)$
SELECT state FROM public.harness WHERE org_id = :org_id AND id = :id FOR UPDATE;

-- name: lock_harness(org_id, id)^
SELECT purpose, state FROM public.harness WHERE org_id = :org_id AND id = :id FOR UPDATE;

-- name: seen_state(org_id, id)$
SELECT state FROM public.harness WHERE org_id = :org_id AND id = :id;

-- name: receipt(org_id, id)$
SELECT continuity_receipt FROM public.harness WHERE org_id = :org_id AND id = :id;

-- name: set_receipt(receipt, org_id, id)!
UPDATE public.harness SET continuity_receipt = :receipt WHERE org_id = :org_id AND id = :id;

-- name: insert_launch_diagnostic(org_id, id, harness_id, runtime_kind, runtime_name, origin, duration_ms)!
INSERT INTO public.launch_diagnostic (org_id, id, harness_id, runtime_kind, runtime_name, origin, duration_ms)
VALUES (:org_id, :id, :harness_id, :runtime_kind, :runtime_name, :origin, :duration_ms)
ON CONFLICT (org_id, harness_id, runtime_name) DO NOTHING;

-- name: insert_observation(org_id, id, harness_id, kind, subject, digest, detail)!
INSERT INTO public.observation (org_id, id, harness_id, kind, subject, digest, detail)
VALUES (:org_id, :id, :harness_id, :kind, :subject, :digest, :detail)
ON CONFLICT (org_id, harness_id, kind, subject) DO NOTHING;

-- name: checked_out(org_id, harness_id)^
-- The last one: a harness that asked may have begun anew on another commit.
SELECT detail ->> 'branch' AS branch, detail ->> 'commit' AS commit, detail ->> 'runtime_asset_digest' AS runtime_asset_digest
FROM public.observation
WHERE org_id = :org_id AND harness_id = :harness_id AND kind = 'repository_head' AND detail ? 'runtime_asset_digest'
ORDER BY observed_at DESC LIMIT 1;

-- name: insert_artifact(org_id, id, harness_id, name, media_type, digest, size_bytes, encoding, body, truncated)$
-- The artifact's id: a new one, or that of the artifact which already has this name in the harness.
WITH made AS (
    INSERT INTO public.artifact (org_id, id, harness_id, name, media_type, digest, size_bytes, encoding, body, truncated)
    VALUES (:org_id, :id, :harness_id, :name, :media_type, :digest, :size_bytes, :encoding, :body, :truncated)
    ON CONFLICT (org_id, harness_id, name) DO NOTHING
    RETURNING id
)
SELECT id FROM made
UNION ALL
SELECT id FROM public.artifact WHERE org_id = :org_id AND harness_id = :harness_id AND name = :name
LIMIT 1;

-- name: insert_first_artifact(org_id, id, harness_id, name, media_type, digest, size_bytes, encoding, body, truncated)$
-- The new artifact's id, or nothing if the harness has one of this name: of two that try at once one alone gets an id.
INSERT INTO public.artifact (org_id, id, harness_id, name, media_type, digest, size_bytes, encoding, body, truncated)
VALUES (:org_id, :id, :harness_id, :name, :media_type, :digest, :size_bytes, :encoding, :body, :truncated)
ON CONFLICT (org_id, harness_id, name) DO NOTHING
RETURNING id;

-- name: artifact(org_id, id)^
SELECT name, digest, encoding, body, truncated FROM public.artifact WHERE org_id = :org_id AND id = :id;

-- name: artifact_named(org_id, harness_id, name)^
SELECT encoding, body FROM public.artifact WHERE org_id = :org_id AND harness_id = :harness_id AND name = :name;

-- name: insert_edge(org_id, edges)!
INSERT INTO public.lineage_edge (org_id, from_kind, from_id, relation, to_kind, to_id)
SELECT :org_id, edge.from_kind, edge.from_id, edge.relation, edge.to_kind, edge.to_id
FROM jsonb_to_recordset(:edges) AS edge (from_kind text, from_id text, relation text, to_kind text, to_id text)
ON CONFLICT DO NOTHING;

-- name: artifact_heads(org_id, harness_id)
SELECT id, name, digest FROM public.artifact WHERE org_id = :org_id AND harness_id = :harness_id ORDER BY name;
