{#- Does an activity answer a question with yes? The model has the activity's columns and `question` with
    field, operator and value. Every field of an activity is text: an id 007 is not 7. -#}
{% macro activity_condition(question) -%}
    {{ condition_state(
        question ~ '.operator', question ~ '.value',
        activity_field_text(question ~ '.field'),
        'cast(null as double)'
    ) }} = 1
{%- endmacro %}
