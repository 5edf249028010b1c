SELECT json_build_object('aggregate', json_build_object('count', count(*), 'sum', json_build_object('points', sum(points)),
  'avg', json_build_object('points', avg(points)), 'max', json_build_object('points', max(points))))::text
FROM task WHERE state = $1
