CREATE TABLE note (id serial PRIMARY KEY, owner text NOT NULL, text text, rank int NOT NULL DEFAULT 0, tags text[]);
CREATE TABLE event (
  id serial PRIMARY KEY,
  owner text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  uid uuid NOT NULL DEFAULT gen_random_uuid(),
  price numeric,
  body text
);
