-- The windows that pages offer, with the same length before each to compare with. from_month is inclusive,
-- until_month exclusive; `all` includes the month that is not over.

with this_month as (

    select {{ local_month(as_of()) }} as month_on

),

final as (

    {%- for name, months in time_windows() %}

    select
        '{{ name }}' as time_window,
        {% if months -%}
        {{ add_months('month_on', -months) }} as from_month,
        month_on as until_month,
        {{ add_months('month_on', -2 * months) }} as previous_from_month
        {%- else -%}
        cast('1900-01-01' as date) as from_month,
        {{ add_months('month_on', 1) }} as until_month,
        cast(null as date) as previous_from_month
        {%- endif %}
    from this_month
    {%- if not loop.last %}

    union all
    {%- endif -%}
    {%- endfor %}

)

select * from final
