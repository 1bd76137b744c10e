-- The chain without its first 8 states: roi_removal_effects says how and why. In parts, because DuckDB plans each
-- level of windows twice as long as the one before.

with chain_0 as (

    select * from {{ ref('roi_chain') }}

),

{% for state in range(1, 9) %}
{{ without_state(state) }},
{% endfor %}

final as (

    select * from chain_8

)

select * from final
