{{ changes_seen(ref('int_mazrica__statuses_seen')) }}

select * from final
