-- In which currency accounts pay, whichever platform they are of.

with {% for platform in ['google', 'facebook', 'linkedin', 'microsoft'] -%}
{{ platform }} as (

    {{ newest_version(ref('stg_ads__' ~ platform ~ '_account_history'), 'account_id', ['currency']) }}

),

{% endfor -%}
final as (
    {%- for platform in ['google', 'facebook', 'linkedin', 'microsoft'] %}

    select '{{ platform }}' as platform, account_id, upper({{ clean_text('currency') }}) as currency
    from {{ platform }}
    {%- if not loop.last %}

    union all
    {%- endif -%}
    {%- endfor %}

)

select * from final
