-- A library: functions, computed fields, enum tables, and columns of types that are easily got wrong.
CREATE EXTENSION IF NOT EXISTS citext;
CREATE EXTENSION IF NOT EXISTS ltree;

CREATE TYPE mood AS ENUM ('calm', 'tense');
CREATE TYPE place AS (shelf text, slot int);
CREATE DOMAIN isbn AS text CHECK (VALUE ~ '^[0-9]+$');

CREATE TABLE genre (name text PRIMARY KEY, note text);
INSERT INTO genre VALUES ('novel', 'made up'), ('essay', NULL), ('poem', 'short');

CREATE TABLE author (id int PRIMARY KEY, name text NOT NULL, owner text NOT NULL);
INSERT INTO author VALUES (1, 'Ann', 'ann'), (2, 'Bob', 'bob'), (3, 'Cid', 'ann');

CREATE TABLE book (
  id int PRIMARY KEY,
  author_id int NOT NULL REFERENCES author (id),
  title text NOT NULL,
  genre text NOT NULL REFERENCES genre (name),
  price numeric,
  sold bigint,
  lent boolean NOT NULL DEFAULT false,
  data jsonb,
  tags text[],
  sizes int[],
  mood mood,
  place place,
  isbn isbn,
  shelf ltree,
  nick citext,
  uid uuid
);
INSERT INTO book VALUES
  (1, 1, 'Sea', 'novel', 1.50, 9007199254740993, true, '{"a": {"b": [1, 2]}, "k": "sea"}', '{wet,salt}', '{1,2}',
    'calm', ROW ('a', 1), '111', 'top.sea', 'SEA', '11111111-1111-1111-1111-111111111111'),
  (2, 1, 'Lake', 'poem', 20, 5, false, '{"k": "lake"}', '{wet}', '{3}', 'tense', NULL, '222', 'top.lake', 'lake', NULL),
  (3, 2, 'Hill', 'novel', NULL, NULL, true, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (4, 3, 'Moor', 'essay', 7, 1, false, '[1]', '{}', '{}', 'calm', NULL, '444', 'top.land.moor', 'Moor', NULL);

CREATE TABLE loan (
  book_id int NOT NULL REFERENCES book (id), number int NOT NULL, reader text NOT NULL, late boolean,
  PRIMARY KEY (book_id, number)
);
INSERT INTO loan VALUES (1, 1, 'ann', true), (1, 2, 'bob', false), (2, 1, 'bob', true), (4, 1, 'ann', NULL);

CREATE TABLE fine (
  id int PRIMARY KEY, book_id int NOT NULL, number int NOT NULL, cents int NOT NULL,
  FOREIGN KEY (book_id, number) REFERENCES loan (book_id, number)
);
INSERT INTO fine VALUES (1, 1, 1, 50), (2, 1, 1, 75), (3, 2, 1, 10);

CREATE TABLE "odd table" (id int PRIMARY KEY, "two words" text, "order" text, "1st" text);
INSERT INTO "odd table" VALUES (1, 'hidden', 'kept', 'hidden');

CREATE VIEW priced AS SELECT id, title, price FROM book WHERE price IS NOT NULL;
CREATE MATERIALIZED VIEW per_genre AS SELECT genre, count(*) AS books FROM book GROUP BY genre;

CREATE FUNCTION search_books(term text, most int DEFAULT 10) RETURNS SETOF book LANGUAGE sql STABLE
  AS $$ SELECT * FROM book WHERE title ILIKE '%' || term || '%' ORDER BY id DESC LIMIT most $$;
CREATE FUNCTION my_book(hasura_session json) RETURNS book LANGUAGE sql STABLE
  AS $$ SELECT b.* FROM book b JOIN author a ON a.id = b.author_id
        WHERE a.owner = hasura_session ->> 'x-hasura-user-id' ORDER BY b.id LIMIT 1 $$;
CREATE FUNCTION like_book(of book) RETURNS SETOF book LANGUAGE sql STABLE
  AS $$ SELECT * FROM book WHERE title = of.title $$;
CREATE FUNCTION raise_prices(percent int) RETURNS SETOF book LANGUAGE sql VOLATILE
  AS $$ UPDATE book SET price = price * (100 + percent) / 100 WHERE price IS NOT NULL RETURNING * $$;
CREATE FUNCTION failing() RETURNS SETOF book LANGUAGE plpgsql STABLE
  AS $$ BEGIN RAISE EXCEPTION 'no luck'; END $$;
CREATE FUNCTION cheap(of text[], below numeric) RETURNS SETOF priced LANGUAGE sql STABLE
  AS $$ SELECT * FROM priced WHERE title = ANY (of) AND price < below $$;

CREATE FUNCTION book_label(b book) RETURNS text LANGUAGE sql STABLE AS $$ SELECT b.title || '/' || b.genre $$;
CREATE FUNCTION book_sold(b book, factor int DEFAULT 2) RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT b.sold * factor $$;
CREATE FUNCTION book_data(b book) RETURNS jsonb LANGUAGE sql STABLE AS $$ SELECT b.data $$;
CREATE FUNCTION book_mine(b book, session json) RETURNS boolean LANGUAGE sql STABLE
  AS $$ SELECT EXISTS (SELECT 1 FROM loan l WHERE l.book_id = b.id AND l.reader = session ->> 'x-hasura-user-id') $$;
CREATE FUNCTION author_books(a author, written text DEFAULT NULL) RETURNS SETOF book LANGUAGE sql STABLE
  AS $$ SELECT * FROM book WHERE author_id = a.id AND genre = coalesce(written, genre) ORDER BY id $$;
CREATE FUNCTION author_all(a author) RETURNS SETOF book LANGUAGE sql STABLE
  AS $$ SELECT * FROM book WHERE author_id = a.id $$;
