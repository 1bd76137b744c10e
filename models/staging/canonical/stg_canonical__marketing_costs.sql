with source as (

    select * from {{ source('raw', 'marketing_costs') }}

),

typed as (

    select
        -- ids and words
        {{ clean_text('cost_id') }} as cost_id,
        {{ clean_text('channel') }} as channel,
        {{ clean_text('campaign') }} as campaign,
        {{ clean_text('content') }} as content,
        {{ clean_text('kind') }} as kind,

        upper({{ clean_text('currency') }}) as currency,

        -- money, with the text they came from
        {{ typed_columns(parse_decimal, ['amount']) }},

        -- days, with the text they came from
        {{ typed_columns(parse_date, ['starts_on', 'ends_on']) }},

        -- where the row came from
        _source,
        _file,
        _line,
        _loaded_at

    from source

),

final as (

    select
        *,
        {{ broken_columns(
            required_checks(['cost_id', 'channel'], ['starts_on', 'amount'])
            + unreadable_checks('not_a_date', ['starts_on', 'ends_on'])
            + unreadable_checks('not_a_number', ['amount'])
            + [['negative', 'amount', 'raw_amount', 'amount < 0']]
            + [['ends_before_start', 'ends_on', 'raw_ends_on', 'ends_on < starts_on']]
            + [['period_too_long', 'ends_on', 'raw_ends_on', 'ends_on >= ' ~ add_months('starts_on', 120)]]
        ) }}

    from typed

)

select * from final
