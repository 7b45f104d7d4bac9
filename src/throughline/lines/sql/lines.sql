-- Purpose: to let evidence be added to a line by those alone who may know the line. The line's own policy cannot be
-- asked while evidence is written, since it asks the evidence.
create or replace function lines_known(p_line bigint) returns boolean language plpgsql stable security definer
set search_path = public, pg_temp as $$
declare
  r_body smallint := tl_body(); r_person integer := tl_person(); r_clearance smallint := tl_clearance();
  r_conditions smallint := tl_conditions(); r_compartments smallint[] := tl_compartments();
  r_teams integer[] := tl_teams();
begin
  return coalesce(r_clearance, -1) >= 0 and exists (select from lines_line l where l.id = p_line
    and (l.compartment = 0 or l.compartment = any(r_compartments))
    and (l.lead = r_body or exists (select from lines_evidence e where e.line_id = l.id and {{may_know:e}})
      or exists (select from lines_merge m join lines_evidence e on e.line_id = m.line_id
        where m.head_id = l.id and m.undone_at is null and {{may_know:e}})));
end $$;

-- Purpose: to tell the lead body of a closed line that the day of a check-back has come, while nobody has looked.
create or replace function lines_check_backs_due(p_ids bigint[]) returns table
  (ref text, lead smallint, compartment smallint)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct l.ref, l.lead, l.compartment from lines_check_back c join lines_line l on l.id = c.line_id
   where c.id = any(p_ids) and c.done_at is null and l.lead is not null and l.state like 'closed %' order by 1 $$;

-- Purpose: to find, among new sightings, numbers of closed lines seen after the closure, and put each such line once on
-- the desk of its lead until somebody looks. It says that the number was seen, as a check would, and not by whom. A
-- silent sighting, or one in a closed circle that is not the line's, tells its own body alone.
create or replace function lines_look_for_life(p_sightings bigint[], p_today date, p_now timestamptz)
returns table (ref text, lead smallint, compartment smallint, owner smallint)
language plpgsql security definer set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query
  with alive as (
    select distinct on (l.id) l.id, l.ref, l.lead, l.compartment, s.owner
      from selectors_sighting s
      join lines_evidence e on e.value = s.key and e.kind = s.kind and e.statement = 'number'
      left join lines_merge m on m.line_id = e.line_id and m.undone_at is null and m.overtaken_by = ''
      join lines_line l on l.id = coalesce(m.head_id, e.line_id)
     where s.id = any(p_sightings) and l.state like 'closed %' and l.lead is not null and s.seen_on > l.closed_on
       and not exists (select from lines_evidence w where w.withdraws_id = e.id)
       and (s.owner = l.lead or not s.silent) and s.compartment in (0, l.compartment)
     order by l.id, s.id
  ), put as (
    insert into lines_check_back (line_id, ref, due_on, is_sign_of_life, made_at, done_by, found)
      select id, kernel_new_ref('CB'), p_today, true, p_now, '', '' from alive
    on conflict do nothing returning line_id
  )
  select n.ref, n.lead, n.compartment, n.owner from alive n join put on put.line_id = n.id order by n.id;
end $$;

-- Purpose: to make one line of two, with all that either stands for, known to the reader or not: else a line that the
-- reader may not know would be left behind. Gives how many lines moved; 0 where the reader may not, or one is merged.
create or replace function lines_join(
  p_gone bigint, p_kept bigint, p_batch text, p_by text, p_why text, p_now timestamptz) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
declare moved int;
begin
  perform pg_advisory_xact_lock(7303);
  if p_gone = p_kept or not tl_may('line:merge') or not lines_known(p_gone) or not lines_known(p_kept)
     or (select count(distinct compartment) from lines_line where id in (p_gone, p_kept)) <> 1
     or exists (select from lines_merge where line_id in (p_gone, p_kept) and undone_at is null and overtaken_by = '') then
    return 0;
  end if;
  with along as (
    update lines_merge set overtaken_by = p_batch
     where head_id = p_gone and undone_at is null and overtaken_by = '' returning line_id
  )
  insert into lines_merge (line_id, head_id, batch, at, by_body, by_name, why, overtaken_by, undone_by)
    select line_id, p_kept, p_batch, p_now, tl_body(), p_by, p_why, '', ''
      from (select p_gone as line_id union all select line_id from along) a;
  get diagnostics moved = row_count;
  return moved;
end $$;

-- Purpose: to undo a merge whole, known lines and others. Gives how many lines moved back; 0 where the reader may not,
-- or a later merge rests on this one.
create or replace function lines_part(p_batch text, p_by text, p_now timestamptz) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
declare moved int;
begin
  perform pg_advisory_xact_lock(7303);
  if not tl_may('line:merge')
     or not exists (select from lines_merge where batch = p_batch and lines_known(line_id) and lines_known(head_id))
     or exists (select from lines_merge where batch = p_batch and (overtaken_by <> '' or undone_at is not null)) then
    return 0;
  end if;
  update lines_merge set undone_at = p_now, undone_by = p_by where batch = p_batch;
  get diagnostics moved = row_count;
  update lines_merge set overtaken_by = '' where overtaken_by = p_batch;
  return moved;
end $$;

