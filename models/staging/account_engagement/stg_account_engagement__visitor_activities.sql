-- What was done is only clear from the number of its type, the name of its type and what it was done with: activity_type is
-- the first and the last and answer the name until intermediate looks them up. A visit (type 20) is the same as its row in the visits, and so has its id.

{%- set with_what = {
    'form_handler': 'form_handler_id', 'form': 'form_id', 'landing_page': 'landing_page_id', 'file': 'file_id',
    'custom_redirect': 'custom_redirect_id', 'site_search': 'site_search_query_id', 'paid_search': 'paid_search_ad_id',
    'email': 'coalesce(' ~ clean_text('email_id') ~ ', ' ~ clean_text('list_email_id') ~ ', ' ~ clean_text('email_template_id') ~ ')',
    'opportunity': 'opportunity_id', 'page_view': 'visitor_page_view_id', 'visit': 'visit_id',
} %}
{%- set kind -%}
case
    {%- for word, id in with_what.items() %} when {{ clean_text(id) }} is not null then '{{ word }}'{% endfor %} else 'none' end
{%- endset %}
{%- set id -%}
coalesce({% for id in with_what.values() %}{{ clean_text(id) }}{% if not loop.last %}, {% endif %}{% endfor %})
{%- endset %}

{{ staged('activities', source('account_engagement', 'visitor_activity'), {
    'activity_id': "case when " ~ clean_text('type') ~ " in ('20', '5') and " ~ kind ~ " = 'visit' then "
        ~ id_of('account_engagement:visit', 'visit_id') ~ ' else ' ~ id_of('account_engagement:activity', 'id') ~ ' end',
    'lead_id': id_of('account_engagement', 'prospect_id'),
    'activity_type': "'account_engagement_' || " ~ kind ~ " || '_' || " ~ clean_text('type'),
    'answer': 'lower(type_name)',
    'occurred_at': salesforce_time('created_at'),
    'content_id': id,
    'content_name': 'details',
    'campaign': 'campaign_id',
    'session_id': 'visit_id',
    'actor': 'visitor_id',
}, linked=['lead_id'], counts='account_engagement__visitor_activity') }}

select * from final
