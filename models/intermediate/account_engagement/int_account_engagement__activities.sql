-- Activities with their prospect (where the activity does not say, the visitor does) and in words of ours, by
-- seeds/vocabulary/event_words.csv: with the name of the type, else without. What is not there is refused, not guessed:
-- the number alone does not say what was done.

with activities as (

    select * from {{ ref('stg_account_engagement__visitor_activities') }}

),

visits as (

    select * from {{ ref('stg_account_engagement__visits') }}

),

visitors as (

    select visitor_id, max(lead_id) as lead_id
    from {{ ref('stg_account_engagement__visitors') }}
    group by visitor_id

),

campaigns as (

    select campaign_id, max(name) as name
    from {{ ref('stg_account_engagement__campaigns') }}
    group by campaign_id

),

words as (

    select * from {{ ref('event_words') }}

),

named as (

    select
        activities.*,
        coalesce(exact.activity_type, plain.activity_type) as named_type,
        activities.activity_type || coalesce('_' || activities.answer, '') as whole_word
    from activities
    left join words as exact on activities.activity_type || '_' || activities.answer = exact.source_word
    left join words as plain on activities.activity_type = plain.source_word

),

final as (

    select {{ staged_columns('activities', 'named', {
        'lead_id': 'coalesce(named.lead_id, visitors.lead_id)',
        'activity_type': 'coalesce(named.named_type, named.activity_type)',
        'answer': 'cast(null as ' ~ dbt.type_string() ~ ')',
        'campaign': 'campaigns.name',
        'broken_rule': "coalesce(named.broken_rule, case when named.named_type is null then 'unknown_activity' end)",
        'broken_column': "coalesce(named.broken_column, case when named.named_type is null then 'activity_type' end)",
        'broken_value': "case when named.broken_rule is null and named.named_type is null then named.whole_word else named.broken_value end",
    }) }}
    from named
    left join visitors on named.actor = visitors.visitor_id
    left join campaigns on named.campaign = campaigns.campaign_id

    union all

    select {{ staged_columns('activities', 'visits', {'lead_id': 'coalesce(visits.lead_id, visitors.lead_id)'}) }}
    from visits
    left join visitors on visits.actor = visitors.visitor_id

)

select * from final
