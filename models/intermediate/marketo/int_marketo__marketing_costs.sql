-- Costs of programs under the program and its channel; a channel that the vocabulary does not know keeps its own name.

with costs as (

    select * from {{ ref('stg_marketo__program_costs') }}

),

programs as (

    select * from {{ ref('int_marketo__programs') }}

),

final as (

    select {{ staged_columns('marketing_costs', 'costs', {
        'channel': "coalesce(programs.channel, lower(programs.source_channel), 'marketo_program')",
        'campaign': 'coalesce(programs.name, costs.campaign)',
    }) }}
    from costs
    left join programs on costs.campaign = programs.program_id

)

select * from final
