-- What each model of attribution_weights gives each touch of a deal. A touch collects the weights of all positions
-- it holds; several touches in one position share it; what a model gives to positions that nobody holds in the deal
-- goes to the others in proportion to their weights. A model without any of its positions has no row.

with touchpoints as (

    select * from {{ ref('fct_touchpoints') }}
    where deal_id is not null

),

weights as (

    select * from {{ ref('attribution_weights') }}
    where weight > 0

),

held as (

    {%- for position, condition in touch_positions().items() %}
    select deal_id, touch_id, '{{ position }}' as position
    from touchpoints
    where {{ condition }}
    {%- if not loop.last %}
    union all
    {%- endif -%}
    {%- endfor %}

),

named as (

    select
        held.deal_id,
        held.touch_id,
        weights.model,
        weights.position,
        weights.weight,
        cast(1 as double) as part
    from held
    inner join weights on held.position = weights.position

),

fading as (

    -- Halved by the days before the last touch and not before the close: the shares are the same, and the last one
    -- never fades away to 0.
    select
        touchpoints.deal_id,
        touchpoints.touch_id,
        weights.model,
        weights.position,
        weights.weight,
        power(
            cast(2 as double),
            - {{ days_between(
                'touchpoints.touched_at',
                'max(touchpoints.touched_at) over (partition by touchpoints.deal_id)',
            ) }} / weights.half_life_days
        ) as part
    from touchpoints
    inner join weights on weights.position = 'decay'

),

middles as (

    select
        touchpoints.deal_id,
        touchpoints.touch_id,
        weights.model,
        weights.position,
        weights.weight,
        cast(1 as double) as part
    from touchpoints
    inner join weights on weights.position = 'middle'
    left join (select distinct deal_id, touch_id, model from named) as taken
        on touchpoints.deal_id = taken.deal_id
        and touchpoints.touch_id = taken.touch_id
        and weights.model = taken.model
    where taken.touch_id is null

),

placed as (

    select * from named
    union all
    select * from fading
    union all
    select * from middles

),

parts as (

    select
        deal_id,
        touch_id,
        model,
        weight * part / sum(part) over (partition by deal_id, model, position) as share
    from placed

),

final as (

    select
        deal_id,
        touch_id,
        model,
        sum(share) as share
    from parts
    group by deal_id, touch_id, model

)

select * from final
