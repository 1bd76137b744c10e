-- Versions that can be set side by side: those for the same leads, either way round.

with versions as (

    select * from {{ ref('scoring_versions') }}

),

final as (

    select
        before.version as from_version,
        after.version as to_version,
        before.segment
    from versions as before
    inner join versions as after
        on before.segment = after.segment
        and before.version <> after.version

)

select * from final
