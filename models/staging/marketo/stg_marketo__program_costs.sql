-- Until intermediate has looked it up, campaign and channel hold the number of the program.

{{ staged('marketing_costs', source('marketo', 'program_cost'), {
    'cost_id': id_of('marketo:program', 'program_id') ~ " || ':' || substring(" ~ clean_text('start_date') ~ ", 1, 10) || ':' || coalesce(" ~ clean_text('note') ~ ", '')",
    'channel': 'program_id',
    'campaign': 'program_id',
    'content': 'note',
    'starts_on': 'substring(' ~ clean_text('start_date') ~ ', 1, 10)',
    'amount': 'cost',
    'kind': "'program'",
}, counts='marketo__program_cost') }}

select * from final
