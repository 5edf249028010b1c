-- What Realtime pushes and to whom, and which claims a sign-in carries.
SET lock_timeout = '4s';

ALTER TABLE public.harness_projection ENABLE ROW LEVEL SECURITY;
CREATE POLICY harness_projection_of_own_organization ON public.harness_projection FOR SELECT TO authenticated
    USING (org_id = (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'org_id')::uuid);
-- Hasura's role reads every row; its permissions choose.
CREATE POLICY harness_projection_for_services ON public.harness_projection FOR SELECT
    TO fo_api, fo_worker, fo_runtime, fo_hasura USING (true);
GRANT SELECT ON public.harness_projection TO authenticated;

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_publication WHERE pubname = 'supabase_realtime') THEN
        CREATE PUBLICATION supabase_realtime;
    END IF;
    ALTER PUBLICATION supabase_realtime ADD TABLE public.harness_projection;
END
$$;

CREATE FUNCTION ledger.access_token_hook(event jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
-- Supabase Auth's custom access token hook: adds organization and role, in the words of Hasura and of row-level
-- security. app_metadata.org_id chooses among several organizations; otherwise the first that the person joined.
DECLARE
    claims jsonb := event -> 'claims';
    member record;
BEGIN
    SELECT m.org_id, m.role, m.principal_id INTO member
    FROM public.principal p JOIN public.membership m ON m.principal_id = p.id
    WHERE p.email = lower(claims ->> 'email')
    ORDER BY (m.org_id::text = claims #>> '{app_metadata,org_id}') DESC NULLS LAST, m.created_at, m.org_id
    LIMIT 1;
    IF member.org_id IS NULL THEN
        RETURN event;
    END IF;
    RETURN jsonb_build_object('claims', claims || jsonb_build_object(
        'org_id', member.org_id,
        'principal_id', member.principal_id,
        'organization_role', member.role,
        'https://hasura.io/jwt/claims', jsonb_build_object(
            'x-hasura-default-role', member.role,
            'x-hasura-allowed-roles', jsonb_build_array(member.role),
            'x-hasura-org-id', member.org_id,
            'x-hasura-user-id', member.principal_id)));
END
$$;
REVOKE ALL ON FUNCTION ledger.access_token_hook FROM PUBLIC;
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'supabase_auth_admin') THEN
        GRANT USAGE ON SCHEMA ledger TO supabase_auth_admin;
        GRANT EXECUTE ON FUNCTION ledger.access_token_hook TO supabase_auth_admin;
    END IF;
END
$$;
