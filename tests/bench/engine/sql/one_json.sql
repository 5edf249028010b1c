SELECT json_build_object('id', id, 'title', title, 'state', state, 'points', points, 'due_at', due_at,
  'person_id', person_id)::text
FROM task WHERE id = $1
