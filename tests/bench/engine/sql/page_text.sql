-- The nested list as concatenated text: what an engineer writes who has measured json_build_object.
SELECT coalesce('[' || string_agg(format(
  '{"id":%s,"title":%s,"state":%s,"points":%s,"due_at":%s,"person":%s,"notes":%s}',
  t.id, to_json(t.title), to_json(t.state), coalesce(t.points::text, 'null'), coalesce(to_json(t.due_at), 'null'),
  (SELECT format('{"id":%s,"name":%s}', p.id, to_json(p.name)) FROM person p WHERE p.id = t.person_id),
  (SELECT coalesce('[' || string_agg(format(
      '{"id":%s,"body":%s,"created_at":%s}', n.id, to_json(n.body), to_json(n.created_at)), ',') || ']', '[]')
    FROM (SELECT * FROM note WHERE task_id = t.id ORDER BY id) n)
), ',') || ']', '[]')
FROM (SELECT * FROM task WHERE project_id = $1 ORDER BY id LIMIT 25) t
