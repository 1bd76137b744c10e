-- The grades that occur, for the filter of the lead list.
select grade, cast(count(*) as bigint) as leads
from marts.lead_scores
where grade is not null
group by grade
order by grade
limit 50
