-- What a proposal of each newer kind must hold: a call goes below the URL of its endpoint's contract and names no other
-- place, and a procedure says what it does and what must be seen at its end.
SET lock_timeout = '4s';

ALTER TABLE public.proposal ADD CONSTRAINT proposal_endpoint_call CHECK (kind <> 'endpoint_call' OR (
    payload ->> 'method' IN ('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE')
    AND payload ->> 'path' ~ '^/([^/?#[:space:]]|$)'
    AND payload ->> 'path' !~ '(^|/)\.{1,2}(/|$)'
    AND NOT payload ?| ARRAY['url', 'host']) IS TRUE);
ALTER TABLE public.proposal ADD CONSTRAINT proposal_browser_procedure CHECK (kind <> 'browser_procedure' OR (
    jsonb_typeof(payload -> 'steps') = 'array' AND payload -> 'steps' <> '[]'
    AND payload #>> '{steps,0,step}' = 'open'
    AND jsonb_typeof(payload -> 'observed') = 'array' AND payload -> 'observed' <> '[]') IS TRUE);
