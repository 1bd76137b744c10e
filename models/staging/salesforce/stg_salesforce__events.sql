-- An entry that has not come yet is a plan, made when it was noted.

{%- set begins = 'coalesce(' ~ salesforce_time('start_date_time') ~ ', ' ~ salesforce_day('activity_date') ~ ', '
    ~ salesforce_time('created_date') ~ ')' %}
{%- set is_plan = parse_timestamp(begins) ~ ' > _loaded_at' %}

{{ staged('activities', source('salesforce', 'event'), {
    'activity_id': id_of('salesforce:event', salesforce_id('id')),
    'lead_id': id_of('salesforce', salesforce_id('who_id')),
    'activity_type': 'case when ' ~ is_plan ~ " then 'salesforce_event_to_come' else 'salesforce_event_' || lower(coalesce(" ~ clean_text('type') ~ ", 'event')) end",
    'occurred_at': 'case when ' ~ is_plan ~ ' then ' ~ salesforce_time('created_date') ~ ' else ' ~ begins ~ ' end',
    'content_id': id_of('salesforce', salesforce_id('what_id')),
    'content_name': 'subject',
    'actor': salesforce_id('owner_id'),
}, where='not ' ~ salesforce_is_gone(is_versioned=true), linked=['lead_id'], counts='salesforce__event') }}

select * from final
