{#- The event types that a term of feedback_terms names, as a query. -#}
{% macro types_of_term(term) -%}
    select distinct subject_types.activity_type
    from {{ ref('scoring_subject_types') }} as subject_types
    inner join {{ ref('feedback_terms') }} as terms
        on terms.term = '{{ term }}'
        and {{ in_list('subject_types.subject', 'terms.value') }}
{%- endmacro %}

{#- The number that a term of feedback_terms holds, as a query of one row. -#}
{% macro value_of_term(term) -%}
    select max(try_cast(value as double)) as {{ term }}
    from {{ ref('feedback_terms') }}
    where term = '{{ term }}'
{%- endmacro %}
