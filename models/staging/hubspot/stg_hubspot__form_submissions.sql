{{ staged('activities', source('hubspot', 'contact_form_submission'), {
    'activity_id': id_of('hubspot:form', 'conversion_id'),
    'lead_id': id_of('hubspot', 'contact_id'),
    'activity_type': "'form_submit'",
    'occurred_at': adapter.quote('timestamp'),
    'content_id': 'form_id',
    'content_name': 'title',
    'url': 'page_url',
}, is_utc=true, counts='hubspot__contact_form_submission') }}

select * from final
