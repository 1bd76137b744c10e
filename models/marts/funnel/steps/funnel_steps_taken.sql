-- Every chance to go from one stage to another, with whether and when it was taken. A chance not taken is over once its
-- episode is won, lost or returned: until then it is open, and has been followed up to as_of.

with journeys as (

    select * from {{ ref('fct_lead_journeys') }}

),

chances as (

    {%- for from_stage, to_stage, is_first_episode in funnel_steps() %}

    select
        '{{ from_stage }}' as from_stage,
        '{{ to_stage }}' as to_stage,
        lead_id,
        episode_no,
        {{ from_stage }}_at as from_at,
        {{ to_stage }}_at as to_at,
        least({% for end in ['won', 'lost', 'returned'] if end != to_stage %}{{ end }}_at{% if not loop.last %}, {% endif %}{% endfor %}) as other_end_at,
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

),

final as (

    select
        chances.*,
        {{ local_month('from_at') }} as from_month,
        {{ local_month('to_at') }} as to_month,
        {{ days_between('from_at', 'to_at') }} as lag_days,
        case
            when to_at is not null then 'taken'
            when other_end_at is not null then 'ended'
            else 'open'
        end as outcome,
        cast(floor(greatest(
            {{ days_between('from_at', 'coalesce(to_at, other_end_at, ' ~ as_of() ~ ')') }}, cast(0 as double)
        )) as bigint) as day_no
    from chances

)

select * from final
