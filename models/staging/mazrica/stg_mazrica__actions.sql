-- What was only planned is no activity. Of several people the first is the lead.

{{ staged('activities', source('mazrica', 'action'), {
    'activity_id': id_of('mazrica:action', 'action_id'),
    'lead_id': id_of('mazrica', "split_part(contact_ids, '//', 1)"),
    'activity_type': "coalesce(kind, 'other')",
    'occurred_at': 'started_at',
    'content_id': id_of('mazrica', 'deal_id'),
    'content_name': 'purpose',
    'answer': 'result',
    'actor': 'owner',
}, where="state is null or state <> '予定'", linked=['lead_id'], counts='mazrica__action') }}

select * from final
