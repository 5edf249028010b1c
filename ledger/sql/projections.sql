-- name: lock_stream(org_id)$
-- Takes the organization's place in the order until the transaction ends, so that no event is told meanwhile.
SELECT last_position FROM ledger.read_stream(:org_id, NULL, '');

-- name: page(org_id, after, harnesses_max)
-- Harnesses in the order of their ids, each with its row as it is shown and all its events, seen at one moment.
WITH known AS (
    SELECT e.harness_id FROM public.portal_live_events e
        WHERE e.org_id = :org_id AND e.harness_id > :after
    UNION
    SELECT h.harness_id FROM public.harness_projection h WHERE h.org_id = :org_id AND h.harness_id > :after
    ORDER BY harness_id LIMIT :harnesses_max
)
SELECT k.harness_id AS of_harness, told.last_position AS of_position, told.types, told.data, told.times, h.*
FROM known k
LEFT JOIN public.harness_projection h ON h.org_id = :org_id AND h.harness_id = k.harness_id
LEFT JOIN LATERAL (
    SELECT max(e.position) AS last_position, array_agg(e.type ORDER BY e.position) AS types,
        jsonb_agg(e.data ORDER BY e.position) AS data, array_agg(e.occurred_at ORDER BY e.position) AS times
    FROM public.portal_live_events e WHERE e.org_id = :org_id AND e.harness_id = k.harness_id
) told ON true
ORDER BY k.harness_id;

-- name: repair(org_id, harness_id, execution_id, last_position, projection)!
SELECT ledger.repair_projection(:org_id, :harness_id, :execution_id, :last_position, :projection);

-- name: insert_execution(org_id, id, harness_id, command_id)$
-- The execution's id: a new one, or the one that this command already has. It carries out the command's input, by digest.
WITH made AS (
    INSERT INTO public.execution (org_id, id, command_id, harness_id, digest)
    SELECT :org_id, :id, c.id, :harness_id, 'sha256:' || encode(c.input_digest, 'hex')
    FROM ledger.command c WHERE c.id = :command_id
    ON CONFLICT (command_id) DO NOTHING
    RETURNING id
)
SELECT id FROM made UNION ALL SELECT id FROM public.execution WHERE command_id = :command_id LIMIT 1;
