{{ staged('activities', source('freeasy', 'survey_answer'), {
    'activity_id': "'freeasy:' || md5(concat_ws('|', trim(lead_key), survey, question, answer, answered_at))",
    'lead_id': 'lead_key',
    'activity_type': "'survey_answer'",
    'occurred_at': 'answered_at',
    'content_id': 'survey',
    'content_name': 'question',
    'content_type': "'survey'",
    'campaign': 'survey',
    'answer': 'answer',
}, where=clean_text('lead_key') ~ ' is not null', counts='freeasy__survey_answer') }}

select * from final
