-- Tasks, events and campaign members in words of ours, by seeds/vocabulary/event_words.csv; a word that is not there
-- stays the tool's own, and is `other`. What is with nobody is with the person of its opportunity.

with tasks as (

    select * from {{ ref('stg_salesforce__tasks') }}

),

events as (

    select * from {{ ref('stg_salesforce__events') }}

),

members as (

    select * from {{ ref('stg_salesforce__campaign_members') }}

),

words as (

    select * from {{ ref('event_words') }}

),

channels as (

    select * from {{ ref('channel_words') }}

),

deals as (

    select deal_id, min(lead_id) as lead_id
    from {{ ref('int_salesforce__deals') }}
    group by deal_id

),

users as (

    select user_id, max(name) as name
    from {{ ref('stg_salesforce__users') }}
    group by user_id

),

campaigns as (

    select campaign_id, max(name) as name, max(campaign_type) as campaign_type
    from {{ ref('stg_salesforce__campaigns') }}
    group by campaign_id

),

final as (

    select {{ staged_columns('activities', 'tasks', {
        'lead_id': 'coalesce(tasks.lead_id, deals.lead_id)',
        'activity_type': "coalesce(case when words.activity_type = 'call_attempt' then outcomes.activity_type end, "
            ~ "words.activity_type, tasks.activity_type)",
        'answer': "case when coalesce(words.activity_type, '') <> 'call_attempt' then tasks.answer end",
        'actor': 'coalesce(users.name, tasks.actor)',
    }) }}
    from tasks
    left join words on tasks.activity_type = words.source_word
    left join words as outcomes on 'salesforce_disposition_' || lower(tasks.answer) = outcomes.source_word
    left join deals on tasks.content_id = deals.deal_id
    left join users on tasks.actor = users.user_id

    union all

    select {{ staged_columns('activities', 'events', {
        'lead_id': 'coalesce(events.lead_id, deals.lead_id)',
        'activity_type': 'coalesce(words.activity_type, events.activity_type)',
        'actor': 'coalesce(users.name, events.actor)',
    }) }}
    from events
    left join words on events.activity_type = words.source_word
    left join deals on events.content_id = deals.deal_id
    left join users on events.actor = users.user_id

    union all

    select {{ staged_columns('activities', 'members', {
        'activity_type': "coalesce(words.activity_type, case when members.answer = 'responded' then kinds.activity_type end, "
            ~ "members.activity_type)",
        'content_name': 'campaigns.name',
        'channel': 'coalesce(channels.channel, campaigns.campaign_type)',
        'campaign': 'campaigns.name',
    }) }}
    from members
    left join campaigns on members.content_id = campaigns.campaign_id
    left join words on members.activity_type = words.source_word
    left join channels on campaigns.campaign_type = channels.source_word
    left join words as kinds on 'salesforce_campaign_' || campaigns.campaign_type = kinds.source_word

)

select * from final
