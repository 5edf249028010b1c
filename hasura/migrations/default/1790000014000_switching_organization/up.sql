-- Lets a person choose among their organizations, and names all of them in the token.
SET lock_timeout = '4s';

CREATE OR REPLACE FUNCTION ledger.access_token_hook(event jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
-- Supabase Auth's custom access token hook: adds organization and role, in the words of Hasura and of row-level
-- security. People may write their own user_metadata, so it is a wish and no more: memberships decide. The wish of the
-- session comes first (key `org_id:<session id>`), then that of the person (key `org_id`), then app_metadata, which
-- only the service role writes; otherwise it is the first organization that the person joined.
DECLARE
    claims jsonb := event -> 'claims';
    wishes jsonb := coalesce(claims -> 'user_metadata', '{}');
    member record;
    listed jsonb;
BEGIN
    SELECT m.org_id, m.role, m.principal_id INTO member
    FROM public.principal p JOIN public.membership m ON m.principal_id = p.id
    WHERE p.email = lower(claims ->> 'email')
    ORDER BY m.org_id::text IS NOT DISTINCT FROM wishes ->> ('org_id:' || (claims ->> 'session_id')) DESC,
             m.org_id::text IS NOT DISTINCT FROM wishes ->> 'org_id' DESC,
             m.org_id::text IS NOT DISTINCT FROM claims #>> '{app_metadata,org_id}' DESC,
             m.created_at, m.org_id
    LIMIT 1;
    IF member.org_id IS NULL THEN
        RETURN event;
    END IF;
    -- A token travels with every request, so the list has an end.
    SELECT jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'role', o.role)) INTO listed
    FROM (
        SELECT o.id, o.name, m.role
        FROM public.membership m JOIN public.organization o ON o.id = m.org_id
        WHERE m.principal_id = member.principal_id
        ORDER BY m.org_id = member.org_id DESC, m.created_at, m.org_id
        LIMIT 50
    ) AS o;
    RETURN jsonb_build_object('claims', claims || jsonb_build_object(
        'org_id', member.org_id,
        'principal_id', member.principal_id,
        'organization_role', member.role,
        'organizations', listed,
        'https://hasura.io/jwt/claims', jsonb_build_object(
            'x-hasura-default-role', member.role,
            'x-hasura-allowed-roles', jsonb_build_array(member.role),
            'x-hasura-org-id', member.org_id,
            'x-hasura-user-id', member.principal_id)));
END
$$;
