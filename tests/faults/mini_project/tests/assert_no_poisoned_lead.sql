-- A row means that the fault tests loaded a lead which must never be published.
select lead_id
from {{ ref('dim_leads') }}
where lead_id = 'poison'
