with final as (

    {{ counted_rows(ref('stg_canonical__leads_checked'), 'leads') }}

    union all

    {{ counted_rows(ref('stg_canonical__activities_checked'), 'activities') }}

    union all

    {{ counted_rows(ref('stg_canonical__deals_checked'), 'deals') }}

    union all

    {{ counted_rows(ref('stg_canonical__deal_contacts_checked'), 'deal_contacts') }}

    union all

    {{ counted_rows(ref('stg_canonical__stage_changes_checked'), 'stage_changes') }}

    union all

    {{ counted_rows(ref('stg_canonical__marketing_costs_checked'), 'marketing_costs') }}

)

select * from final
