{{ staged('activities', source('kintone', 'activity'), {
    'activity_id': id_of('kintone:activity', 'record_id'),
    'lead_id': id_of('kintone', 'lead_id'),
    'activity_type': 'kind',
    'occurred_at': 'occurred_at',
    'content_name': 'title',
    'url': 'url',
    'answer': 'answer',
    'actor': 'owner',
}, counts='kintone__activity') }}

select * from final
