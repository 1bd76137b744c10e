{#- What a lead can bring along to sales: columns of int_leads that a row of handoff_fields may ask for. -#}
{% macro handoff_fields() %}
    {{ return([
        'company_name', 'full_name', 'email', 'job_title', 'job_level', 'department', 'industry', 'employee_count',
        'country', 'prefecture', 'product', 'campaign', 'content',
    ]) }}
{% endmacro %}
