-- Whether a deal is closed the vocabulary says of its status.

{{ staged('deals', source('kintone', 'deal'), {
    'deal_id': id_of('kintone', 'record_id'),
    'lead_id': id_of('kintone', 'lead_id'),
    'account_id': id_of('kintone', 'account_id'),
    'name': 'name',
    'amount': 'amount',
    'stage': 'status',
    'created_at': 'coalesce(created_at, ' ~ load_instant() ~ ')',
    'closed_at': 'closed_on',
    'lost_reason': 'lost_reason',
    'owner_id': 'owner',
    'product': 'product',
    'updated_at': 'updated_at',
}, counts='kintone__deal') }}

select * from final
