-- The engine's doors: the only places where rows are seen past the reader's own view. Each states its purpose.
-- They are in plpgsql, which keeps a plan for the session: a function in SQL is planned anew at each call.

-- Purpose: to leave to the step that waits what it will count itself: sightings noted and not matched yet.
create or replace function matching_pending() returns setof bigint language sql stable security definer
set search_path = public, pg_temp as $$
  select jsonb_array_elements_text(f.payload->'sightings')::bigint
    from kernel_step s join kernel_fact f on f.id = s.fact_id
   where (s.state = 'waiting' or s.state = 'failed') and s.step = 'match_sightings' $$; -- each by its own small index

-- How often a count has doubled since 1, in floating point: the exact logarithm of a numeric takes a hundred times longer.
create or replace function matching_doublings(p_times int) returns int language sql immutable as
$$ select floor(ln(p_times::float8) / ln(2::float8) + 1e-9)::int $$;

-- Purpose: to index these sightings and say which new postings met another body's, and what is to be ranked. Exactly once
-- per sighting: the caller's step guarantees it, and raises the hits in the same transaction with ``matching_raise``.
-- Keys are locked in order (4,096 buckets), so that two bodies entering one number at the same moment still meet.
-- Its plans are made once a session: for five sightings, planning anew took three times as long as the work.
create or replace function matching_post(p_sightings bigint[]) returns jsonb language plpgsql security definer
set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare f_kinds text[]; f_keys text[]; f_bodies smallint[]; opened bigint[]; met jsonb; counted jsonb;
begin
  perform pg_advisory_xact_lock(7301, bucket) from (
    select distinct (hashtextextended(kind || ':' || key, 0) & 4095)::int as bucket
      from selectors_sighting where id = any(p_sightings) order by 1) b;

  with posted as (
    insert into matching_holding as h (kind, key, body, times, silent_times, first_on, last_on, compartment)
      select kind, key, owner, count(*), count(*) filter (where silent), min(seen_on), max(seen_on), min(compartment)
        from selectors_sighting where id = any(p_sightings) group by kind, key, owner order by key, kind, owner
    on conflict (key, kind, body) do update set
      times = h.times + excluded.times, silent_times = h.silent_times + excluded.silent_times,
      first_on = least(h.first_on, excluded.first_on), last_on = greatest(h.last_on, excluded.last_on),
      compartment = least(h.compartment, excluded.compartment)
    returning kind, key, body, (xmax = 0) as fresh
  ) select array_agg(kind), array_agg(key), array_agg(body) into f_kinds, f_keys, f_bodies from posted where fresh;

  if exists (select 1 from access_compartment) then
    select matching_open(array_agg(kind), array_agg(key)) into opened from selectors_sighting where id = any(p_sightings);
  else
    opened := matching_open(f_kinds, f_keys);
  end if;

  -- A value that is everywhere has a thousand hits: they are ranked again when a holder joins or the count doubles.
  with counts as (
    select h.kind, h.key, greatest(count(*) filter (where h.silent_times = 0), 2) as holders,
           greatest(sum(h.times) filter (where h.silent_times = 0), 2) as times, count(*) as postings
      from matching_holding h
      join (select distinct kind, key from selectors_sighting where id = any(p_sightings)) k
        on k.key = h.key and k.kind = h.kind
     group by h.kind, h.key having count(*) > 1
  ), joined as (
    select f.* from unnest(f_kinds, f_keys, f_bodies) as f(kind, key, body) join counts c using (kind, key)
  ) select (select jsonb_agg(jsonb_build_array(kind, key, body)) from joined),
           (select jsonb_agg(jsonb_build_array(kind, key, holders, times, postings)) from counts c
             where (kind, key) in (select kind, key from joined) or not exists (
               select from (select * from matching_hit t where t.key = c.key and t.kind = c.kind limit 1) t
                where t.common and t.holders >= c.holders
                  and matching_doublings(t.times) >= matching_doublings(c.times::int)))
      into met, counted;
  return jsonb_build_object('opened', coalesce(to_jsonb(opened), '[]'), 'met', coalesce(met, '[]'),
                            'counted', coalesce(counted, '[]'));
