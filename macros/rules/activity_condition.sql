{#- Does an activity answer a question with yes? The model has the activity's columns and `question` with
    field, operator and value. -#}
{% macro activity_condition(question) -%}
    {{ condition_state(
        question ~ '.operator', question ~ '.value',
        activity_field_text(question ~ '.field'),
        'try_cast(' ~ activity_field_text(question ~ '.field') ~ ' as double)'
    ) }} = 1
{%- endmacro %}
