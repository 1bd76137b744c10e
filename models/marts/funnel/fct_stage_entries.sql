-- The journeys turned on their side. A lead is a lead once: a later episode begins as `returned` and
-- enters no stage before it qualifies again.

{% set stages = ['lead', 'mql', 'sql', 'opportunity', 'won', 'lost', 'returned'] %}

with instants as (

    select * from {{ ref('funnel_instants') }}

),

lead_windows as (

    select * from {{ ref('scoring_lead_windows') }}

),

entries as (

    {%- for stage in stages %}

    select
        lead_id,
        episode_no,
        '{{ stage }}' as stage,
        {{ loop.index }} as stage_order,
        {{ stage }}_at as entered_at,
        {% if stage in ('mql', 'sql') -%}
            coalesce(seen_{{ stage }}_at <> {{ stage }}_at, true) as is_imputed,
        {%- elif stage == 'opportunity' -%}
            coalesce(seen_opportunity_at <> opportunity_at, true) as is_imputed,
        {%- elif stage == 'lead' -%}
            lead_at < starts_at as is_imputed,
        {%- else -%}
            false as is_imputed,
        {%- endif %}
        {% if stage in ('mql', 'sql') -%}
            case when seen_{{ stage }}_at = {{ stage }}_at then {{ stage }}_path end as qualified_by
        {%- else -%}
            cast(null as {{ dbt.type_string() }}) as qualified_by
        {%- endif %}
    from instants
    where {{ stage }}_at is not null
        {%- if stage == 'lead' %}
        and episode_no = 1
        {%- endif %}
    {%- if not loop.last %}

    union all
    {%- endif -%}
    {%- endfor %}

),

ordered as (

    select
        entries.*,
        lead(entered_at) over (
            partition by lead_id order by episode_no, entered_at, stage_order
        ) as following_at,
        lead(stage) over (
            partition by lead_id order by episode_no, entered_at, stage_order
        ) as following_stage
    from entries

),

exits as (

    -- What is decided stays decided: nothing leaves won or lost.
    select
        ordered.*,
        case when stage not in ('won', 'lost') then following_at end as exited_at,
        case when stage not in ('won', 'lost') then following_stage end as next_stage
    from ordered

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        exits.lead_id,
        exits.episode_no,
        exits.stage,
        exits.entered_at,
        {{ local_day('exits.entered_at') }} as entered_on,
        exits.exited_at,
        exits.next_stage,
        {{ days_between('exits.entered_at', 'exits.exited_at') }} as days_in_stage,
        exits.is_imputed,
        lead_windows.version as scorecard_version,
        exits.qualified_by
    from exits
    left join lead_windows
        on exits.lead_id = lead_windows.lead_id
        and {{ is_in_force('lead_windows', 'exits.entered_at') }}

)

select * from final