-- Purpose: to tell the bodies that lead on the lines of a merge, apart from the one that made it.
create or replace function lines_merge_to_tell(p_batches text[]) returns table
  (head text, line text, body smallint, compartment smallint, is_undone boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct h.ref, l.ref, b.body, l.compartment, m.undone_at is not null
    from lines_merge m join lines_line l on l.id = m.line_id join lines_line h on h.id = m.head_id
    cross join lateral (values (l.lead), (h.lead)) b(body)
   where m.batch = any(p_batches) and b.body is not null and b.body <> m.by_body order by 2, 3 $$;

drop function if exists lines_propose(bigint[], date, int, int, int, text, timestamptz);

-- Purpose: to propose a line for a number that stands on none yet, and beside which items of late name a line: two of
-- them, or one where two or more forces have seen the number often; and in one in three of the items at least, since
-- somebody's own number is seen without. Each sighting becomes evidence under its own marking, with the line names that
-- stand in the same item, so that a reader learns no more than before. What is silent, in a closed circle or no report
-- counts for nothing here.
create or replace function lines_propose(
  p_sightings bigint[], p_since date, p_bodies int, p_times int, p_most int, p_named int, p_share int, p_words text,
  p_now timestamptz)
returns int language plpgsql security definer set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan as $$
declare number record; line bigint; named int; proposed int := 0;
begin
  for number in
    select s.kind, s.key, count(distinct s.owner) >= p_bodies and count(*) >= p_times as is_shared, count(*) as times,
           -- One that is seen so often is rung by everybody, and looked at no further.
           case when count(*) <= 200 then array_agg(s.source_ref) else '{}' end as items
      from selectors_sighting s join organisations_body b on b.id = s.owner
     where (s.kind, s.key) in (select kind, key from selectors_sighting where id = any(p_sightings) and kind = 'phone')
       and s.source = 'report' and not s.silent and s.compartment = 0 and s.seen_on >= p_since
       and b.kind = 'territorial' and not exists (
         select from lines_evidence e where e.value = s.key and e.kind = s.kind and e.statement = 'number')
     group by s.kind, s.key
    having count(distinct s.owner) <= p_most and count(*) >= least(p_times, p_named) order by s.key
  loop
    named := (select count(distinct o.source_ref) from selectors_sighting o
               where o.source_ref = any(number.items) and o.kind = 'brand' and not o.silent and o.compartment = 0);
    continue when named < case when number.is_shared then 1 else p_named end or named * p_share < number.times;
    -- Two workers that come upon one number at the same moment propose one line.
    perform pg_advisory_xact_lock(7304, hashtext(number.key));
    continue when exists (
      select from lines_evidence e where e.value = number.key and e.kind = number.kind and e.statement = 'number');
    insert into lines_line (ref, state, compartment, officer, added_at)
      values (kernel_new_ref('CL'), 'proposed', 0, '', p_now) returning id into line;
    insert into lines_standing (line_id, at, standing, officer) values (line, p_now, 'proposed', '');
    insert into lines_evidence (marking_id, line_id, ref, statement, kind, value, detail, words, source_ref, grade,
                                seen_on, recorded_at, recorded_by, by_body, by_person)
      select o.marking_id, line, kernel_new_ref('LE'), case o.kind when 'brand' then 'brand' else 'number' end, o.kind,
             o.key, '', case o.kind when 'brand' then '' else p_words end, o.source_ref, o.grade, o.seen_on, p_now,
             'Throughline', o.owner, 0
        from selectors_sighting s join organisations_body b on b.id = s.owner
        join selectors_sighting o on o.source_ref = s.source_ref
         and ((o.kind, o.key) = (s.kind, s.key) or o.kind = 'brand')
       where s.key = number.key and s.kind = number.kind and s.source = 'report' and not s.silent and s.compartment = 0
         and s.seen_on >= p_since and b.kind = 'territorial' and not o.silent and o.compartment = 0
       order by o.seen_on, o.id;
    proposed := proposed + 1;
  end loop;
  return proposed;
end $$;

-- Purpose: what rests on a report that no longer stands is withdrawn from every line, under the report's own marking.
-- Done twice it changes nothing.
create or replace function lines_withdraw_fallen(p_reports bigint[], p_words text, p_now timestamptz) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
declare fallen int;
begin
  insert into lines_evidence (marking_id, line_id, ref, statement, kind, value, detail, words, source_ref, grade,
                              seen_on, recorded_at, recorded_by, by_body, by_person, withdraws_id)
    select e.marking_id, e.line_id, kernel_new_ref('LE'), 'withdrawn', e.kind, e.value, '', p_words, e.source_ref,
           e.grade, e.seen_on, p_now, 'Throughline', e.owner, 0, e.id
      from intelligence_item i join lines_evidence e on e.source_ref = i.ref
     where i.report_id = any(p_reports) and e.withdraws_id is null
       and not exists (select from lines_evidence w where w.withdraws_id = e.id)
     order by e.id
  on conflict do nothing;
  get diagnostics fallen = row_count;
  return fallen;
end $$;

-- Purpose: to put closed lines of the reader's body, whose number or its replacement is seen in calls after the closure,
-- once each on the desk until somebody looks. It is for the flow, acting for whoever loaded the calls.
create or replace function lines_life_in_calls(p_refs text[], p_today date, p_now timestamptz)
returns table (ref text, lead smallint, compartment smallint, owner smallint)
language sql security definer set search_path = public, pg_temp as $$
  with put as (
    insert into lines_check_back (line_id, ref, due_on, is_sign_of_life, made_at, done_by, found)
      select l.id, kernel_new_ref('CB'), p_today, true, p_now, '', '' from lines_line l
       where l.ref = any(p_refs) and l.state like 'closed %' and l.lead = tl_body() and lines_known(l.id) order by l.id
    on conflict do nothing returning line_id
  )
  select l.ref, l.lead, l.compartment, l.lead from lines_line l join put on put.line_id = l.id order by l.id $$;
