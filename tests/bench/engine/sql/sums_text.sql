SELECT format('{"aggregate":{"count":%s,"sum":{"points":%s},"avg":{"points":%s},"max":{"points":%s}}}',
  count(*), coalesce(sum(points)::text, 'null'), coalesce(avg(points)::text, 'null'),
  coalesce(max(points)::text, 'null'))
FROM task WHERE state = $1
