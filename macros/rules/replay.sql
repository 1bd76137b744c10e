{#- Replay: score, breakdown and stage of every lead as of any instant under any version, as readings of the published
    facts. `at_instant` and `of_version` are SQL expressions; where of_version is NULL, the version that was in
    force for the lead at that instant speaks (as it was). Nothing after the instant is read. -#}

{% macro replay_versions(at_instant, of_version) -%}
    select
        leads.lead_id,
        coalesce({{ of_version }}, windows.version) as scorecard_version
    from marts.dim_leads as leads
    left join marts.dim_scorecard_windows as windows
        on leads.segment = windows.segment
        and {{ is_in_force('windows', at_instant) }}
    where leads.created_at <= {{ at_instant }}
{%- endmacro %}

{% macro score_as_of(at_instant, of_version) -%}
    select
        versions.lead_id,
        versions.scorecard_version,
        max({{ at_instant }}) as as_of,
        coalesce(sum(case when ledger.axis = 'fit' then {{ replay_points(at_instant) }} end), 0) as fit_score,
        coalesce(sum(case when ledger.axis = 'engagement' then {{ replay_points(at_instant) }} end), 0) as engagement_score,
        coalesce(sum({{ replay_points(at_instant) }}), 0) as total_score
    from ({{ replay_versions(at_instant, of_version) }}) as versions
    left join marts.fct_score_ledger as ledger
        on versions.lead_id = ledger.lead_id
        and versions.scorecard_version = ledger.scorecard_version
        and ledger.occurred_at <= {{ at_instant }}
    group by versions.lead_id, versions.scorecard_version
{%- endmacro %}

{% macro breakdown_as_of(at_instant, of_version) -%}
    select
        versions.lead_id,
        versions.scorecard_version,
        ledger.rule_id,
        ledger.axis,
        min(rules.label_ja) as label_ja,
        min(rules.label_en) as label_en,
        count(*) as firings,
        sum({{ replay_points(at_instant) }}) as points,
        sum(ledger.points_lost_to_cap) as points_lost_to_cap,
        sum(ledger.points - {{ replay_points(at_instant) }}) as points_lost_to_decay,
        max(ledger.occurred_at) as last_fired_at
    from ({{ replay_versions(at_instant, of_version) }}) as versions
    inner join marts.fct_score_ledger as ledger
        on versions.lead_id = ledger.lead_id
        and versions.scorecard_version = ledger.scorecard_version
        and ledger.occurred_at <= {{ at_instant }}
    inner join marts.dim_scoring_rules as rules
        on ledger.scorecard_version = rules.version
        and ledger.rule_id = rules.rule_id
    group by versions.lead_id, versions.scorecard_version, ledger.rule_id, ledger.axis
{%- endmacro %}

{% macro stage_as_of(at_instant, of_version) -%}
    select
        journeys.lead_id,
        {{ of_version }} as scorecard_version,
        {{ at_instant }} as as_of,
        journeys.episode_no,
        case
            when journeys.won_at <= {{ at_instant }} then 'won'
            when journeys.lost_at <= {{ at_instant }} then 'lost'
            when journeys.opportunity_at <= {{ at_instant }} then 'opportunity'
            when qualified.sql_at is not null then 'sql'
            when qualified.mql_at is not null then 'mql'
            when journeys.episode_no > 1 then 'returned'
            else 'lead'
        end as stage,
        qualified.mql_at,
        qualified.mql_path,
        qualified.sql_at,
        qualified.sql_path
    from (
        select *
        from marts.fct_lead_journeys
        where lead_at <= {{ at_instant }}
        qualify row_number() over (partition by lead_id order by episode_no desc) = 1
    ) as journeys
    left join (
        select
            lead_id,
            episode_no,
            min(case when stage = 'mql' then qualified_at end) as mql_at,
            min(case when stage = 'mql' then path end) as mql_path,
            min(case when stage = 'sql' then qualified_at end) as sql_at,
            min(case when stage = 'sql' then path end) as sql_path
        from marts.fct_qualifications
        where qualified_at <= {{ at_instant }}
            and basis = case when {{ of_version }} is null then 'in_force' else 'replay' end
            and ({{ of_version }} is null or scorecard_version = {{ of_version }})
        group by lead_id, episode_no
    ) as qualified
        on journeys.lead_id = qualified.lead_id
        and journeys.episode_no = qualified.episode_no
{%- endmacro %}

{% macro replay_points(at_instant) -%}
    {{ decayed_points('ledger.points', 'ledger.decay', 'ledger.decay_days', 'ledger.occurred_at', at_instant) }}
{%- endmacro %}
