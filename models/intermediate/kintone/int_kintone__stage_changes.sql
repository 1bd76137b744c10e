-- kintone cannot hand out the history of a process.

{{ changes_seen(ref('int_kintone__statuses_seen')) }}

select * from final
