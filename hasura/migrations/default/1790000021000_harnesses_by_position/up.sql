-- Who holds all harnesses of an organization asks for those that changed since a position.
SET lock_timeout = '4s';
CREATE INDEX harness_projection_position_idx ON public.harness_projection (org_id, last_position);
