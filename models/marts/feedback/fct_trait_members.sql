-- Who stands behind a figure of mart_trait_lift: the members of each group with their traits.

with populations as (

    select * from {{ ref('feedback_populations') }}
    where is_member

),

traits as (

    select * from {{ ref('feedback_traits') }}

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        populations.trait_group,
        populations.lead_id,
        populations.episode_no,
        traits.trait,
        traits.value
    from populations
    inner join traits
        on populations.lead_id = traits.lead_id
        and populations.episode_no = traits.episode_no
        and populations.moment = traits.moment

)

select * from final
