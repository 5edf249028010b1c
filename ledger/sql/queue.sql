-- name: insert_command(org_id, principal_id, id, kind, idempotency_key, input_digest, harness_id, workflow, payload, approval_consumption_id, state, answer, traceparent)^
-- One row unless the idempotency key is known, and the caller's role as it is now, in one round trip. Waits for a
-- concurrent transaction that holds the same key.
WITH caller AS (
    SELECT role FROM public.membership WHERE org_id = :org_id AND principal_id = :principal_id
), made AS (
    INSERT INTO ledger.command (id, org_id, kind, idempotency_key, input_digest, principal_id, harness_id, workflow,
        payload, approval_consumption_id, state, answer, traceparent)
    VALUES (:id, :org_id, :kind, :idempotency_key, :input_digest, :principal_id, :harness_id, :workflow,
        :payload, :approval_consumption_id, :state, :answer, :traceparent)
    ON CONFLICT (idempotency_key) DO NOTHING
    RETURNING id
)
SELECT EXISTS (SELECT FROM made) AS is_new, (SELECT role FROM caller) AS role;

-- name: known_command(idempotency_key)^
SELECT id, org_id, kind, input_digest, principal_id, answer FROM ledger.command WHERE idempotency_key = :idempotency_key;

-- name: set_answer(answer, id)!
UPDATE ledger.command SET answer = :answer WHERE id = :id;

-- name: lease(batch_max, leased_by, lease_s)
-- The oldest waiting commands, and leases that ran out, taken so that no other dispatcher takes them too.
WITH waiting AS (
    SELECT c.id FROM ledger.command c
    WHERE c.state = 'queued' OR (c.state = 'leased' AND c.lease_until < now())
    ORDER BY c.arrival
    LIMIT :batch_max
    FOR UPDATE SKIP LOCKED
), taken AS (
    UPDATE ledger.command c
    SET state = 'leased', leased_by = :leased_by, lease_until = now() + make_interval(secs => :lease_s),
        attempts = c.attempts + 1
    FROM waiting w WHERE c.id = w.id
    RETURNING c.id, c.arrival, c.org_id, c.harness_id, c.principal_id, c.kind, c.workflow, c.payload
)
SELECT * FROM taken ORDER BY arrival;

-- name: mark_dispatched(ids, leased_by)!
UPDATE ledger.command SET state = 'dispatched', dispatched_at = now(), lease_until = NULL
WHERE id = ANY(:ids) AND state = 'leased' AND leased_by = :leased_by;

-- name: requeue_unclaimed(after_s)
-- Dispatched long ago and never claimed by a workflow: starting again is harmless and mends a Temporal that forgot.
UPDATE ledger.command SET state = 'queued', leased_by = NULL
WHERE state = 'dispatched' AND dispatched_at < now() - make_interval(secs => :after_s)
RETURNING id;

-- name: claim(run_id, id)^
-- True for the one workflow run that may carry the command out, however often it asks.
UPDATE ledger.command SET state = 'running', run_id = :run_id, started_at = coalesce(started_at, now())
WHERE id = :id AND (state IN ('queued', 'leased', 'dispatched') OR (state = 'running' AND run_id = :run_id))
RETURNING id;

-- name: finish(state, error, id)$
UPDATE ledger.command SET state = :state, error = :error, finished_at = now() WHERE id = :id AND state = 'running'
RETURNING id;

-- name: waiting_count()$
SELECT count(*) FROM ledger.command WHERE state IN ('queued', 'leased');
