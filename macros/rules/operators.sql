{#- Every operator of the rule language, once. The SQL of a condition is made from these lines, the check reads them
    (leadloop/agreement/operators.py) and so do the tests of the seeds. A new operator is a new line here, and a line
    in docs/rules.md that explains it.

    takes     what stands in the column value: nothing, one, list, bounds
    kinds     which fields it compares: text, number, boolean
    reads     how it sees the field: presence (also of what we do not know), text or number
    holds     the SQL: `text` and `number` are the two readings of the field, `value` is the row's;
              a NULL counts as no
    codes     true where the value names whole codes, so that an unknown one is a fault
    floor     true where a number below the first value can never hold -#}
{% macro operators(text='', number='', value='') -%}
    {%- set any = ['text', 'number', 'boolean'] -%}
    {%- set lower_text = 'lower(' ~ text ~ ')' -%}
    {%- set lower_value = 'lower(' ~ value ~ ')' -%}
    {%- set as_number = 'try_cast(' ~ value ~ ' as double)' -%}
    {%- set first = 'try_cast(' ~ list_item(value, 1) ~ ' as double)' -%}
    {%- set second = 'try_cast(' ~ list_item(value, 2) ~ ' as double)' -%}
    {#- 100 and 100.0 are the same number, in whatever digits they are written -#}
    {%- set equal = lower_text ~ ' = ' ~ lower_value ~ ' or ' ~ number ~ ' = ' ~ as_number -%}
    {{ return({
        'eq': {'takes': 'one', 'kinds': any, 'reads': 'text', 'codes': true, 'holds': equal},
        'in': {'takes': 'list', 'kinds': ['text', 'number'], 'reads': 'text', 'codes': true, 'holds': in_list(lower_text, lower_value)},
        'gte': {'takes': 'one', 'kinds': ['number'], 'reads': 'number', 'floor': true, 'holds': number ~ ' >= ' ~ as_number},
        'lte': {'takes': 'one', 'kinds': ['number'], 'reads': 'number', 'holds': number ~ ' <= ' ~ as_number},
        'between': {'takes': 'bounds', 'kinds': ['number'], 'reads': 'number', 'floor': true, 'holds': number ~ ' between ' ~ first ~ ' and ' ~ second},
        'contains': {'takes': 'one', 'kinds': ['text'], 'reads': 'text', 'holds': contains_text(lower_text, lower_value)},
        'prefix': {'takes': 'one', 'kinds': ['text'], 'reads': 'text', 'holds': starts_with_text(lower_text, lower_value)},
        'exists': {'takes': 'nothing', 'kinds': any, 'reads': 'text', 'holds': '1 = 1'},
        'unknown': {'takes': 'nothing', 'kinds': any, 'reads': 'presence', 'holds': text ~ ' is null'},
    }) }}
{%- endmacro %}

{#- The operators with a mark (codes, floor) as a list of SQL texts. -#}
{% macro operators_with(mark) -%}
    {%- set names = [] -%}
    {%- for name, operator in operators().items() if operator.get(mark) -%}
        {%- do names.append("'" ~ name ~ "'") -%}
    {%- endfor -%}
    ({{ names | join(', ') }})
{%- endmacro %}

{#- The value of a condition as it is meant: letters have no case, a list has no order, 50 and 50.0 are one number. -#}
{% macro value_as_meant(operator, value) -%}
    case
        {%- for name, one in operators().items() %}
        {%- if one.takes == 'list' %}
        when {{ operator }} = '{{ name }}' then {{ sorted_list('lower(' ~ value ~ ')') }}
        {%- elif one.takes == 'one' and one.reads == 'number' %}
        when {{ operator }} = '{{ name }}' and try_cast({{ value }} as double) is not null
            then {{ number_as_text('try_cast(' ~ value ~ ' as double)') }}
        {%- endif %}
        {%- endfor %}
        else lower({{ value }})
    end
{%- endmacro %}
