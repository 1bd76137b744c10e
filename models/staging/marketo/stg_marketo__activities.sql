-- What an activity is, only its type says; types are a table of their own. So intermediate makes rows of it, and refuses them.
-- The bulk extract has most attributes in one JSON, tables of a connector have them as columns.

with source as (

    select * from {{ source('marketo', 'activity') }}

),

final as (

    select
        {{ clean_text('id') }} as activity_id,
        {{ clean_text('lead_id') }} as lead_id,
        {{ clean_text('activity_date') }} as activity_date,
        {{ clean_text('activity_type_id') }} as activity_type_id,
        {{ clean_text('type_name') }} as type_name,
        {{ clean_text('campaign_id') }} as campaign_id,
        {{ clean_text('primary_attribute_value_id') }} as primary_id,
        {{ clean_text('primary_attribute_value') }} as primary_name,
        coalesce({{ clean_text('link') }}, {{ clean_text('webpage_url') }}, {{ json_text('attributes', 'Link') }}, {{ json_text('attributes', 'Webpage URL') }}) as url,
        coalesce({{ clean_text('user_agent') }}, {{ json_text('attributes', 'User Agent') }}) as user_agent,
        coalesce(
            {{ clean_text('old_value') }}, {{ json_text('attributes', 'Old Value') }}, {{ json_text('attributes', 'Old Stage') }}, {{ json_text('attributes', 'Old Status') }}
        ) as old_value,
        coalesce(
            {{ clean_text('new_value') }}, {{ json_text('attributes', 'New Value') }}, {{ json_text('attributes', 'New Stage') }}, {{ json_text('attributes', 'New Status') }}
        ) as new_value,
        coalesce({{ clean_text('reason') }}, {{ json_text('attributes', 'Reason') }}) as reason,
        coalesce({{ clean_text('modifying_user') }}, {{ json_text('attributes', 'Modifying User') }}) as modifying_user,
        coalesce({{ clean_text('action_result') }}, {{ json_text('attributes', 'Action Result') }}) as action_result,
        coalesce({{ clean_text('merge_ids') }}, {{ json_text('attributes', 'Merge IDs') }}) as merge_ids,
        _source,
        _file,
        _line,
        _loaded_at
    from source

)

select * from final
