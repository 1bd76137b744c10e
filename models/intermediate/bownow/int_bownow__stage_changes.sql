{{ changes_seen(ref('stg_bownow__statuses')) }}

select * from final
