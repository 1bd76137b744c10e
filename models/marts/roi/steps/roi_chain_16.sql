-- The chain without its first 16 states: roi_removal_effects says how and why. In parts, because DuckDB plans each
-- level of windows twice as long as the one before.

with chain_8 as (

    select * from {{ ref('roi_chain_8') }}

),

{% for state in range(9, 17) %}
{{ without_state(state) }},
{% endfor %}

final as (

    select * from chain_16

)

select * from final
