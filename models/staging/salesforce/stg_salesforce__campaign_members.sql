-- A member that is both was a lead and is a contact now. Until intermediate looks its kind up, activity_type holds
-- its status, and answer whether it has responded.

{{ staged('activities', source('salesforce', 'campaign_member'), {
    'activity_id': id_of('salesforce:member', salesforce_id('id')),
    'lead_id': id_of('salesforce', 'coalesce(' ~ salesforce_id('contact_id') ~ ', ' ~ salesforce_id('lead_id') ~ ')'),
    'activity_type': "'salesforce_member_' || lower(coalesce(" ~ clean_text('status') ~ ", 'none'))",
    'occurred_at': 'coalesce(' ~ salesforce_day('first_responded_date') ~ ', ' ~ salesforce_time('created_date') ~ ')',
    'content_id': id_of('salesforce', salesforce_id('campaign_id')),
    'answer': 'case when ' ~ parse_boolean('has_responded') ~ " then 'responded' end",
}, where='not ' ~ salesforce_is_gone(), counts='salesforce__campaign_member') }}

select * from final
