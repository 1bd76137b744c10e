select
    '{{ var("run_id") }}' as run_id,
    date '2026-10-01' as period,
    'linear' as model,
    count(*)::decimal(18, 2) as revenue_booked,
    count(*)::decimal(18, 2) as revenue_attributed,
    0::decimal(18, 2) as revenue_unattributed,
    0::decimal(18, 2) as revenue_outside_window,
    0::decimal(18, 2) as revenue_without_contact_role,
    0::decimal(18, 2) as difference
from {{ ref('dim_leads') }}
