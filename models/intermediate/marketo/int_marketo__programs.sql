-- Programs with their channel in our words.

with programs as (

    select
        program_id,
        max(name) as name,
        max(channel) as channel
    from {{ ref('stg_marketo__program') }}
    where program_id is not null
    group by program_id

),

channels as (

    select * from {{ ref('marketo_program_channels') }}

),

final as (

    select
        programs.program_id,
        programs.name,
        programs.channel as source_channel,
        channels.channel
    from programs
    left join channels on lower(programs.channel) = channels.program_channel

)

select * from final
