-- Run once, when the database is made. Migrations run as this role and what they create belongs to it. Supabase's own
-- superusers would not do: for what they create in `public` the image grants everything to anon and authenticated.
\getenv owner_password FRACTALOPS_OWNER_PASSWORD
CREATE ROLE fractalops LOGIN SUPERUSER PASSWORD :'owner_password';

-- Where Realtime keeps its tenants.
CREATE SCHEMA IF NOT EXISTS _realtime AUTHORIZATION supabase_admin;
