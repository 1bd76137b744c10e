-- Until intermediate has looked it up, the type is the status in which the person is, content_id the program, and answer whether
-- that was its aim. The id is that of the change of status, where that was loaded too.

{{ staged('activities', source('marketo', 'program_membership'), {
    'activity_id': id_of('marketo:program', 'program_id') ~ " || ':' || " ~ clean_text('lead_id') ~ " || ':' || lower(" ~ clean_text('status_name') ~ ')',
    'lead_id': id_of('marketo', 'lead_id'),
    'activity_type': 'lower(status_name)',
    'occurred_at': 'membership_date',
    'content_id': 'program_id',
    'answer': "case when " ~ parse_boolean('reached_success') ~ " then 'reached success' end",
}, is_utc=true, counts='marketo__program_membership') }}

select * from final
