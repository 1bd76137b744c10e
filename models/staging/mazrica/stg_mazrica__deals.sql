{{ staged('deals', source('mazrica', 'deal'), {
    'deal_id': id_of('mazrica', 'deal_id'),
    'lead_id': id_of('mazrica', "split_part(contact_ids, '//', 1)"),
    'account_id': id_of('mazrica', 'account_id'),
    'name': 'name',
    'amount': 'amount',
    'stage': 'phase',
    'created_at': 'coalesce(created_at, ' ~ load_instant() ~ ')',
    'closed_at': 'coalesce(closed_on, expected_on)',
    'lost_reason': 'lost_reason',
    'owner_id': 'owner',
    'product': 'product',
    'updated_at': 'updated_at',
}, counts='mazrica__deal') }}

select * from final
