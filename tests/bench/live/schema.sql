CREATE TABLE public.live_row (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    number bigint NOT NULL,
    title text NOT NULL,
    phase text NOT NULL,
    headline text NOT NULL,
    steps_done integer NOT NULL,
    steps_total integer NOT NULL,
    needs text,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id)
) WITH (fillfactor = 70);

ALTER TABLE public.live_row ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON public.live_row FOR SELECT TO authenticated
    USING (org_id = (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'org_id')::uuid);
GRANT SELECT ON public.live_row TO authenticated;
ALTER PUBLICATION supabase_realtime ADD TABLE public.live_row;

CREATE FUNCTION public.tell_live_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('live_row', row_to_json(NEW)::text);
    RETURN NULL;
END
$$;
CREATE TRIGGER tell AFTER UPDATE ON public.live_row FOR EACH ROW EXECUTE FUNCTION public.tell_live_row();
ALTER TABLE public.live_row DISABLE TRIGGER tell;