end $$;

-- Purpose: a marking keeps its silence and its compartment once selectors are noted under it: the index and the hits have
-- copied both, and what another body was told by them cannot be taken back. To change one, withdraw and note anew.
create or replace function matching_keep_labels() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  if exists (select from selectors_sighting s where s.marking_id = new.id) then
    raise exception 'selectors are noted under marking %: its silence and its compartment stay', new.id
      using errcode = '23514';
  end if;
  return null;
end $$;
create or replace trigger access_marking_indexed after update on access_marking for each row
when (old.silent is distinct from new.silent or old.compartment is distinct from new.compartment)
execute function matching_keep_labels();

-- Purpose: to open hits that a silence or a compartment kept from a side, once its ground has gone. A hit is never
-- closed again: its side knows of it. Gives the sides that are to be told now.
create or replace function matching_open(p_kinds text[], p_keys text[]) returns bigint[] language plpgsql
security definer set search_path = public, pg_temp as $$
declare opened bigint[];
begin
  if not exists (
    select from unnest(p_kinds, p_keys) as k(kind, key) join matching_hit h on h.key = k.key and h.kind = k.kind
     where not (h.told_a and h.told_b and h.compartment_a = 0 and h.compartment_b = 0)) then
    return '{}'; -- as nearly always: what follows costs more to set up than to find nothing
  end if;
  with now as (
    select h.id, h.told_a or coalesce(hb.silent_times = 0, false) as told_a,
           h.told_b or coalesce(ha.silent_times = 0, false) as told_b,
           case when ha.compartment = 0 then 0 else h.compartment_a end as compartment_a,
           case when hb.compartment = 0 then 0 else h.compartment_b end as compartment_b
      from (select distinct kind, key from unnest(p_kinds, p_keys) as u(kind, key)) k
      join matching_hit h on h.key = k.key and h.kind = k.kind
      left join matching_holding ha on ha.key = h.key and ha.kind = h.kind and ha.body = h.body_a
      left join matching_holding hb on hb.key = h.key and hb.kind = h.kind and hb.body = h.body_b
     where not (h.told_a and h.told_b and h.compartment_a = 0 and h.compartment_b = 0)
  ), changed as (
    update matching_hit h set told_a = n.told_a, told_b = n.told_b, compartment_a = n.compartment_a,
           compartment_b = n.compartment_b
      from now n
     where h.id = n.id and (h.told_a, h.told_b, h.compartment_a, h.compartment_b)
        is distinct from (n.told_a, n.told_b, n.compartment_a, n.compartment_b) returning h.*
  ), sides as (
    select s.id, s.told as was_told, s.compartment as was_in,
           case when s.body = c.body_a then c.told_a else c.told_b end as told,
           case when s.body = c.body_a then c.told_b else c.told_a end as other_told,
           case when s.body = c.body_a then c.compartment_a else c.compartment_b end as compartment,
           case when s.body = c.body_a then c.compartment_b else c.compartment_a end as other_compartment
      from changed c join matching_hit_side s on s.hit_id = c.id
  ), written as (
    update matching_hit_side s set told = n.told, other_told = n.other_told, compartment = n.compartment,
           other_compartment = n.other_compartment
      from sides n where s.id = n.id
  ) select array_agg(id order by id) into opened from sides
     where told and (not was_told or was_in <> compartment);
  return coalesce(opened, '{}');
end $$;

