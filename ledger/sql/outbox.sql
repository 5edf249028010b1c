-- name: read_stream(org_id, harness_id, cause)^
SELECT last_position, known_position, projection FROM ledger.read_stream(:org_id, :harness_id, :cause);

-- name: append_event(org_id, harness_id, type, subject, data, cause, occurred_at, traceparent, projection, last_position)$
SELECT ledger.append_event(:org_id, :harness_id, :type, :subject, :data, :cause, :occurred_at, :traceparent, :projection,
    :last_position);
