-- Signed statements in an append-only Merkle log per organization, and the graph that ties the path together.
-- No row here refers to another table by a foreign key: a proof outlives everything that it speaks of.
SET lock_timeout = '4s';

CREATE TABLE public.proof (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    execution_id uuid NOT NULL,
    harness_id uuid NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('succeeded', 'failed')),
    predicate_type text NOT NULL,
    -- The envelope, byte for byte; the leaf of the log is the hash of these bytes.
    envelope text NOT NULL,
    key_id text NOT NULL,
    leaf_index bigint NOT NULL CHECK (leaf_index >= 0),
    leaf_hash text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    CONSTRAINT proof_leaf_key UNIQUE (org_id, leaf_index),
    CONSTRAINT proof_execution_key UNIQUE (org_id, execution_id)
);

CREATE TABLE public.proof_checkpoint (
    org_id uuid NOT NULL,
    tree_size bigint NOT NULL CHECK (tree_size > 0),
    root_hash text NOT NULL,
    note text NOT NULL,
    key_id text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, tree_size)
);

CREATE TABLE ledger.merkle_node (
    org_id uuid NOT NULL,
    level int NOT NULL,
    index bigint NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (org_id, level, index)
);

-- How many leaves an organization's log has; the row lock orders those who add one.
CREATE TABLE ledger.merkle_tree (
    org_id uuid PRIMARY KEY,
    size bigint NOT NULL DEFAULT 0
);

CREATE TABLE public.signing_key (
    key_id text PRIMARY KEY,
    algorithm text NOT NULL,
    public_key_pem text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE public.lineage_edge (
    org_id uuid NOT NULL,
    from_kind text NOT NULL,
    from_id text NOT NULL,
    relation text NOT NULL,
    to_kind text NOT NULL,
    to_id text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, from_kind, from_id, relation, to_kind, to_id)
);
CREATE INDEX lineage_edge_to_idx ON public.lineage_edge (org_id, to_kind, to_id);

DO $$
DECLARE
    name_ text;
BEGIN
    FOREACH name_ IN ARRAY ARRAY['public.proof', 'public.proof_checkpoint', 'ledger.merkle_node', 'public.signing_key',
                                 'public.lineage_edge'] LOOP
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %s
            FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change()', name_);
    END LOOP;
END
$$;

GRANT SELECT, INSERT ON public.proof, public.proof_checkpoint, ledger.merkle_node, ledger.merkle_tree,
    public.signing_key TO fo_runtime;
GRANT UPDATE (size) ON ledger.merkle_tree TO fo_runtime;
GRANT SELECT ON public.proof, public.proof_checkpoint, ledger.merkle_node, ledger.merkle_tree, public.signing_key
    TO fo_api;
GRANT SELECT, INSERT ON public.lineage_edge TO fo_api, fo_worker, fo_runtime;
GRANT SELECT ON public.proof, public.proof_checkpoint, public.signing_key, public.lineage_edge TO fo_hasura;
GRANT SELECT ON public.proof TO fo_worker;
