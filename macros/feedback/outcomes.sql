{#- What came of an episode, by its columns. -#}
{% macro outcome_of_episode() -%}
    case
        when won_at is not null then 'won'
        when lost_at is not null then 'lost'
        when returned_at is not null then 'returned'
        when opportunity_at is not null then 'open_deal'
        when not is_worked then 'untouched'
        when is_ripe then 'no_deal'
        else 'waiting'
    end
{%- endmacro %}

{#- What the result says of the score. A deal above the threshold is a hit, also where it was lost: the score finds whom to
    talk to. Below it only a win shows a lead that was missed. Without a score nothing is said of it. -#}
{% macro outcome_class(is_above, outcome, opportunity_at) -%}
    case
        when ({{ is_above }}) is null then 'unscored'
        when {{ outcome }} in ('open_deal', 'waiting', 'untouched') then 'undecided'
        when ({{ is_above }}) and ({{ outcome }} in ('won', 'lost') or {{ opportunity_at }} is not null) then 'hit'
        when ({{ is_above }}) then 'false_alarm'
        when {{ outcome }} = 'won' then 'hidden_gem'
        else 'correct_pass'
    end
{%- endmacro %}
