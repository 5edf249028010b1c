-- Lets a page of events be read without their data, however large: where the data begins, and how large it is.
SET lock_timeout = '4s';

-- Both are inlined into the statement that asks, so that rows whose data is stored apart are not copied for the call.
CREATE FUNCTION public.live_event_beginning(event public.portal_live_events) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT left(event.data::text, 4096)
$$;
COMMENT ON FUNCTION public.live_event_beginning IS
    'The first 4096 characters of the data as JSON: all of it, for nearly every event.';

CREATE FUNCTION public.live_event_size_bytes(event public.portal_live_events) RETURNS integer
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT octet_length(event.data::text)
$$;
COMMENT ON FUNCTION public.live_event_size_bytes IS 'How many bytes the data has as JSON.';

REVOKE ALL ON FUNCTION public.live_event_beginning, public.live_event_size_bytes FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.live_event_beginning, public.live_event_size_bytes TO fo_hasura;
