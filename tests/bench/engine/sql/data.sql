-- A small tracker: 200 projects with 50 tasks each, every task with one of 2,000 people and three notes. The same on every machine.
CREATE TABLE person (id integer PRIMARY KEY, name text NOT NULL, email text);
CREATE TABLE task (
  id integer PRIMARY KEY,
  project_id integer NOT NULL,
  title text NOT NULL,
  state text NOT NULL,
  points integer,
  due_at timestamptz,
  person_id integer NOT NULL REFERENCES person
);
CREATE TABLE note (
  id integer PRIMARY KEY,
  task_id integer NOT NULL REFERENCES task,
  body text NOT NULL,
  created_at timestamptz NOT NULL
);
INSERT INTO person
SELECT i, 'Person "' || i || '" Müller', CASE WHEN i % 3 > 0 THEN 'person' || i || '@example.org' END
FROM generate_series(1, 2000) AS i;
INSERT INTO task
SELECT i, 1 + (i - 1) / 50, 'Task number ' || i, (ARRAY['open', 'waiting', 'done'])[1 + i % 3],
  CASE WHEN i % 5 > 0 THEN i % 13 END,
  CASE WHEN i % 4 > 0 THEN timestamptz '2026-01-01 00:00:00+00' + i * interval '1 hour' END,
  1 + (i * 7) % 2000
FROM generate_series(1, 10000) AS i;
INSERT INTO note
SELECT i, 1 + (i - 1) / 3, 'Note ' || i || ' says what a note of the usual length would say about its task.',
  timestamptz '2026-01-01 00:00:00+00' + i * interval '1 minute'
FROM generate_series(1, 30000) AS i;
CREATE INDEX ON task (project_id, id);
CREATE INDEX ON note (task_id, id);
VACUUM ANALYZE;
