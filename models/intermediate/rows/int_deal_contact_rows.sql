{{ rows_of_every_tool('deal_contacts') }}

select * from final