-- Purpose: to raise one hit for each selector and pair of bodies in which a fresh posting meets another, with the rarity
-- that the pure rule gave its value. References are drawn by lot, so among millions two come out alike: the hit that
-- finds its reference taken is drawn again.
create or replace function matching_raise(
  p_kinds text[], p_keys text[], p_bodies smallint[], s_kinds text[] default '{}', s_keys text[] default '{}',
  s_holders int[] default '{}', s_times int[] default '{}', s_common boolean[] default '{}',
  s_rarity double precision[] default '{}', p_ordinary timestamptz default null, p_urgent timestamptz default null,
  p_urgent_from double precision default null) returns bigint[]
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare raised bigint[] := '{}'; now_raised bigint[]; met bigint;
begin
  loop
    with fresh as (select * from unnest(p_kinds, p_keys, p_bodies) as f(kind, key, body)),
    score as (select * from unnest(s_kinds, s_keys, s_holders, s_times, s_common, s_rarity)
                as s(kind, key, holders, times, common, rarity)),
    pairs as (
      select distinct f.kind, f.key, least(f.body, o.body) as a, greatest(f.body, o.body) as b
        from fresh f join matching_holding o on o.key = f.key and o.kind = f.kind and o.body <> f.body
       where not exists (select from matching_hit t where t.key = f.key and t.kind = f.kind
                            and t.body_a = least(f.body, o.body) and t.body_b = greatest(f.body, o.body))
    ), new_hits as (
      insert into matching_hit (ref, kind, key, body_a, body_b, told_a, told_b, compartment_a, compartment_b,
                                holders, times, common, raised_at)
        select kernel_new_ref('HI'), p.kind, p.key, p.a, p.b, hb.silent_times = 0, ha.silent_times = 0,
               ha.compartment, hb.compartment, coalesce(s.holders, 2), coalesce(s.times, ha.times + hb.times),
               coalesce(s.common, false), clock_timestamp()
          from pairs p
          join matching_holding ha on ha.key = p.key and ha.kind = p.kind and ha.body = p.a
          join matching_holding hb on hb.key = p.key and hb.kind = p.kind and hb.body = p.b
          left join score s on s.key = p.key and s.kind = p.kind
         order by p.key, p.kind, p.a, p.b
      on conflict do nothing returning *
    ), ranked as (
      select h.*, coalesce(s.rarity, 0) as rarity from new_hits h left join score s using (kind, key)
    ), sides as (
      insert into matching_hit_side (hit_id, kind, body, other, told, other_told, compartment, other_compartment, state,
                                     rarity, reason, decided_by, answer_by)
        select id, kind, body_a, body_b, told_a, told_b, compartment_a, compartment_b, 'raised', rarity, '', '',
               case when told_a then case when rarity >= p_urgent_from then p_urgent else p_ordinary end end from ranked
        union all
        select id, kind, body_b, body_a, told_b, told_a, compartment_b, compartment_a, 'raised', rarity, '', '',
               case when told_b then case when rarity >= p_urgent_from then p_urgent else p_ordinary end end from ranked
    ) select coalesce(array_agg(id), '{}'), (select count(*) from pairs) into now_raised, met from new_hits;
    raised := raised || now_raised;
    exit when cardinality(now_raised) = met;
  end loop;
  return raised;
end $$;

-- Purpose: to write the rarity that the pure rule gave on the hits that stood already. Counts move in doublings, so a value that is everywhere is
-- not rewritten at each new sighting; and they only rise, since a fall would tell that a holder has gone silent.
create or replace function matching_rank(p_kinds text[], p_keys text[], p_holders int[], p_times int[],
                                         p_common boolean[], p_rarity double precision[]) returns void
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  with given as (select * from unnest(p_kinds, p_keys, p_holders, p_times, p_common, p_rarity)
                   as g(kind, key, holders, times, common, rarity)),
  changed as (
    update matching_hit h set holders = g.holders, times = g.times, common = g.common from given g
     where h.key = g.key and h.kind = g.kind
       and ((g.holders >= h.holders and g.times >= h.times
             and (h.holders <> g.holders or matching_doublings(h.times) <> matching_doublings(g.times)
                  or h.common <> g.common))
            or exists (select 1 from matching_hit_side s where s.hit_id = h.id and s.rarity = 0))
    returning h.id, g.rarity
  ) update matching_hit_side s set rarity = c.rarity from changed c where s.hit_id = c.id and s.rarity <> c.rarity;
