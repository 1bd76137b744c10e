-- Each line of a report with its campaign, account, currency and channel, and what the lines of its platform, account, campaign
-- and day come to: reports are split by device, network or ad. Lines are added within one file: a file that says a day again
-- says it instead of the one before.

with ads as (

    {{ newest_version(ref('stg_ads__facebook_ad_history'), 'ad_id', ['campaign_id']) }}

),

lines as (
    {%- for model in ['stg_ads__google_campaign_stats', 'stg_ads__facebook_basic_ad', 'stg_ads__linkedin_ad_analytics_by_campaign',
                      'stg_ads__microsoft_campaign_performance_daily_report', 'stg_ads__report'] %}

    select
        *,
        {{ "campaign as campaign_key" if model == 'stg_ads__report' else "cast(null as " ~ dbt.type_string() ~ ") as campaign_key" }},
        cast({{ '0.000001' if model == 'stg_ads__google_campaign_stats' else '1' }} as decimal(7, 6)) as unit
    from {{ ref(model) }}
    {%- if not loop.last %}

    union all
    {%- endif -%}
    {%- endfor %}

),

keyed as (

    select
        lines.*,
        lines.channel as platform,
        -- an ad of which no history came is its own campaign
        coalesce(ads.campaign_id, lines.campaign) as campaign_id
    from lines
    left join ads on lines.channel = 'facebook' and lines.campaign = ads.ad_id

),

named as (

    select
        keyed.*,
        coalesce(campaigns.name, keyed.campaign_id) as campaign_name,
        coalesce(keyed.content, campaigns.account_id) as account_id,
        case
            when keyed.campaign_key is null then lower({{ clean_text('campaigns.kind') }})
            else lower(keyed.kind)
        end as campaign_kind
    from keyed
    left join {{ ref('int_ads__campaigns') }} as campaigns
        on keyed.campaign_key is null and keyed.platform = campaigns.platform and keyed.campaign_id = campaigns.campaign_id

),

priced as (

    select
        named.*,
        -- search and display of Yahoo! JAPAN may have campaigns of one name
        coalesce(named.currency, accounts.currency) as account_currency,
        coalesce(
            channels.channel, named.platform || case when named.campaign_kind is null then '' else '_' || named.campaign_kind end
        ) as channel_code,
        case
            when named.broken_rule is null
                then 'ads:' || named.platform || case when named.campaign_key is null then '' else coalesce('_' || named.campaign_kind, '') end
                    || ':' || coalesce(named.account_id, '') || ':' || coalesce(named.campaign_id, '')
                    || ':' || cast(named.starts_on as {{ dbt.type_string() }})
        end as item_id
    from named
    left join {{ ref('int_ads__accounts') }} as accounts
        on named.platform = accounts.platform and named.account_id = accounts.account_id
    left join {{ ref('ad_channels') }} as channels
        on named.platform = channels.platform and coalesce(named.campaign_kind, 'none') = channels.kind

),

final as (

    select
        priced.*,
        row_number() over (partition by item_id, _source, _file, _loaded_at, broken_rule is null order by _line) as item_line,
        cast(round(
            sum(try_cast({{ number_text('raw_amount') }} as decimal(24, 9)) * unit)
                over (partition by item_id, _source, _file, _loaded_at, broken_rule is null), 2
        ) as decimal(18, 2)) as item_amount
    from priced

)

select * from final
