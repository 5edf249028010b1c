-- What private channels are judged by and what the database itself broadcasts.
CREATE TABLE IF NOT EXISTS realtime.messages (
    topic text NOT NULL,
    extension text NOT NULL,
    payload jsonb,
    event text,
    private boolean DEFAULT false,
    updated_at timestamp NOT NULL DEFAULT (now() AT TIME ZONE 'UTC'),
    inserted_at timestamp NOT NULL DEFAULT (now() AT TIME ZONE 'UTC'),
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    PRIMARY KEY (id, inserted_at)
);
CREATE INDEX IF NOT EXISTS messages_inserted_at_topic_idx ON realtime.messages (inserted_at DESC, topic)
    WHERE extension = 'broadcast' AND private;
ALTER TABLE realtime.messages ENABLE ROW LEVEL SECURITY;
GRANT USAGE ON SCHEMA realtime TO anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE ON realtime.messages TO anon, authenticated, service_role;

-- Older rows are of no use to anybody: nothing later is told again.
CREATE OR REPLACE FUNCTION realtime.forget_messages() RETURNS void LANGUAGE sql AS $$
    DELETE FROM realtime.messages WHERE inserted_at < (now() AT TIME ZONE 'UTC') - interval '72 hours'
$$;

CREATE OR REPLACE FUNCTION realtime.topic() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('realtime.topic', true), '')
$$;

CREATE OR REPLACE FUNCTION realtime.send(payload jsonb, event text, topic text, private boolean DEFAULT true)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    message_id constant uuid := gen_random_uuid();
BEGIN
    PERFORM set_config('realtime.topic', topic, true);
    INSERT INTO realtime.messages (id, payload, event, topic, private, extension)
    VALUES (message_id, CASE WHEN payload ? 'id' THEN payload ELSE payload || jsonb_build_object('id', message_id) END,
            event, topic, private, 'broadcast');
EXCEPTION WHEN OTHERS THEN
    -- A message is worth less than the transaction that sends it.
    RAISE WARNING 'ErrorSendingBroadcastMessage: %', SQLERRM;
END
$$;

CREATE OR REPLACE FUNCTION realtime.broadcast_changes(
    topic_name text, event_name text, operation text, table_name text, table_schema text, new record, old record,
    level text DEFAULT 'ROW'
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF level = 'STATEMENT' THEN
        RAISE EXCEPTION 'function can only be triggered for each row, not for each statement';
    END IF;
    PERFORM realtime.send(
        jsonb_build_object('old_record', to_jsonb(old), 'record', to_jsonb(new), 'operation', operation,
                           'table', table_name, 'schema', table_schema),
        event_name, topic_name);
END
$$;

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_publication WHERE pubname = 'supabase_realtime_messages_publication') THEN
        CREATE PUBLICATION supabase_realtime_messages_publication FOR TABLE realtime.messages WITH (publish = 'insert');
    END IF;
END
$$;

-- Only the gateway asks these; whoever may use the schema has no use for them.
REVOKE ALL ON FUNCTION realtime.await_visible, realtime.visible, realtime.forget_messages FROM PUBLIC;
