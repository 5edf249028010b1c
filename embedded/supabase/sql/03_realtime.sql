DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_publication WHERE pubname = 'supabase_realtime') THEN
        CREATE PUBLICATION supabase_realtime;
    END IF;
END
$$;

-- Stored generated columns are part of a row for everybody who reads it; since PostgreSQL 18 the log can show them.
DO $$
BEGIN
    IF current_setting('server_version_num')::int >= 180000 THEN
        IF EXISTS (SELECT FROM pg_publication WHERE pubname = 'supabase_realtime' AND pubgencols = 'n') THEN
            EXECUTE 'ALTER PUBLICATION supabase_realtime SET (publish_generated_columns = stored)';
        END IF;
    END IF;
EXCEPTION WHEN insufficient_privilege THEN
    -- It belongs to somebody else, who decides.
    NULL;
END
$$;

CREATE SCHEMA IF NOT EXISTS realtime;

-- Returns once every given transaction is visible to new snapshots. Its commit record is decoded as soon as it is on
-- disk, which is before its rows can be seen: a check made in between would hide a row for ever.
-- The ids are the 32 bits that the stream carries; the epoch is the one that brings them closest to the present.
CREATE OR REPLACE FUNCTION realtime.await_visible(transactions bigint[]) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    half constant bigint := 2147483648;
    present bigint := pg_snapshot_xmax(pg_current_snapshot())::text::bigint;
    awaited xid8[];
    deadline timestamptz := clock_timestamp() + interval '20 seconds';
BEGIN
    awaited := ARRAY(
        SELECT (t + ((present - t + half) >> 32 << 32))::text::xid8 FROM unnest(transactions) AS t
    );
    -- Each statement of a volatile function takes a new snapshot under READ COMMITTED.
    WHILE EXISTS (SELECT FROM unnest(awaited) AS a WHERE NOT pg_visible_in_snapshot(a, pg_current_snapshot())) LOOP
        IF clock_timestamp() > deadline THEN
            RAISE EXCEPTION 'a decoded transaction did not become visible';
        END IF;
        PERFORM pg_sleep(0.0005);
    END LOOP;
END
$$;

-- The (group, row) pairs that may be seen: for each group, `statement` selects the row numbers of its `keys` that
-- exist for the group's role and claims. A policy that fails for one group shows it nothing and harms no other group.
CREATE OR REPLACE FUNCTION realtime.visible(statement text, roles text[], claims text[], keys text[])
RETURNS TABLE (viewer int, line int) LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    i int;
BEGIN
    FOR i IN 1 .. cardinality(roles) LOOP
        BEGIN
            PERFORM set_config('request.jwt.claims', claims[i], true), set_config('role', roles[i], true);
            RETURN QUERY EXECUTE format('SELECT %s, seen.line FROM (%s) AS seen', i - 1, statement) USING keys[i]::jsonb;
        EXCEPTION
            WHEN insufficient_privilege THEN
                NULL;
            WHEN OTHERS THEN
                RAISE WARNING 'role % sees nothing of a change, for its policy failed: %', roles[i], SQLERRM;
        END;
        PERFORM set_config('role', 'none', true);
    END LOOP;
END
$$;

REVOKE ALL ON SCHEMA realtime FROM PUBLIC;
