{{ staged('activities', ref('int_marketo__named_activities'), {
    'activity_id': "case when is_membership then 'marketo:program:' || primary_id || ':' || lead_id || ':' || new_word else 'marketo:activity:' || activity_id end",
    'lead_id': "'marketo:' || lead_id",
    'activity_type': 'meant_type',
    'occurred_at': 'activity_date',
    'content_id': 'primary_id',
    'content_name': 'primary_name',
    'content_type': "case when meant_type like 'email%' or meant_type = 'unsubscribe' then 'email' end",
    'url': 'url',
    'channel': 'channel_code',
    'campaign': 'campaign_name',
    'actor': 'actor',
}, where="makes in ('event', 'membership')", is_utc=true, counts='marketo__activity') }}

select * from final
