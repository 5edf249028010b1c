-- name: insert_tree(org_id)!
INSERT INTO ledger.merkle_tree (org_id) VALUES (:org_id) ON CONFLICT DO NOTHING;

-- name: lock_tree(org_id)$
SELECT size FROM ledger.merkle_tree WHERE org_id = :org_id FOR UPDATE;

-- name: grow_tree(org_id)!
UPDATE ledger.merkle_tree SET size = size + 1 WHERE org_id = :org_id;

-- name: nodes(levels, indexes, org_id)
SELECT n.level, n.index, n.hash FROM ledger.merkle_node n
JOIN unnest(:levels::int[], :indexes::bigint[]) AS wanted (level, index)
    ON n.level = wanted.level AND n.index = wanted.index
WHERE n.org_id = :org_id;

-- name: insert_nodes(org_id, levels, indexes, hashes)!
INSERT INTO ledger.merkle_node (org_id, level, index, hash)
SELECT :org_id, n.level, n.index, n.hash FROM unnest(:levels::int[], :indexes::bigint[], :hashes::bytea[]) AS n (level, index, hash);

-- name: insert_signing_key(key_id, public_key_pem)!
INSERT INTO public.signing_key (key_id, algorithm, public_key_pem) VALUES (:key_id, 'ed25519', :public_key_pem)
ON CONFLICT DO NOTHING;

-- name: proof_of_execution(org_id, execution_id)^
SELECT id, leaf_index FROM public.proof WHERE org_id = :org_id AND execution_id = :execution_id;

-- name: insert_proof(org_id, id, execution_id, harness_id, outcome, predicate_type, envelope, key_id, leaf_index, leaf_hash)!
INSERT INTO public.proof (org_id, id, execution_id, harness_id, outcome, predicate_type, envelope, key_id, leaf_index, leaf_hash)
VALUES (:org_id, :id, :execution_id, :harness_id, :outcome, :predicate_type, :envelope, :key_id, :leaf_index, :leaf_hash);

-- name: insert_checkpoint(org_id, tree_size, root_hash, note, key_id)!
INSERT INTO public.proof_checkpoint (org_id, tree_size, root_hash, note, key_id)
VALUES (:org_id, :tree_size, :root_hash, :note, :key_id);

-- name: proof(org_id, id)^
SELECT p.id, p.execution_id, p.harness_id, p.outcome, p.envelope, p.key_id, p.leaf_index, k.public_key_pem,
    c.tree_size, c.note AS checkpoint
FROM public.proof p
JOIN public.signing_key k ON k.key_id = p.key_id
JOIN LATERAL (
    SELECT tree_size, note FROM public.proof_checkpoint
    WHERE org_id = p.org_id AND key_id = p.key_id AND tree_size > p.leaf_index ORDER BY tree_size DESC LIMIT 1
) c ON true
WHERE p.org_id = :org_id AND p.id = :id;

-- name: consistency(org_id, from_size, to_size, levels, indexes)^
-- Both checkpoints with their keys, and the wanted subtrees in three lists of one order: all in one statement.
SELECT f.note AS from_checkpoint, fk.public_key_pem AS from_public_key_pem,
    t.note AS to_checkpoint, tk.public_key_pem AS to_public_key_pem, n.levels, n.indexes, n.hashes
FROM public.proof_checkpoint f
JOIN public.signing_key fk ON fk.key_id = f.key_id
JOIN public.proof_checkpoint t ON t.org_id = f.org_id AND t.tree_size = :to_size
JOIN public.signing_key tk ON tk.key_id = t.key_id
CROSS JOIN (
    SELECT coalesce(array_agg(m.level), '{}') AS levels, coalesce(array_agg(m.index), '{}') AS indexes,
        coalesce(array_agg(m.hash), '{}') AS hashes
    FROM unnest(:levels::int[], :indexes::bigint[]) AS wanted (level, index)
    JOIN ledger.merkle_node m ON m.org_id = :org_id AND m.level = wanted.level AND m.index = wanted.index
) n
WHERE f.org_id = :org_id AND f.tree_size = :from_size;
