-- What campaigns are called now, whichever platform they are of.

with google as (

    {{ newest_version(ref('stg_ads__google_campaign_history'), 'campaign_id', ['name', 'kind']) }}

),

facebook as (

    {{ newest_version(ref('stg_ads__facebook_campaign_history'), 'campaign_id', ['name', 'kind']) }}

),

linkedin as (

    {{ newest_version(ref('stg_ads__linkedin_campaign_history'), 'campaign_id', ['name', 'kind', 'account_id']) }}

),

microsoft as (

    {{ newest_version(ref('stg_ads__microsoft_campaign_history'), 'campaign_id', ['name', 'kind']) }}

),

final as (

    select 'google' as platform, campaign_id, name, kind, cast(null as {{ dbt.type_string() }}) as account_id
    from google

    union all

    select 'facebook' as platform, campaign_id, name, kind, cast(null as {{ dbt.type_string() }}) as account_id
    from facebook

    union all

    select 'linkedin' as platform, campaign_id, name, kind, account_id
    from linkedin

    union all

    select 'microsoft' as platform, campaign_id, name, kind, cast(null as {{ dbt.type_string() }}) as account_id
    from microsoft

)

select * from final
