SELECT format('{"id":%s,"title":%s,"state":%s,"points":%s,"due_at":%s,"person_id":%s}',
  id, to_json(title), to_json(state), coalesce(points::text, 'null'), coalesce(to_json(due_at), 'null'), person_id)
FROM task WHERE id = $1
