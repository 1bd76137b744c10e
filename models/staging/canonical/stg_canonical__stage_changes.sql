{{ staged('stage_changes', source('raw', 'stage_changes'), same_columns('stage_changes')) }}

select * from final
