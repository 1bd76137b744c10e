-- When another version of the agreement came into force, for everybody or for one segment.
select
    version,
    segment,
    valid_from_on
from marts.dim_scorecards
where status in ('active', 'retired')
    and valid_from_on is not null
    and (segment = 'all' or ($dimension = 'segment' and segment = $value))
order by valid_from_on, version