end $$;

-- Purpose: to withdraw sightings: delete them, count their selectors afresh, and open what a silence kept quiet.
create or replace function matching_forget(p_sightings bigint[]) returns bigint[] language plpgsql security definer
set search_path = public, pg_temp as $$
declare k_kinds text[]; k_keys text[];
begin
  perform pg_advisory_xact_lock(7301, bucket) from (
    select distinct (hashtextextended(kind || ':' || key, 0) & 4095)::int as bucket
      from selectors_sighting where id = any(p_sightings) order by 1) b;
  with gone as (delete from selectors_sighting where id = any(p_sightings) returning kind, key)
    select array_agg(kind), array_agg(key) into k_kinds, k_keys from (select distinct kind, key from gone) d;
  delete from matching_holding h using unnest(k_kinds, k_keys) as k(kind, key) where h.key = k.key and h.kind = k.kind;
  insert into matching_holding (kind, key, body, times, silent_times, first_on, last_on, compartment)
    select s.kind, s.key, s.owner, count(*), count(*) filter (where s.silent), min(s.seen_on), max(s.seen_on),
           min(s.compartment)
      from selectors_sighting s join unnest(k_kinds, k_keys) as k(kind, key) on s.key = k.key and s.kind = k.kind
     where s.source <> 'version' and not exists (select 1 from matching_pending() p where p = s.id)
     group by s.kind, s.key, s.owner;
  perform matching_people_forget(p_sightings, k_kinds, k_keys);
  return matching_open(k_kinds, k_keys);
end $$;

-- Purpose: to build the whole index again from the sightings, and raise whatever hits are missing, those of some
-- thousands of postings at a time. The steps that wait are left to add their own.
create or replace function matching_rebuild() returns bigint language plpgsql security definer
set search_path = public, pg_temp set work_mem = '256MB' as $$
declare f_kinds text[]; f_keys text[]; f_bodies smallint[]; postings bigint;
begin
  truncate matching_holding;
  insert into matching_holding (kind, key, body, times, silent_times, first_on, last_on, compartment)
    select kind, key, owner, count(*), count(*) filter (where silent), min(seen_on), max(seen_on), min(compartment)
      from selectors_sighting s
     where s.source <> 'version' and not exists (select 1 from matching_pending() p where p = s.id)
     group by key, kind, owner order by key, kind, owner;
  get diagnostics postings = row_count;
  for f_kinds, f_keys, f_bodies in
    select array_agg(kind), array_agg(key), array_agg(body) from (
      select h.kind, h.key, h.body, row_number() over (order by h.key, h.kind, h.body) / 10000 as part
        from matching_holding h
       where exists (select from matching_holding o where o.key = h.key and o.kind = h.kind and o.body > h.body
          and not exists (select from matching_hit t where t.key = h.key and t.kind = h.kind
                             and t.body_a = h.body and t.body_b = o.body))) missing
     group by part order by part
  loop
    perform matching_raise(f_kinds, f_keys, f_bodies);
  end loop;
  return postings;
end $$;

