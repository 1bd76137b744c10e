{{ staged('activities', source('account_engagement', 'visit'), {
    'activity_id': id_of('account_engagement:visit', 'id'),
    'lead_id': id_of('account_engagement', 'prospect_id'),
    'activity_type': "'page_view'",
    'occurred_at': 'coalesce(' ~ salesforce_time('first_visitor_page_view_at') ~ ', ' ~ salesforce_time('created_at') ~ ')',
    'channel': 'source_parameter',
    'campaign': 'campaign_parameter',
    'session_id': 'id',
    'actor': 'visitor_id',
}, linked=['lead_id'], counts='account_engagement__visit') }}

select * from final
