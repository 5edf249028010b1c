CREATE TYPE mood AS ENUM ('calm', 'cross');
CREATE DOMAIN percentage AS int CHECK (VALUE BETWEEN 0 AND 100);
CREATE TABLE team (id serial PRIMARY KEY, name text NOT NULL UNIQUE, lead text, budget numeric NOT NULL DEFAULT 0);
CREATE TABLE member (
  id serial PRIMARY KEY,
  team_id int REFERENCES team (id) ON DELETE CASCADE,
  name text NOT NULL,
  shout text GENERATED ALWAYS AS (upper(name)) STORED,
  number int GENERATED ALWAYS AS IDENTITY,
  age int CONSTRAINT grown_up CHECK (age >= 18),
  UNIQUE (team_id, name)
);
CREATE TABLE badge (id serial PRIMARY KEY, member_id int UNIQUE REFERENCES member (id) ON DELETE CASCADE, colour text);
CREATE TABLE sample (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  small smallint, big bigint, exact numeric, real_number real, double_number double precision, price money,
  fixed char(4), short varchar(3), whole json, document jsonb, tags text[], numbers int[], feeling mood, share percentage,
  day date, at timestamptz, lasts interval, raw bytea, yes boolean, documents jsonb[]
);
CREATE TABLE note (
  id serial PRIMARY KEY,
  text text,
  isolation text DEFAULT current_setting('transaction_isolation'),
  twin_of int REFERENCES note (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE VIEW adult AS SELECT id, name, age FROM member WHERE age >= 18;
CREATE VIEW head_count AS SELECT team_id, count(*) AS members FROM member GROUP BY team_id;
CREATE FUNCTION add_note(words text) RETURNS SETOF note AS $$
  INSERT INTO note (text) VALUES (words) RETURNING *
$$ LANGUAGE sql VOLATILE;
