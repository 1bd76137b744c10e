-- Which browsers call themselves a machine. Each name is looked at once: there are few of them, and many events.

with agents as (

    select distinct user_agent
    from {{ ref('stg_marketo__activities') }}
    where user_agent is not null

),

words as (

    select * from {{ ref('bot_user_agents') }}

),

final as (

    select
        agents.user_agent,
        'bot: ' || min(words.pattern) as actor
    from agents
    inner join words on {{ contains_text('lower(agents.user_agent)', 'words.pattern') }}
    group by agents.user_agent

)

select * from final
