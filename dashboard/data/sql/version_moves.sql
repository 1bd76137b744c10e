-- The leads that come in or fall out between two versions, those that were won first.
select
    moves.lead_id,
    moves.scorecard_version,
    moves.path,
    moves.qualified_at,
    moves.is_sql,
    moves.is_won,
    moves.is_lost,
    moves.is_returned,
    contacts.company_name,
    contacts.full_name,
    scores.stage,
    scores.total_score
from marts.mart_version_moves as moves
left join marts.dim_lead_contacts as contacts on moves.lead_id = contacts.lead_id
left join marts.lead_scores as scores on moves.lead_id = scores.lead_id
where moves.from_version = $from_version
    and moves.to_version = $to_version
    and moves.movement = $movement
order by moves.is_won desc, moves.is_sql desc, moves.qualified_at desc, moves.lead_id
limit $limit
