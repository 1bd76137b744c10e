-- A deleted person is gone from the list of persons; what is left of it is this activity.

{{ staged('leads', ref('int_marketo__named_activities'), {
    'lead_id': "'marketo:' || lead_id",
    'created_at': 'activity_date',
    'updated_at': 'activity_date',
    'is_deleted': "'true'",
}, where="makes = 'delete'", is_utc=true, counts='marketo__activity') }}

select * from final
