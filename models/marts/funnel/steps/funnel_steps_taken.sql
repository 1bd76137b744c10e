-- Every chance to go from one stage to another, with whether and when it was taken.

with journeys as (

    select * from {{ ref('fct_lead_journeys') }}

),

final as (

    {%- for from_stage, to_stage, is_first_episode in funnel_steps() %}

    select
        '{{ from_stage }}' as from_stage,
        '{{ to_stage }}' as to_stage,
        lead_id,
        episode_no,
        {{ from_stage }}_at as from_at,
        {{ to_stage }}_at as to_at,
        {{ local_month(from_stage ~ '_at') }} as from_month,
        {{ local_month(to_stage ~ '_at') }} as to_month,
        {{ days_between(from_stage ~ '_at', to_stage ~ '_at') }} as lag_days,
        {{ known_dimensions('journeys') }}
    from journeys
    where {{ from_stage }}_at is not null
        {%- if is_first_episode %}
        and episode_no = 1
        {%- endif %}
    {%- if not loop.last %}

    union all
    {%- endif -%}
    {%- endfor %}

)

select * from final
