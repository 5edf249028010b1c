CREATE TABLE organization (id int PRIMARY KEY, name text NOT NULL, secret text);
CREATE TABLE person (id text PRIMARY KEY, org_id int NOT NULL, name text, superuser boolean NOT NULL DEFAULT false);
CREATE TABLE task (
  id serial PRIMARY KEY,
  org_id int NOT NULL REFERENCES organization (id),
  title text NOT NULL,
  state text NOT NULL DEFAULT 'open',
  owner_id text,
  reviewer_id text,
  details jsonb,
  labels text[],
  price numeric,
  big bigint,
  created_at timestamptz NOT NULL DEFAULT '2024-01-02T03:04:05.678+00'
);
INSERT INTO organization VALUES (1, 'Acme', 's1'), (2, 'Umbrella', 's2');
INSERT INTO person VALUES ('ann', 1, 'Ann', false), ('bob', 2, 'Bob', false), ('root', 2, 'Root', true);
INSERT INTO task (org_id, title, state, owner_id, reviewer_id, details, labels, price, big) VALUES
  (1, 'dig', 'open', 'ann', 'ann', '{"tool": {"name": "spade"}, "sizes": [1, 2]}', '{garden,soft}', 1.50, 9007199254740993),
  (1, 'saw', 'done', 'ann', 'bob', '{"tool": {"name": "saw"}}', '{wood}', 2.25, 5),
  (1, 'spy', 'hidden', NULL, NULL, NULL, NULL, NULL, NULL),
  (2, 'cut', 'open', 'bob', 'ann', NULL, '{}', 10.10, NULL);
