-- What each episode has one of, at each of its moments: attributes of the lead, its score, how long it had been quiet, and
-- the rule that gave most of its engagement points. Attributes have no history; the rest is as it stood then.

with moments as (

    select * from {{ ref('feedback_moments') }}

),

leads as (

    select * from {{ ref('int_leads') }}

),

bands as (

    select
        trait,
        band,
        from_value,
        coalesce(
            lead(from_value) over (partition by trait order by from_value), cast('infinity' as double)
        ) as until_value
    from {{ ref('trait_bands') }}

),

own_types as (

    {{ types_of_term('own_events') }}

),

last_acts as (

    select
        moments.lead_id,
        moments.episode_no,
        moments.moment,
        max({{ local_day('activities.occurred_at') }}) as last_act_on
    from moments
    inner join {{ ref('int_activities') }} as activities
        on moments.lead_id = activities.lead_id
        and activities.occurred_at <= moments.moment_at
        and activities.excluded_by is null
    inner join own_types on activities.activity_type = own_types.activity_type
    group by moments.lead_id, moments.episode_no, moments.moment

),

measured as (

    select
        moments.lead_id,
        moments.episode_no,
        moments.moment,
        leads.channel,
        coalesce(leads.content, 'none') as content,
        coalesce(leads.industry, 'unknown') as industry,
        coalesce(leads.job_level, 'unknown') as job_level,
        coalesce(leads.product, 'unknown') as product,
        coalesce(moments.top_rule, 'none') as top_rule,
        cast(leads.employee_count as double) as employees,
        moments.score,
        {{ date_diff_days('last_acts.last_act_on', local_day('moments.moment_at')) }} as quiet_days
    from moments
    inner join leads on moments.lead_id = leads.lead_id
    left join last_acts
        on moments.lead_id = last_acts.lead_id
        and moments.episode_no = last_acts.episode_no
        and moments.moment = last_acts.moment

),

final as (

    select
        measured.lead_id, measured.episode_no, measured.moment,
        measured.channel, measured.content, measured.industry, measured.job_level, measured.product, measured.top_rule,
        coalesce(size_bands.band, 'unknown') as size_band,
        coalesce(score_bands.band, 'unknown') as score_band,
        coalesce(recency_bands.band, 'none') as recency_band
    from measured
    {%- for trait, number in [('size', 'employees'), ('score', 'score'), ('recency', 'quiet_days')] %}
    left join bands as {{ trait }}_bands
        on {{ trait }}_bands.trait = '{{ trait }}_band'
        and measured.{{ number }} >= {{ trait }}_bands.from_value
        and measured.{{ number }} < {{ trait }}_bands.until_value
    {%- endfor %}

)

select * from final
