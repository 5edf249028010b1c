-- The number of a log's leaves begins at nothing and grows by one. The runtime, which may write it, could otherwise set it
-- back and have two logs of the same size signed.
SET lock_timeout = '4s';

CREATE FUNCTION ledger.check_growth() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a log begins empty and grows by one leaf at a time'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'merkle_tree_grows';
END
$$;

CREATE TRIGGER merkle_tree_begins BEFORE INSERT ON ledger.merkle_tree
    FOR EACH ROW WHEN (NEW.size <> 0) EXECUTE FUNCTION ledger.check_growth();
CREATE TRIGGER merkle_tree_grows BEFORE UPDATE ON ledger.merkle_tree
    FOR EACH ROW WHEN (NEW.size <> OLD.size + 1) EXECUTE FUNCTION ledger.check_growth();
