-- lead_id holds the member until intermediate knows the lead.

{{ staged('activities', source('flipdesk', 'conversion'), {
    'activity_id': "'flipdesk:' || md5(concat_ws('|', member_id, tag, converted_at, order_id))",
    'lead_id': 'member_id',
    'activity_type': "coalesce(kind, 'other')",
    'occurred_at': 'converted_at',
    'content_id': 'order_id',
    'content_name': 'tag',
    'url': 'url',
}, where=clean_text('member_id') ~ ' is not null', counts='flipdesk__conversion') }}

select * from final
