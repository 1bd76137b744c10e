-- Companies write their kind before or behind their name, or not at all. The longest word that stands there is
-- taken off on either side; in the middle it may be part of the name. 髙島屋 and 高島屋 are written alike. Looked up once
-- a distinct name.

with {{ character_forms() }},

leads as (

    select * from {{ ref('int_leads') }}

),

forms as (

    select
        {{ plain_company('form') }} as form,
        place
    from {{ ref('company_forms') }}

),

spellings as (

    select distinct
        company_name,
        {{ plain_company('company_name') }} as plain_name
    from leads
    where company_name is not null

),

names as (

    select
        spellings.company_name,
        translate(spellings.plain_name, letters.old_forms, letters.new_forms) as plain_name
    from spellings
    cross join letters

),

fitting as (

    select
        names.company_name,
        forms.place = 'whole' and names.plain_name = forms.form as is_no_company,
        case
            when forms.place = 'either' and {{ starts_with_text('names.plain_name', 'forms.form') }} then length(forms.form)
            else 0
        end as front_length,
        case
            when forms.place = 'either' and right(names.plain_name, length(forms.form)) = forms.form then length(forms.form)
            when forms.place = 'end' and right(names.plain_name, length(forms.form) + 1) = ' ' || forms.form then length(forms.form)
            else 0
        end as end_length
    from names
    cross join forms

),

measured as (

    select
        company_name,
        max(case when is_no_company then 1 else 0 end) = 1 as is_no_company,
        max(front_length) as front_length,
        max(end_length) as end_length
    from fitting
    group by company_name

),

final as (

    -- an address in the wrong field is a person's, and names no company
    select
        names.company_name,
        nullif(
            replace(
                substring(
                    names.plain_name,
                    measured.front_length + 1,
                    greatest(length(names.plain_name) - measured.front_length - measured.end_length, 0)
                ),
                ' ', ''
            ), ''
        ) as company_word
    from names
    inner join measured on names.company_name = measured.company_name
    where not measured.is_no_company
        and not {{ contains_text('names.plain_name', "'@'") }}

)

select * from final
