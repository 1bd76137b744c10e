-- A merged lead's traces belong to the lead that survived. Chains are followed merge by merge to
-- their end; a chain without an end (a cycle, or a target nobody knows) is refused as a whole. A merge that somebody
-- decided against is not followed: of two who are different, the one farther from the end stays where it is.

with leads as (

    select * from {{ ref('int_lead_records') }}
    where is_kept

),

apart as (

    select * from {{ ref('int_identity_decisions') }}
    where decision = 'different'

),

steps as (

    select * from {{ ref('int_merge_steps') }}

),

chains as (

    select
        lead_id,
        max_by(reached_lead_id, hops) as reached_lead_id,
        max(hops) as hops
    from steps
    group by lead_id

),

cuts as (

    select distinct case when coalesce(mine.hops, 0) > coalesce(theirs.hops, 0) then apart.lead_id else apart.other_lead_id end as lead_id
    from apart
    left join chains as mine on apart.lead_id = mine.lead_id
    left join chains as theirs on apart.other_lead_id = theirs.lead_id
    where apart.is_as_written
        and coalesce(mine.reached_lead_id, apart.lead_id) = coalesce(theirs.reached_lead_id, apart.other_lead_id)
        and coalesce(mine.reached_lead_id, apart.lead_id) not in (select lead_id from steps)

),

stopped as (

    select
        steps.lead_id,
        min_by(steps.reached_lead_id, steps.hops) as reached_lead_id
    from steps
    inner join cuts on steps.reached_lead_id = cuts.lead_id
    group by steps.lead_id

),

ended as (

    select
        leads.lead_id,
        leads.merged_into_lead_id,
        coalesce(cuts.lead_id, stopped.reached_lead_id, chains.reached_lead_id, leads.lead_id) as root_lead_id,
        cuts.lead_id is not null or chains.lead_id is null as is_undone,
        cuts.lead_id is not null or stopped.lead_id is not null as is_cut
    from leads
    left join chains on leads.lead_id = chains.lead_id
    left join stopped on leads.lead_id = stopped.lead_id
    left join cuts on leads.lead_id = cuts.lead_id
    where leads.merged_into_lead_id is not null

),

final as (

    select
        ended.lead_id,
        ended.merged_into_lead_id,
        ended.root_lead_id,
        ended.is_undone,
        survivors.lead_id is null as is_target_missing,
        not ended.is_undone and not ended.is_cut and onward.lead_id is not null as is_cycle,
        coalesce(survivors.is_deleted, false) as is_survivor_deleted
    from ended
    left join leads as survivors on ended.root_lead_id = survivors.lead_id
    left join chains as onward on ended.root_lead_id = onward.lead_id

)

select * from final
