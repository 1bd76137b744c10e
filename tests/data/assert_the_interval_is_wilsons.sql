-- Detects: an interval that is not Wilson's 95 % interval any more.
-- Because: a wrong z or a slip in the formula moves every interval a little and looks right on every page;
--     the published examples (6 of 20, 0 of 5, 3 of 5, 60 of 200) do not move.
-- A row means: for k of n the macros give `ci_low` and `ci_high`, the books `expected_low` and `expected_high`.

with published as (

    select 6 as k, 20 as n, 0.1455 as expected_low, 0.5190 as expected_high
    union all
    select 0 as k, 5 as n, 0.0 as expected_low, 0.4345 as expected_high
    union all
    select 3 as k, 5 as n, 0.2307 as expected_low, 0.8824 as expected_high
    union all
    select 60 as k, 200 as n, 0.2407 as expected_low, 0.3668 as expected_high

),

computed as (

    select
        published.*,
        {{ wilson_low('k', 'n') }} as ci_low,
        {{ wilson_high('k', 'n') }} as ci_high
    from published

),

final as (

    select *
    from computed
    where ci_low is null
        or ci_high is null
        or abs(ci_low - expected_low) > 0.00006
        or abs(ci_high - expected_high) > 0.00006

)

select * from final
