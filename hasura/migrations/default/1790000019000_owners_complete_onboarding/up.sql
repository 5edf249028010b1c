-- Owners complete an organization: they add, change and remove members, and declare more of what has a check. Each check
-- says which harness was last asked to run it, so that a harness runs what it was queued for and nothing else.
SET lock_timeout = '4s';

ALTER TABLE public.onboarding_check ADD COLUMN IF NOT EXISTS harness_id uuid;
-- NULL means that it was asked for before checks had a harness: then every harness of the organization ran all of them.
GRANT UPDATE (harness_id) ON public.onboarding_check TO fo_api;
GRANT UPDATE (role), DELETE ON public.membership TO fo_api;
