create extension if not exists btree_gin;

-- Purpose: to note the selectors of graded reports as sightings, under the marking of their items. Those of a sanitised
-- version say no more than its full report did: a check shows them, and they are not given back to be matched, since
-- one thing seen once would otherwise bear itself out.
create or replace function intelligence_note_sightings(p_reports bigint[]) returns setof bigint
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  return query with noted as (
   insert into selectors_sighting (marking_id, owner, kind, key, source, source_ref, grade, seen_on, noted_at)
    select i.marking_id, i.owner, s.kind, s.key, case when r.is_sanitised then 'version' else 'report' end, i.ref, i.source || i.assessment || i.handling,
           r.date_of_intelligence, clock_timestamp()
      from intelligence_report r join intelligence_item i on i.report_id = r.id
      join intelligence_item_selector s on s.item_id = i.id
     where r.id = any(p_reports) and r.state in ('graded', 'circulated') and i.handling <> ''
     order by s.key, s.kind, i.id
  on conflict (source_ref, kind, key) do nothing returning id, source
  ) select id from noted where source = 'report';
end $$;

-- Purpose: to tell the bodies that a circulation names; everyone is not told one by one.
create or replace function intelligence_circulated(p_reports bigint[]) returns table
  (body smallint, compartment smallint, owner smallint, reports bigint, ref text)
language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query select b.body, r.compartment, r.owner, count(*), min(r.ref) from intelligence_report r
   cross join lateral unnest(r.bodies) as b(body)
   where r.id = any(p_reports) and b.body <> r.owner group by b.body, r.compartment, r.owner
   order by b.body, r.owner;
end $$;

