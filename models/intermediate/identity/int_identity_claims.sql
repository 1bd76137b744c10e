{{ claims_of_every_tool() }}

select * from final
