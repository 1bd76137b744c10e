{#- The legs of a hand-over in their order: name, and the event that ends it. Each begins where the one before ended, the
    first one with the qualification. -#}
{% macro handoff_legs() %}
    {{ return([
        ('listing', 'handoff_listed'),
        ('sync', 'handoff_synced'),
        ('assignment', 'handoff_assigned'),
        ('contact', 'first_contact'),
        ('disposal', 'disposed'),
    ]) }}
{% endmacro %}

{#- What the terms of the agreement may begin and end with, and the instant of handoff_instants that it is. -#}
{% macro handoff_events() %}
    {{ return({
        'mql': 'mql_at',
        'sql': 'sql_at',
        'handoff_listed': 'listed_at',
        'handoff_synced': 'synced_at',
        'handoff_assigned': 'assigned_at',
        'first_contact': 'first_contact_at',
        'opportunity': 'opportunity_at',
        'won': 'won_at',
        'lost': 'lost_at',
        'returned': 'returned_at',
    }) }}
{% endmacro %}

{#- Statuses of a duty: the first three are counted, n of them and k of them met. -#}
{% macro sla_statuses() %}
    {{ return(['met', 'breached', 'open', 'not_due', 'waived', 'unmeasured']) }}
{% endmacro %}

{#- The status of a duty that has an end: `done_at` may be NULL, `closed_at` is when nobody could do it any more. What is due
    in this very instant is not late. -#}
{% macro sla_status(done_at, due_at, closed_at) -%}
    case
        when {{ due_at }} is null then 'unmeasured'
        when {{ done_at }} <= {{ due_at }} then 'met'
        when {{ done_at }} is not null then 'breached'
        when {{ closed_at }} <= {{ due_at }} then 'waived'
        when {{ closed_at }} is not null then 'breached'
        when {{ due_at }} >= {{ as_of() }} then 'not_due'
        else 'open'
    end
{%- endmacro %}

{#- Units that are held against the clock of a hand-over. -#}
{% macro timed_units() %}
    {{ return(['hours', 'business_hours', 'business_days']) }}
{% endmacro %}