-- Purpose: to tell the sides of these hits, and these sides of others. One row for each side that is told, as long
-- as it still holds the selector.
create or replace function matching_sides_to_tell(p_hits bigint[], p_sides bigint[]) returns table
  (ref text, kind text, key text, body smallint, other smallint, compartment smallint, held_since date, common boolean,
   answer_by timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query select h.ref, h.kind, h.key, s.body, s.other, s.compartment, o.first_on, h.common, s.answer_by
    from matching_hit h join matching_hit_side s on s.hit_id = h.id
    join matching_holding o on o.key = h.key and o.kind = h.kind and o.body = s.body
   where (s.hit_id = any(p_hits) or s.id = any(p_sides)) and s.told order by h.id, s.body;
end $$;

-- Purpose: to start the clock of sides that are told only now, since a silence or a compartment has ended.
create or replace function matching_start_clocks(p_sides bigint[], p_ordinary timestamptz, p_urgent timestamptz,
                                                 p_urgent_from double precision) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update matching_hit_side set answer_by = case when rarity >= p_urgent_from then p_urgent else p_ordinary end
   where id = any(p_sides) and told and state = 'raised' and answer_by is null;
end $$;

-- Purpose: to mark the sides that were not answered by this moment, and to escalate each once to the body that
-- co-ordinates its own. Only where both bodies are told and neither holds it in a compartment: a region must not
-- learn from a clock what is kept from the other side, or for a closed circle.
create or replace function matching_escalate(p_moment timestamptz, p_at timestamptz, p_bodies smallint[], p_regions smallint[])
returns table (hit text, kind text, body smallint, other smallint, compartment smallint, region smallint)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query with late as (
    select s.id, r.region from matching_hit_side s
      left join unnest(p_bodies, p_regions) as r(body, region)
        on r.body = s.body and s.other_told and s.compartment = 0 and s.other_compartment = 0
     where s.answer_by = p_moment and s.state = 'raised' and s.told and not s.overdue
     order by s.id for update of s
  ), marked as (
    update matching_hit_side s set overdue = true, escalated_at = case when late.region is null then null else p_at end
      from late where s.id = late.id
    returning s.id, s.hit_id, s.kind, s.body, s.other, s.compartment, s.answer_by, late.region
  ), told as (
    insert into matching_hit_escalation (hit, kind, body, other, region, answer_by, at)
      select h.ref, m.kind, m.body, m.other, m.region, m.answer_by, p_at
        from marked m join matching_hit h on h.id = m.hit_id where m.region is not null order by m.id
    on conflict do nothing
  ) select h.ref, m.kind, m.body, m.other, m.compartment, m.region
      from marked m join matching_hit h on h.id = m.hit_id order by m.id;
end $$;

-- Purpose: to end what a side's lateness brought about, once it is answered.
create or replace function matching_answered() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  if new.escalated_at is not null then
    update matching_hit_escalation e set answered_at = clock_timestamp()
      from matching_hit h where h.id = new.hit_id and e.hit = h.ref and e.body = new.body;
  end if;
  new.overdue := false;
  return new;
end $$;
create or replace trigger matching_hit_side_answered before update of state on matching_hit_side
for each row when (old.state = 'raised' and new.state <> 'raised') execute function matching_answered();

-- Purpose: to tell a body that one of its people asks for a second look, in each compartment the count that it holds.
create or replace function matching_second_look_to_tell(p_batch text) returns table
  (body smallint, asked_by text, compartment smallint, hits bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query select l.body, l.asked_by, l.compartment, count(*) from matching_second_look l
   where l.batch = p_batch and l.state = 'asked' group by l.body, l.asked_by, l.compartment order by l.compartment;
end $$;

-- Purpose: to tell the other body of a note that it may read: who wrote, on which hit. The words stay in the thread.
-- Where each side is in a compartment of its own, no one notice would fit both lists: it is found on the page.
create or replace function matching_note_to_tell(p_note bigint) returns table
  (hit text, body smallint, person_name text, other smallint, compartment smallint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query select h.ref, n.body, n.person_name, n.other, greatest(n.compartment, n.other_compartment)
    from matching_hit_note n join matching_hit h on h.id = n.hit_id
   where n.id = p_note and n.shared
     and (n.compartment = 0 or n.other_compartment = 0 or n.compartment = n.other_compartment);
end $$;

-- Purpose: to tell every holder, silent or not, that its selector was asked about.
create or replace function matching_holders_to_tell(p_enquiry bigint) returns table
  (enquiry_ref text, kind text, key text, asked_by smallint, person_name text, why text, is_unnamed boolean,
   body smallint, compartment smallint, is_silent boolean)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query select e.ref, e.kind, e.key, e.body, e.person_name, e.why, e.silent, h.body, h.compartment,
                      h.silent_times > 0
    from matching_enquiry e join matching_holding h on h.key = e.key and h.kind = e.kind
   where e.id = p_enquiry and h.body <> e.body order by h.body;
end $$;

-- Purpose: to tell every holder of values on a list, silent or not, that they were asked about: the same, for all
-- enquiries of one bulk check at once.
create or replace function matching_holders_of_bulk(p_bulk text) returns table
  (enquiry_ref text, kind text, key text, asked_by smallint, person_name text, why text, is_unnamed boolean,
   body smallint, compartment smallint, is_silent boolean)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query select e.ref, e.kind, e.key, e.body, e.person_name, e.why, e.silent, h.body, h.compartment,
                      h.silent_times > 0
    from matching_enquiry e join matching_holding h on h.key = e.key and h.kind = e.kind
   where e.bulk = p_bulk and p_bulk <> '' and h.body <> e.body order by h.body, h.compartment, e.id;
end $$;

-- Purpose: to show a holder which of its values a list asked about, once it was told of them. The list itself, and what
-- else stands on it, stay with whoever asked.
create or replace function matching_asked_of_us(p_bulk text) returns table
  (enquiry_ref text, kind text, key text, asked_by smallint, person_name text, why text, at timestamptz, is_silent boolean)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  r_body smallint := tl_body(); r_clearance smallint := tl_clearance(); r_compartments smallint[] := tl_compartments();
begin
  if r_body is null or coalesce(r_clearance, -1) < 0 or not tl_may('notice:read') then
    return;
  end if;
  return query
    select e.ref, e.kind, e.key, case when e.silent then null else e.body end,
           case when e.silent then '' else e.person_name end, case when e.silent then '' else e.why end, e.at,
           h.silent_times > 0
      from matching_enquiry e join matching_holding h on h.key = e.key and h.kind = e.kind and h.body = r_body
     where e.bulk = p_bulk and p_bulk <> '' and e.body <> r_body
       and (h.compartment = 0 or h.compartment = any(r_compartments)) order by e.id;
end $$;

-- Purpose: enquiries are intelligence. To say which other bodies asked about these values since a moment, to whoever
-- holds them, and to whoever has asked about them too. An enquiry marked silent is told to a holder without the name of
-- the body, and to nobody else. Whether the other body holds the value changes nothing here, so nothing can be read off
-- it; what one's own body holds in a compartment counts for those on its list.
create or replace function matching_asked(p_kinds text[], p_keys text[], p_since timestamptz) returns table
  (kind text, key text, asked_by smallint, at timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  r_body smallint := tl_body(); r_clearance smallint := tl_clearance(); r_compartments smallint[] := tl_compartments();
begin
  if r_body is null or coalesce(r_clearance, -1) < 0 or not tl_may('check:run') then
    return;
  end if;
  return query
    with wanted as (select distinct * from unnest(p_kinds, p_keys) as w(kind, key)),
    known as (
      select w.kind, w.key,
             exists (select from matching_holding h where h.key = w.key and h.kind = w.kind and h.body = r_body
                        and (h.compartment = 0 or h.compartment = any(r_compartments))) as holds,
             exists (select from matching_enquiry o where o.key = w.key and o.kind = w.kind and o.body = r_body
                        and o.at >= p_since) as asked
        from wanted w
    )
    select e.kind, e.key, case when e.silent then null else e.body end, e.at
      from known k join matching_enquiry e on e.key = k.key and e.kind = k.kind
     where e.body <> r_body and e.at >= p_since and (k.holds or (k.asked and not e.silent)) order by e.at desc;
end $$;

-- Purpose: to tell two bodies that both asked about one value. Only openly asked enquiries count, and each pair is told
-- once, when the second of the two first asks. A body that holds the value is left out: it is told as its holder.
create or replace function matching_fellow_enquirers(p_enquiries bigint[], p_since timestamptz) returns table
  (kind text, key text, told smallint, other smallint, at timestamptz, own_at timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query
    with first as (
      select e.* from matching_enquiry e where e.id = any(p_enquiries) and not e.silent and not exists (
        select from matching_enquiry o where o.key = e.key and o.kind = e.kind and o.body = e.body and o.id < e.id
           and not o.silent and o.at >= p_since)
    ), pairs as (
      select f.kind, f.key, f.body as newer, f.at as newer_at, o.body as older, max(o.at) as older_at
        from first f join matching_enquiry o on o.key = f.key and o.kind = f.kind and o.body <> f.body and o.id < f.id
       where not o.silent and o.at >= p_since group by f.id, f.kind, f.key, f.body, f.at, o.body
    ), both_ways as (
      select kind, key, older as told, newer as other, newer_at as at, older_at as own_at from pairs
      union all
      select kind, key, newer, older, older_at, newer_at from pairs
    ) select b.* from both_ways b where not exists (
        select from matching_holding h where h.key = b.key and h.kind = b.kind and h.body = b.told and h.compartment = 0)
      order by b.told, b.kind, b.key, b.other;
end $$;

-- Purpose: check before acting. Every sighting that the reader may know, and a pointer to each body that holds more,
-- unless that body keeps the selector silent. Times and dates of what is only pointed to stay with the holder.
-- With a moment, what was noted later stays out: an answer opened again tells no more than when it was asked for.
-- One pass over the sightings of the selector: two queries, or one with a common table, cost half as much again.
create or replace function matching_check(p_kind text, p_key text, p_noted_by timestamptz default 'infinity') returns table
  (degree text, body smallint, source text, ref text, grade text, seen_on date)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  r_body smallint := tl_body(); r_person integer := tl_person(); r_clearance smallint := tl_clearance();
  r_conditions smallint := tl_conditions(); r_compartments smallint[] := tl_compartments();
  r_teams integer[] := tl_teams();
  is_known boolean; is_silent boolean; is_late boolean; hidden smallint[] := '{}'; quiet smallint[] := '{}';
begin
  if r_body is null or coalesce(r_clearance, -1) < 0 or not tl_may('check:run') then
    return;
  end if;
  degree := 'content';
  for body, source, ref, grade, seen_on, is_silent, is_late, is_known in
    select s.owner, s.source, s.source_ref, s.grade, s.seen_on, s.silent, s.noted_at > p_noted_by, {{may_know:s}}
      from selectors_sighting s where s.key = p_key and s.kind = p_kind
  loop
    if is_silent and body <> r_body then
      quiet := quiet || body; -- a later silence too
    end if;
    if is_late then
      continue;
    elsif is_known then
      return next;
    elsif source <> 'version' and body <> all(hidden) then -- a version is not a second holding
      hidden := hidden || body;
    end if;
  end loop;
  degree := 'existence'; source := ''; ref := ''; grade := ''; seen_on := null;
  foreach body in array hidden loop
    if body <> all(quiet) then
      return next;
    end if;
  end loop;
end $$;

-- Purpose: check before acting, for a list: the same door for each value in turn. ``place`` counts from 1.
create or replace function matching_check_all(p_kinds text[], p_keys text[], p_noted_by timestamptz) returns table
  (place int, degree text, body smallint, source text, ref text, grade text, seen_on date)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  for n in 1 .. coalesce(cardinality(p_keys), 0) loop
    return query select n, c.* from matching_check(p_kinds[n], p_keys[n], p_noted_by) c;
  end loop;
end $$;
