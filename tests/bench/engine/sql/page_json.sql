-- The nested list with Postgres' JSON functions: what most engineers write.
SELECT coalesce(json_agg(json_build_object(
  'id', t.id, 'title', t.title, 'state', t.state, 'points', t.points, 'due_at', t.due_at,
  'person', (SELECT json_build_object('id', p.id, 'name', p.name) FROM person p WHERE p.id = t.person_id),
  'notes', (SELECT coalesce(json_agg(json_build_object('id', n.id, 'body', n.body, 'created_at', n.created_at)), '[]')
    FROM (SELECT * FROM note WHERE task_id = t.id ORDER BY id) n)
)), '[]')::text
FROM (SELECT * FROM task WHERE project_id = $1 ORDER BY id LIMIT 25) t
