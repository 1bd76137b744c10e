-- What part of the wins would be gone without a channel. The chain is solved exactly, once as it is and once for each
-- channel whose every path ends there: one state after the other is taken out and what went through it handed on, until
-- only the way from the start to the win is left; no iteration, no tolerance.

with chain_16 as (

    select * from {{ ref('roi_chain_16') }}

),

states as (

    select distinct state_no
    from {{ ref('roi_channel_states') }}

),

{% for state in range(17, markov_states() + 1) %}
{{ without_state(state) }},
{% endfor %}

solved as (

    select
        removed_state,
        max(case when from_state = 0 and to_state = -1 then p end) as p
    from chain_{{ markov_states() }}
    group by removed_state

),

compared as (

    select
        removed_state,
        p,
        max(case when removed_state = 0 then p end) over () as whole_p
    from solved

),

final as (

    select
        states.state_no,
        compared.whole_p as win_probability,
        -- a chain nobody wins in has nothing to lose
        case
            when compared.whole_p > 0 then greatest(1 - compared.p / compared.whole_p, cast(0 as double))
            else cast(0 as double)
        end as removal_effect
    from states
    inner join compared on states.state_no = compared.removed_state

)

select * from final
