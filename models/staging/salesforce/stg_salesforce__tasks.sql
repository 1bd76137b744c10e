-- ActivityDate is the day a task is due, without a time: when it was done says more, and so does when it was noted.
-- Until intermediate looks its kind up, activity_type holds the word of the tool and answer how the call went.

{{ staged('activities', source('salesforce', 'task'), {
    'activity_id': id_of('salesforce:task', salesforce_id('id')),
    'lead_id': id_of('salesforce', salesforce_id('who_id')),
    'activity_type': "case when coalesce(" ~ parse_boolean('is_closed') ~ ", lower(status) = 'completed', false)"
        ~ " then 'salesforce_task_' || lower(coalesce(case when lower(task_subtype) <> 'task' then " ~ clean_text('task_subtype') ~ " end, "
        ~ clean_text('type') ~ ", 'task')) else 'salesforce_task_open' end",
    'occurred_at': 'coalesce(' ~ salesforce_time('completed_date_time') ~ ', ' ~ salesforce_time('created_date')
        ~ ', ' ~ salesforce_day('activity_date') ~ ')',
    'content_id': id_of('salesforce', salesforce_id('what_id')),
    'content_name': 'subject',
    'answer': 'call_disposition',
    'actor': salesforce_id('owner_id'),
}, where='not ' ~ salesforce_is_gone(is_versioned=true), linked=['lead_id'], counts='salesforce__task') }}

select * from final
