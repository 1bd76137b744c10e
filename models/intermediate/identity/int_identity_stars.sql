-- Third: one address. All persons that have it are drawn to the first of them, its hub, and never on to another: who is drawn
-- to a hub that is itself drawn elsewhere stays apart. So does the later of two who have ids in the same source, or of
-- whom it was decided that they are different.

with {{ identity_settings() }},

heads as (

    select * from {{ ref('int_identity_heads') }}

),

held as (

    select distinct
        heads.person_id,
        addresses.address,
        heads.source_position,
        heads.created_at,
        heads.head_lead_id as lead_id
    from {{ ref('int_identity_addresses') }} as addresses
    inner join heads on addresses.lead_id = heads.lead_id
    where addresses.conflict_reason is null

),

hubs as (

    select *
    from held
    qualify row_number() over (partition by address order by {{ survivor_order('held') }}) = 1

),

drawn as (

    select
        held.person_id,
        held.address,
        hubs.person_id as hub_id,
        {{ survivor_order('held') }}
    from held
    inner join hubs on held.address = hubs.address
    qualify row_number() over (partition by held.person_id order by {{ survivor_order('hubs') }}, held.address) = 1

),

stars as (

    select
        drawn.*,
        onward.hub_id <> drawn.hub_id as is_chain
    from drawn
    inner join drawn as onward on drawn.hub_id = onward.person_id

),

by_source as (

    select distinct
        stars.hub_id,
        stars.person_id,
        heads.source,
        {{ survivor_order('stars') }}
    from stars
    inner join heads on stars.person_id = heads.person_id
    where not stars.is_chain

),

crowded as (

    select by_source.person_id
    from by_source
    cross join settings
    where not {{ in_sources('by_source.source', 'settings.same_sources') }}
    qualify row_number() over (partition by by_source.hub_id, by_source.source order by {{ survivor_order('by_source') }}) > 1

),

parted as (

    select theirs.person_id
    from {{ ref('int_identity_apart') }} as apart
    inner join heads as my_heads on apart.lead_id = my_heads.lead_id
    inner join heads as their_heads on apart.other_lead_id = their_heads.lead_id
    inner join stars as mine on my_heads.person_id = mine.person_id
    inner join stars as theirs on their_heads.person_id = theirs.person_id and mine.hub_id = theirs.hub_id
    where mine.source_position < theirs.source_position
        or (mine.source_position = theirs.source_position and mine.created_at < theirs.created_at)
        or (mine.source_position = theirs.source_position and mine.created_at = theirs.created_at and mine.lead_id < theirs.lead_id)

),

final as (

    select
        stars.person_id,
        stars.hub_id,
        stars.address,
        case
            when stars.person_id in (select person_id from parted) then 'decided_different'
            when stars.is_chain then 'email_chain'
            when stars.person_id in (select person_id from crowded) then 'same_source'
        end as conflict_reason
    from stars
    where stars.person_id <> stars.hub_id

)

select * from final