-- Purpose: to tell of a correction or a withdrawal everyone who was told of the report or opened it: a body as a whole
-- where it was named, or the report went to all; otherwise the person alone, whose colleagues may not know of it.
create or replace function intelligence_had(p_reports bigint[]) returns table
  (report bigint, body smallint, person integer, compartment smallint, owner smallint, ref text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query
    select r.id, b.body, null::integer, r.compartment, r.owner, r.ref from intelligence_report r
     cross join lateral unnest(r.bodies) as b(body) where r.id = any(p_reports) and r.released and b.body <> r.owner
    union
    select r.id, j.body, case when r.released and (r.everyone or j.body = any(r.bodies)) then null else j.person end,
           r.compartment, r.owner, r.ref
      from intelligence_report r join access_journal_entry j on j.ref = r.ref
     where r.id = any(p_reports) and j.verb = 'consult' and j.thing = 'report' and j.body <> r.owner
     order by 1, 2, 3;
end $$;

-- Purpose: to tell whoever made a sanitised version of a report, whatever has replaced it since, that the full one no longer stands.
create or replace function intelligence_drawn_from(p_reports bigint[]) returns table
  (report bigint, body smallint, compartment smallint, ref text)
language sql stable security definer set search_path = public, pg_temp as $$
  with recursive drawn(report, later) as (
    select earlier_id, later_id from intelligence_report_link where earlier_id = any(p_reports) and kind = 'derived_from'
    union select d.report, l.later_id from drawn d join intelligence_report_link l on l.earlier_id = d.later
                                                                                 and l.kind = 'replaces'
  ) select d.report, r.owner, r.compartment, r.ref from drawn d join intelligence_report r on r.id = d.later
     where r.state in ('graded', 'circulated') order by d.report, r.id $$;

-- Purpose: to tell an originator that another body made a sanitised version of its report, as the code S1 lets it.
create or replace function intelligence_sanitised_by(p_versions bigint[]) returns table
  (owner smallint, compartment smallint, ref text, made_by smallint)
language sql stable security definer set search_path = public, pg_temp as $$
  select f.owner, f.compartment, f.ref, v.owner from intelligence_report_link l
    join intelligence_report v on v.id = l.later_id join intelligence_report f on f.id = l.earlier_id
   where l.later_id = any(p_versions) and l.kind = 'derived_from' and v.owner <> f.owner order by l.id $$;

-- Purpose: to name the reports whose circulation grew to those who are told of it.
create or replace function intelligence_widened(p_reports bigint[]) returns table
  (id bigint, ref text, owner smallint, compartment smallint) language plpgsql stable security definer
set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query select r.id, r.ref, r.owner, r.compartment from intelligence_report r where r.id = any(p_reports);
end $$;

create or replace function intelligence_item_search() returns trigger language plpgsql as $$
begin
  new.search := to_tsvector('english', new.text) || setweight(to_tsvector('english', coalesce(
    (select title from intelligence_report where id = new.report_id), '')), 'A');
  return new;
end $$;
create or replace trigger intelligence_item_search before insert or update of text on intelligence_item
  for each row execute function intelligence_item_search();

-- The words of an item beside its owner and its era (65,536 reports one after another), so that one look-up gives the
-- items of an era that hold a word, and no others. A short list of what is new: each look-up reads all of it.
drop index if exists intelligence_item_words;
create index if not exists intelligence_item_spoken on intelligence_item
  using gin (search, owner, (report_id >> 16)) with (gin_pending_list_limit = 1024);

-- Purpose: text search under the rule. The index cannot be used below row-level security (its operator is not leakproof),
-- so the search is this one door, which repeats nothing: the rule is put in from access/rule.py.
-- It gives the newest reports that hold the words. A word in use is found among the newest reports that the reader may
-- know, and the index is not asked, which would give half the nation's. A word not found there often enough is rare, or was
-- in use once: then the index is asked for one era after another, back in time, until there is enough.
create or replace function intelligence_search(
  p_text text, p_before bigint, p_owner smallint, p_state text, p_size int, p_also text default '',
  p_from date default null, p_until date default null, p_among bigint[] default null)
returns table (report_id bigint) language plpgsql stable security definer set search_path = public, pg_temp
set plan_cache_mode = force_custom_plan set max_parallel_workers_per_gather = 0 as $$
declare
  r_body smallint := tl_body(); r_person integer := tl_person(); r_clearance smallint := tl_clearance();
  r_conditions smallint := tl_conditions(); r_compartments smallint[] := tl_compartments();
  r_teams integer[] := tl_teams(); query tsquery := websearch_to_tsquery('english', p_text);
  newest bigint[]; found bigint[]; last bigint;
  -- Those of some days alone lie far apart, and a third of them costs as much.
  enough constant int := case when p_from is null and p_until is null then 3000 else 1000 end;
begin
  if p_also <> '' then
    query := query || to_tsquery('english', p_also);
  end if;
  if numnode(query) = 0 then
    return;
  end if;
  newest := array(
    select r.id from intelligence_report r
     where {{may_know:r}} and (p_before is null or r.id < p_before) and (p_owner is null or r.owner = p_owner)
       and (p_state = '' or r.state = p_state) and (p_from is null or r.date_of_intelligence >= p_from)
       and (p_until is null or r.date_of_intelligence <= p_until) and (p_among is null or r.id = any(p_among))
     order by r.id desc limit enough);
  found := array(
    select distinct i.report_id from intelligence_item i
     where i.report_id = any(newest) and i.search @@ query and {{may_know:i}}
     order by i.report_id desc limit p_size);
  if cardinality(newest) < enough or cardinality(found) = p_size then
    return query select unnest(found);
    return;
  end if;
  return query select unnest(found);
  last := newest[enough];
  for era in reverse last >> 16 .. 0 loop
    p_size := p_size - cardinality(found);
    found := array( -- the reports are looked up one by one, newest first, until there are enough
      select held.report_id from (
        select distinct i.report_id from intelligence_item i
         where i.search @@ query and (p_owner is null or i.owner = p_owner)
           and i.report_id >> 16 = era::bigint and i.report_id < last and {{may_know:i}}
         order by i.report_id desc) held
       cross join lateral (
        select from intelligence_report r
         where r.id = held.report_id and {{may_know:r}} and (p_state = '' or r.state = p_state)
           and (p_from is null or r.date_of_intelligence >= p_from)
           and (p_until is null or r.date_of_intelligence <= p_until) offset 0) one
       limit p_size);
    return query select unnest(found);
    exit when cardinality(found) = p_size;
  end loop;
end $$;

-- Purpose: to see when a draft was last saved, whoever's it is and whether or not they are still here, so that a clock
-- may tell its writer; one that was saved before a moment is deleted. Nothing that was typed is given.
create or replace function intelligence_look_at_draft(p_person integer, p_ref text, p_forget timestamptz)
returns table (body smallint, saved_at timestamptz)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from intelligence_saved_draft d where d.person = p_person and d.ref = p_ref and d.saved_at <= p_forget;
  return query select d.body, d.saved_at from intelligence_saved_draft d where d.person = p_person and d.ref = p_ref;
end $$;
