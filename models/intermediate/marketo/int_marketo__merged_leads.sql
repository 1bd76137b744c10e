{{ staged('leads', ref('int_marketo__merges'), {
    'lead_id': "'marketo:' || merged_id",
    'created_at': 'activity_date',
    'updated_at': 'activity_date',
    'merged_into_lead_id': "'marketo:' || into_id",
}, where="place = 1", is_utc=true, counts='marketo__activity') }}

select * from final
