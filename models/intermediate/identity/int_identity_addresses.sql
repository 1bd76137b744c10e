-- Addresses that stand with several leads, of different sources unless the agreement says otherwise; and why an address does
-- not speak for one person: several people read it, by its name or by the many names that it stands with.

with {{ identity_settings() }},

{{ character_forms() }},

-- with one source and no exception nobody can meet: no row, and no address is read
asked as (

    select settings.*
    from settings
    cross join (select min(source) <> max(source) as are_several from {{ ref('int_identity_leads') }}) as sources
    where settings.joins_by_email and (sources.are_several or settings.same_sources <> '')

),

leads as (

    select
        leads.lead_id,
        leads.source,
        leads.full_name,
        {{ plain_address('leads.email') }} as plain_address
    from {{ ref('int_identity_leads') }} as leads
    cross join asked
    where leads.email is not null

),

addressed as (

    select
        leads.lead_id,
        leads.source,
        leads.full_name,
        case
            when asked.removes_plus_tags then {{ without_plus_tag('leads.plain_address') }}
            else leads.plain_address
        end as address
    from leads
    cross join asked
    where leads.plain_address is not null

),

several as (

    select
        addressed.address,
        count(*) as lead_count
    from addressed
    cross join settings
    group by addressed.address
    having min(addressed.source) <> max(addressed.source)
        or (count(*) > 1 and max(case when {{ in_sources('addressed.source', 'settings.same_sources') }} then 1 else 0 end) = 1)

),

candidates as (

    select
        addressed.*,
        {{ bare_local_part('addressed.address') }} as local_part,
        -- fewer leads than names are allowed have no more names than that: to write them plainly is slow
        case when several.lead_count > settings.names_per_address
                then translate(replace(lower({{ narrow('addressed.full_name') }}), ' ', ''), letters.old_forms, letters.new_forms)
        end as plain_name
    from addressed
    inner join several on addressed.address = several.address
    cross join letters
    cross join settings

),

names as (

    select
        address,
        count(distinct plain_name) as name_count
    from candidates
    group by address

),

final as (

    select
        candidates.lead_id,
        candidates.address,
        case
            when shared.local_part is not null then 'shared_mailbox'
            when names.name_count > settings.names_per_address then 'many_names'
        end as conflict_reason
    from candidates
    inner join names on candidates.address = names.address
    left join {{ ref('shared_mailboxes') }} as shared on candidates.local_part = shared.local_part
    cross join settings

)

select * from final
