-- The newest checkpoint of one key, however often another key has signed since.
SET lock_timeout = '4s';

CREATE INDEX IF NOT EXISTS proof_checkpoint_key_idx ON public.proof_checkpoint (org_id, key_id, tree_size);
