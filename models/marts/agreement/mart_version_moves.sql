-- Who leaves on the way from one version to another comes in on the way back.

with pairs as (

    select * from {{ ref('agreement_pairs') }}

),

mqls as (

    select * from {{ ref('agreement_replays') }}
    where stage = 'mql'

),

leaving as (

    select
        pairs.from_version,
        pairs.to_version,
        mqls.*
    from pairs
    inner join mqls on pairs.from_version = mqls.version
    left join mqls as still
        on pairs.to_version = still.version
        and mqls.lead_id = still.lead_id
    where still.lead_id is null

),

moves as (

    select from_version, to_version, 'dropped' as movement, lead_id, version, path, qualified_at, is_sql, is_won, is_lost, is_returned
    from leaving

    union all

    select
        to_version as from_version,
        from_version as to_version,
        'gained' as movement,
        lead_id, version, path, qualified_at, is_sql, is_won, is_lost, is_returned
    from leaving

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        from_version,
        to_version,
        lead_id,
        movement,
        version as scorecard_version,
        path,
        qualified_at,
        is_sql,
        is_won,
        is_lost,
        is_returned
    from moves

)

select * from final
