-- What the others of a person know where the lead that stayed has nothing: of each field the first value, by the agreement
-- the newest or that of the first source. Whoever said in any tool that they want no mail wants none; a person is there
-- since its first lead. A merge inside a tool has chosen between its values itself.

with {{ identity_settings() }},

links as (

    select * from {{ ref('int_identity_links') }}
    where source_lead_id <> lead_id

),

lead_ids as (

    select * from {{ ref('int_lead_ids') }}
    where is_kept

),

leads as (

    select * from {{ ref('int_identity_leads') }}

),

-- row by row where each stands: the wide rows are read once, for those that are joined
places as (

    select
        links.lead_id as survivor_id,
        links.source_lead_id,
        lead_ids._source, lead_ids._file, lead_ids._line, lead_ids._loaded_at,
        row_number() over (
            partition by links.lead_id
            order by
                case when settings.fill_order = 'source_order' then leads.source_position end,
                leads.changed_at desc,
                {{ survivor_order('leads') }}
        ) as place
    from links
    inner join lead_ids on links.source_lead_id = lead_ids.source_lead_id
    inner join leads on links.source_lead_id = leads.lead_id
    cross join settings

),

final as (

    select
        places.survivor_id as lead_id,
        {%- for field in person_fields() %}
        min_by(
            staged.{{ field }},
            case when staged.{{ field }} is not null and settings.fill_order <> 'off' then places.place end
        ) as {{ field }},
        {%- endfor %}
        min(staged.created_at) as created_at,
        max(case when staged.is_opted_out then 1 else 0 end) = 1 as is_opted_out
    from {{ ref('int_lead_rows') }} as staged
    inner join places on staged.lead_id = places.source_lead_id
        and staged._source = places._source
        and staged._file = places._file
        and staged._line = places._line
        and staged._loaded_at = places._loaded_at
    cross join settings
    group by places.survivor_id

)

select * from final
