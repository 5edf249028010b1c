-- name: insert_work(org_id, id, title, interaction_policy, endpoint_id, runtime_asset_id, specification, principal_id)!
INSERT INTO public.work (org_id, id, title, interaction_policy, endpoint_id, runtime_asset_id, specification, principal_id)
VALUES (:org_id, :id, :title, :interaction_policy, :endpoint_id, :runtime_asset_id, :specification, :principal_id);

-- name: usable(runtime_asset_id, org_id, endpoint_id)^
-- Whether work may be described on these two; locked against being taken out of use meanwhile.
SELECT e.state AS endpoint_state, k.protocol, a.state AS asset_state, a.kind AS asset_kind
FROM public.endpoint e
JOIN public.endpoint_kind k ON k.kind = e.kind
JOIN public.runtime_asset a ON a.org_id = e.org_id AND a.id = :runtime_asset_id
WHERE e.org_id = :org_id AND e.id = :endpoint_id
FOR SHARE OF e, a;

-- name: launchable(org_id, id)^
-- A work item with what decides whether it can launch now. Nothing is held: a launch that meets a change of one of these
-- at the same moment counts as before it, and the harness's own steps look again.
SELECT w.title, w.state, w.interaction_policy, o.state AS organization_state, e.state AS endpoint_state,
    a.state AS asset_state
FROM public.work w
JOIN public.organization o ON o.id = w.org_id
JOIN public.endpoint e ON e.org_id = w.org_id AND e.id = w.endpoint_id
JOIN public.runtime_asset a ON a.org_id = w.org_id AND a.id = w.runtime_asset_id
WHERE w.org_id = :org_id AND w.id = :id;

-- name: work(org_id, id)^
SELECT id, title, interaction_policy, endpoint_id, runtime_asset_id, specification, principal_id
FROM public.work WHERE org_id = :org_id AND id = :id;
