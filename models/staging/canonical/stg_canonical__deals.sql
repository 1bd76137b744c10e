with source as (

    select * from {{ source('raw', 'deals') }}

),

typed as (

    select
        -- ids and words
        {{ clean_text('deal_id') }} as deal_id,
        {{ clean_text('lead_id') }} as lead_id,
        {{ clean_text('account_id') }} as account_id,
        {{ clean_text('name') }} as name,
        {{ clean_text('stage') }} as stage,
        {{ clean_text('lost_reason') }} as lost_reason,
        {{ clean_text('owner_id') }} as owner_id,
        {{ clean_text('product') }} as product,

        upper({{ clean_text('currency') }}) as currency,

        -- money and rates, with the text they came from
        {{ typed_columns(parse_decimal, ['amount']) }},

        -- rates, with the text they came from
        {{ typed_columns(parse_double, ['gross_margin_rate']) }},

        -- times, with the text they came from
        {{ typed_columns(parse_timestamp, ['created_at', 'closed_at', 'updated_at']) }},

        -- yes or no, with the text they came from
        {{ typed_columns(parse_boolean, ['is_closed', 'is_won']) }},

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
            required_checks(['deal_id'], ['created_at'])
            + unreadable_checks('not_a_time', ['created_at', 'closed_at', 'updated_at'])
            + unreadable_checks('not_a_number', ['amount', 'gross_margin_rate'])
            + unreadable_checks('not_yes_or_no', ['is_closed', 'is_won'])
            + implausible_time_checks(['created_at', 'updated_at'])
            + [['negative', 'amount', 'raw_amount', 'amount < 0']]
            + [['not_a_rate', 'gross_margin_rate', 'raw_gross_margin_rate', 'gross_margin_rate > 1']]
        ) }}

    from typed

)

select * from final
