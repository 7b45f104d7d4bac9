drop function if exists oversight_counts(date, date, timestamptz, jsonb);
-- Purpose: to count for each indicator, body and month how many of how many, so that bodies can be compared. It gives
-- counts and nothing of any record; what is silent or in a closed compartment is not counted. Months are those of the
-- wall calendar, from the first day p_from to before p_to. p_levels puts words for a priority on one ladder, and
-- p_reasons are all for which work may be declined, used or not.
create or replace function oversight_counts(p_from date, p_to date, p_now timestamptz, p_levels jsonb, p_reasons text[])
returns table (indicator text, body smallint, month date, numerator bigint, denominator bigint)
language sql stable security definer set search_path = public, pg_temp set timezone = 'Europe/London' as $$
  with told as (
    select s.id, s.body, h.raised_at as at, min(r.recorded_at) filter (where r.owner = s.body) as mine,
           min(r.recorded_at) filter (where r.owner = s.other) as theirs
      from matching_hit_side s join matching_hit h on h.id = s.hit_id
      join selectors_sighting x on x.key = h.key and x.kind = h.kind and x.owner in (s.body, s.other)
       and not x.silent and x.compartment = 0
      join intelligence_item i on i.ref = x.source_ref join intelligence_report r on r.id = i.report_id
     where s.told and s.other_told and s.compartment = 0 and s.other_compartment = 0
       and h.raised_at >= p_from::timestamptz and h.raised_at < p_to::timestamptz
     group by s.id, s.body, h.raised_at
  ), merged as (
    select m.line_id, m.head_id from lines_merge m where m.undone_at is null and m.overtaken_by = ''
  ), said as (
    select e.id, e.line_id, e.statement, e.kind, e.value, e.by_body, e.seen_on from lines_evidence e
     where e.statement <> 'withdrawn' and not e.silent and e.compartment = 0
       and not exists (select from lines_evidence w where w.withdraws_id = e.id)
  ), line as (
    select l.id, l.state, l.added_at, coalesce(m.head_id, l.id) as head, m.line_id is not null as is_merged,
           coalesce(l.lead, (select e.by_body from said e where e.line_id = l.id order by e.id limit 1)) as body
      from lines_line l left join merged m on m.line_id = l.id where l.compartment = 0
  ), shared as (
    select distinct a.line_id as one, b.line_id as other
      from said a join said b on b.statement = 'number' and (b.kind, b.value) = (a.kind, a.value) and b.line_id <> a.line_id
     where a.statement = 'number'
  ), duplicate as (
    select l.id, l.body, l.added_at as at, bool_and(l.head = o.head or exists (
             select from lines_apart p where (p.line_id, p.other_id) in ((l.id, o.id), (o.id, l.id)))) as is_settled
      from shared s join line l on l.id = s.one join line o on o.id = s.other
     where l.state <> 'not a line' and o.state <> 'not a line' group by l.id, l.body, l.added_at
  ), stood as (
    select s.line_id, s.standing, s.lead, s.at, lag(s.standing) over w as before
      from lines_standing s join line l on l.id = s.line_id window w as (partition by s.line_id order by s.id)
  ), taken_up as (
    select s.line_id, min(s.at) as at from stood s where s.standing = 'live' group by s.line_id
  ), both_ends as (
    select l.head from said e join line l on l.id = e.line_id where e.statement in ('exports from', 'imports to')
     group by l.head having count(distinct e.statement) = 2
  ), priority as (
    select distinct on (l.head, e.by_body) l.head, e.by_body as body, e.seen_on,
           coalesce(p_levels ->> e.word, e.word) as level
      from (select said.*, regexp_replace(lower(btrim(regexp_replace(value, '\s+', ' ', 'g'))),
                   '^(priority )?(band )?', '') as word from said where statement = 'own priority') e
      join line l on l.id = e.line_id order by l.head, e.by_body, e.seen_on desc, e.id desc
  ), agreement as (
    select p.body, p.seen_on, min(p.level) over w = max(p.level) over w as is_agreed, count(*) over w as bodies
      from priority p window w as (partition by p.head)
  ), bid_moved as (
    -- A bid goes on to another desk, or is offered to another body: its history tells who decided. Nobody changes body.
    select h.thing_id as bid_id, h.verb, h.at, h.id, p.body_id as body
      from kernel_history h join access_person p on p.id = h.by_person
      join tasking_bid b on b.id = h.thing_id and b.compartment = 0 and not b.silent
     where h.thing = 'bid' and h.verb in ('adopt', 'share', 'turn down', 'accept', 'decline')
  ), before_centre as (
    select b.owner as body, b.state, coalesce(u.at, b.made_at) as at, (
             select min(h.at) from kernel_history h where h.thing = 'bid' and h.thing_id = b.id
                and h.id > coalesce(u.id, 0) and h.verb in ('adopt', 'share', 'turn down', 'allocate')) as decided_at
      from tasking_bid b left join lateral (
             select h.id, h.at from kernel_history h where h.thing = 'bid' and h.thing_id = b.id
                and h.verb in ('escalate', 'refer up') order by h.id desc limit 1) u on true
     where b.level = 'national' and b.compartment = 0 and not b.silent
  ), refusal as (
    select h.bid_id, h.at, h.body, d.reason
      from (select m.bid_id, m.body, m.at, row_number() over (partition by m.bid_id order by m.id) as place
              from bid_moved m where m.verb in ('decline', 'turn down')) h
      join (select d.bid_id, d.reason, row_number() over (partition by d.bid_id order by d.id) as place
              from tasking_decline d) d using (bid_id, place)
  ), court_order as (
    select o.id, o.owner, l.head, o.made_at, o.complied_at, o.replaced_at, (
             select min(h.at) from kernel_history h
              where h.thing = 'court order' and h.thing_id = o.id and h.verb = 'apply') as applied_at
      from orders_order o left join line l on l.id = o.line_id where o.compartment = 0 and not o.silent
  ), closure as (
    select s.line_id, s.lead as body, s.at, exists (
             select from operations_operation o where o.kind = 'week' and o.state not in ('planned', 'called off')
                and s.at::date between o.starts_on and o.ends_on) as is_in_week,
           not exists (select from lines_standing r where r.line_id = s.line_id and r.standing = 'reopened'
                          and r.at > s.at and r.at <= s.at + interval '90 days') as is_lasting
      from stood s join line l on l.id = s.line_id and not l.is_merged
     where s.standing like 'closed %' and coalesce(s.before, '') not like 'closed %'
       and s.at + interval '90 days' <= p_now
  ), counted (indicator, body, at, is_so) as (
    select 'told-in-a-day', body, at, at <= greatest(mine, theirs) + interval '24 hours' from told
     where mine is not null and theirs is not null
    union all
    select 'told-in-a-month', body, at, at <= least(mine, theirs) + interval '28 days' from told
     where mine is not null and theirs is not null
    union all
    select 'answered', s.body, s.answer_by, exists (
             select from kernel_history h where h.thing = 'hit' and h.thing_id = s.id and h.at <= s.answer_by)
      from matching_hit_side s where s.told and s.compartment = 0 and s.answer_by <= p_now
       and s.answer_by >= p_from::timestamptz and s.answer_by < p_to::timestamptz
    union all
    select 'duplicates', body, at, is_settled from duplicate
    union all
    select 'taken-up', l.body, l.added_at, exists (
             select from lines_standing s where s.line_id = l.id and s.standing <> 'proposed'
                and s.at <= l.added_at + interval '28 days')
      from line l where not l.is_merged and l.added_at + interval '28 days' <= p_now and exists (
             select from stood s where s.line_id = l.id and s.before is null and s.standing = 'proposed')
    union all
    select 'mapped', l.body, t.at, exists (select from both_ends b where b.head = l.id)
      from line l join taken_up t on t.line_id = l.id where not l.is_merged
    union all
    select 'agreed', body, seen_on::timestamptz, is_agreed from agreement where bodies > 1
    union all
    select 'adopted', body, at, verb <> 'turn down' from bid_moved where verb in ('adopt', 'share', 'turn down')
    union all
    select 'accepted', body, at, verb = 'accept' from bid_moved where verb in ('accept', 'decline')
    union all
    select 'declined-' || replace(r.reason, ' ', '-'), d.body, d.at, d.reason = r.reason
      from refusal d cross join unnest(p_reasons) as r (reason)
    union all
    select 'centre', body, at, coalesce(decided_at <= at + interval '19 days', false) from before_centre
     where at + interval '19 days' <= p_now and (state <> 'withdrawn' or decided_at is not null)
    union all
    select 'ordered', l.body, t.at, coalesce(o.at >= t.at, false)
      from line l join taken_up t on t.line_id = l.id
      left join (select head, max(applied_at) as at from court_order group by head) o on o.head = l.id
     where not l.is_merged
    union all
    select 'applied', owner, made_at, applied_at is not null from court_order
    union all
    select 'quiet', owner, complied_at, coalesce(replaced_at > complied_at + interval '24 hours', true)
      from court_order where complied_at + interval '24 hours' <= p_now
    union all
    select 'interest-answered', q.body, q.answer_by, coalesce(q.answered_at <= q.answer_by, false) from orders_question q
     where q.answer_by <= p_now and q.compartment = 0 and not q.silent
    union all
    select 'bailed', a.owner, h.at, h.verb = 'bail' from kernel_history h join custody_arrest a on a.id = h.thing_id
     where h.thing = 'arrest' and h.before = 'in custody' and h.verb in ('bail', 'release')
       and a.compartment = 0 and not a.silent
    union all
    select 'referred', c.owner, c.raised_at, exists (
             select from safeguarding_referral r where r.concern_id = c.id
                and r.state not in ('drafted', 'withdrawn', 'notified'))
      from safeguarding_concern c where c.age = 'child' and c.state not in ('proposed', 'set aside')
       and c.compartment = 0 and not c.silent
    union all
    select 'defence', c.owner, c.raised_at, exists (
             select from safeguarding_step s where s.concern_id = c.id and s.kind = 'section 45')
      from safeguarding_concern c where 'criminal exploitation' = any(c.harms)
       and c.state not in ('proposed', 'set aside') and c.compartment = 0 and not c.silent
    union all
    select case when is_in_week then 'week-lasts' else 'other-lasts' end, body, at, is_lasting from closure
  )
  select c.indicator, c.body::smallint, date_trunc('month', c.at)::date, count(*) filter (where c.is_so), count(*)
    from counted c
   where tl_may('oversight:read') and c.body is not null and c.at >= p_from::timestamptz and c.at < p_to::timestamptz
   group by 1, 2, 3 order by 1, 2, 3 $$;
