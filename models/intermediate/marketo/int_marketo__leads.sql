-- Persons, and those of which only a merge or a deletion is left. What was merged or deleted stays so, however late its row came;
-- of a person that was both, the merge says where its traces belong.

with people as (

    select * from {{ ref('stg_marketo__leads') }}

    union all

    select * from {{ ref('int_marketo__merged_leads') }}

    union all

    select * from {{ ref('int_marketo__more_merged_leads') }}

    union all

    select * from {{ ref('int_marketo__deleted_leads') }}

),

merges as (

    select
        'marketo:' || merged_id as lead_id,
        'marketo:' || max_by(into_id, activity_date) as merged_into_lead_id
    from {{ ref('int_marketo__merges') }}
    where merged_id is not null
    group by merged_id

),

deletions as (

    select distinct lead_id
    from {{ ref('int_marketo__deleted_leads') }}
    where broken_rule is null

),

programs as (

    select * from {{ ref('int_marketo__programs') }}

),

final as (

    select {{ staged_columns('leads', 'people', {
        'source_campaign': 'coalesce(programs.name, people.source_campaign)',
        'merged_into_lead_id': 'merges.merged_into_lead_id',
        'is_deleted': 'merges.lead_id is null and (coalesce(people.is_deleted, false) or deletions.lead_id is not null)',
    }) }}
    from people
    left join merges on people.lead_id = merges.lead_id
    left join deletions on people.lead_id = deletions.lead_id
    left join programs on people.source_campaign = programs.program_id

)

select * from final
