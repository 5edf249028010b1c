-- One column of every type that Postgres brings along, and a few rows that fill them.
CREATE TABLE everything (
  id serial PRIMARY KEY,
  a_smallint smallint, a_bigint bigint, a_real real, a_double double precision, a_numeric numeric(10, 2), a_money money,
  a_bool boolean, a_text text, a_varchar varchar(20), a_char char(4), a_letter "char", a_name name, a_bytea bytea,
  a_uuid uuid, a_date date, a_time time, a_timetz timetz, a_timestamp timestamp, a_timestamptz timestamptz,
  an_interval interval, a_json json, a_jsonb jsonb, an_inet inet, a_cidr cidr, a_macaddr macaddr, a_bit bit(3),
  a_varbit varbit, a_point point, a_box box, a_range int4range, a_multirange int4multirange, a_tsvector tsvector,
  a_tsquery tsquery, an_oid oid, texts text[], numbers numeric[], days date[], documents jsonb[], a_mood mood
);
INSERT INTO everything (a_smallint, a_bigint, a_real, a_double, a_numeric, a_bool, a_text, a_jsonb, texts) VALUES
  (1, 9007199254740993, 1.5, 'NaN', 1.50, true, 'a', '{"a": 1}', '{a,NULL,"b c"}'),
  (-1, -1, 'Infinity', 1e300, NULL, false, E'\\''"', '[1, 2]', '{}'),
  (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
