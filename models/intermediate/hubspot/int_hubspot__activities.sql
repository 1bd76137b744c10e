-- Events of HubSpot with their lead: mails by the address, calls and meetings by their link. Where there is no link the lead
-- is none that we know, and the row waits in quarantine.

with mails as (

    select * from {{ ref('stg_hubspot__email_events') }}

),

addresses as (

    -- of two contacts with one address the one with the lower id
    select lower(email) as email, min(lead_id) as lead_id
    from {{ ref('stg_hubspot__contacts') }}
    where email is not null and broken_rule is null
    group by lower(email)

),

campaigns as (

    select email_campaign_id, max(name) as name
    from {{ ref('stg_hubspot__email_campaign') }}
    group by email_campaign_id

),

forms as (

    select form_id, max(name) as name
    from {{ ref('stg_hubspot__form') }}
    group by form_id

),

links as (

    -- an engagement with several contacts is the first one's
    select engagement_id, min(lead_id) as lead_id
    from {{ ref('stg_hubspot__engagement_contact') }}
    group by engagement_id

),

words as (

    select * from {{ ref('event_words') }}

),

sales_events as (

    select * from {{ ref('stg_hubspot__calls') }}

    union all

    select * from {{ ref('stg_hubspot__meetings') }}

),

final as (

    select {{ staged_columns('activities', 'mails', {
        'lead_id': 'coalesce(addresses.lead_id, mails.lead_id)',
        'activity_type': 'coalesce(words.activity_type, mails.activity_type)',
        'content_name': 'campaigns.name',
        'campaign': 'campaigns.name',
    }) }}
    from mails
    left join addresses on mails.lead_id = addresses.email
    left join words on mails.activity_type = words.source_word
    left join campaigns on mails.content_id = campaigns.email_campaign_id

    union all

    select {{ staged_columns('activities', 'submissions', {'content_name': 'coalesce(forms.name, submissions.content_name)'}) }}
    from {{ ref('stg_hubspot__form_submissions') }} as submissions
    left join forms on submissions.content_id = forms.form_id

    union all

    select {{ staged_columns('activities', 'sales_events', {'lead_id': 'links.lead_id'}) }}
    from sales_events
    left join links on sales_events.content_id = links.engagement_id

)

select * from final
