{#- Status histories that a tool does not hand out: what each load saw is kept, and a status that was another one at the load
    before is a change at the later load. -#}

{#- The instant of the load as a text that `staged` reads like any other. -#}
{% macro load_instant() -%}
    {{ return("cast(_loaded_at as " ~ dbt.type_string() ~ ") || 'Z'") }}
{%- endmacro %}

{#- A person whose only key is the mail address; the address itself is personal data and no id. -#}
{% macro id_of_mail(tool, column) -%}
    {{ return("'" ~ tool ~ ":' || md5('" ~ var('lead_key_salt') ~ "' || lower(" ~ clean_text(column) ~ "))") }}
{%- endmacro %}

{#- CTEs `seen`, `placed`, `compared` and `final`: rows of stage_changes where a load saw another status than the load before
    it that held the same lead or deal. When in between it changed nobody knows: `reason` says between what. Of two rows of
    one load the first counts. -#}
{% macro changes_seen(model) -%}
with seen as (

    select * from {{ model }}
    where broken_rule is null

),

placed as (

    select
        *,
        row_number() over (partition by entity, entity_id, _loaded_at order by _file, _line) as row_no
    from seen

),

compared as (

    select
        *,
        lag(to_status) over (partition by entity, entity_id order by _loaded_at) as status_before,
        lag(_loaded_at) over (partition by entity, entity_id order by _loaded_at) as seen_before
    from placed
    where row_no = 1

),

final as (

    select
        {{ staged_columns('stage_changes', 'compared', {
            'from_status': 'compared.status_before',
            'reason': "case when compared.seen_before is null then 'seen first at ' || " ~ as_words('compared._loaded_at')
                ~ " else 'seen between ' || " ~ as_words('compared.seen_before') ~ " || ' and ' || "
                ~ as_words('compared._loaded_at') ~ ' end',
            'changed_by': "'snapshot'",
        }) }}
    from compared
    where compared.status_before is distinct from compared.to_status

)
{%- endmacro %}

{#- An instant to the second, in words. -#}
{% macro as_words(at) -%}
    {{ return('substring(cast(' ~ at ~ ' as ' ~ dbt.type_string() ~ "), 1, 19) || 'Z'") }}
{%- endmacro %}
