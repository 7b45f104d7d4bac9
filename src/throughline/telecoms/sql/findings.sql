-- Purpose: to point at bodies whose call data bears on a number, as a check does: the folders of standing authorities
-- that the reader may not know. What is found there is told by the body alone. Closed circles are left out. Of a silent
-- authority, and of a body that keeps one of these values silent, it is said that it is quiet, so that nothing is told.
create or replace function telecoms_elsewhere(p_keys text[])
returns table (owner smallint, folder text, is_quiet boolean)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  r_body smallint := tl_body(); r_person integer := tl_person(); r_clearance smallint := tl_clearance();
  r_conditions smallint := tl_conditions(); r_compartments smallint[] := tl_compartments();
  r_teams integer[] := tl_teams();
begin
  if r_body is null or coalesce(r_clearance, -1) < 0 or not tl_may('calls:read') then
    return;
  end if;
  return query
    select a.owner, a.folder, a.silent or exists (
        select from selectors_sighting s where s.key = any(p_keys) and s.owner = a.owner and s.silent)
      from telecoms_authority a
     where a.ended_at is null and a.compartment = 0 and a.owner <> r_body and not ({{may_know:a}})
     order by a.id;
end $$;

-- Purpose: to know which watches to look after as calls arrive: their ids by the person who keeps each. The step reads
-- them as that person, under the ordinary policies; nothing of them is shown by this.
create or replace function telecoms_watches(p_ids bigint[] default null) returns table (person int, id bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select w.person, w.id from telecoms_watch w join telecoms_authority a on a.id = w.authority_id
   where w.state in ('watching', 'found') and a.ended_at is null and (p_ids is null or w.id = any(p_ids))
   order by w.person, w.id $$;

-- Purpose: what was watched under an authority goes with it, number and reason, once it has ended; whose they were is
-- given back so that their keepers are told.
create or replace function telecoms_forget_watches(p_authorities bigint[])
returns table (body smallint, person int, compartment smallint, watches bigint)
language sql security definer set search_path = public, pg_temp as $$
  with gone as (
    delete from telecoms_watch w using telecoms_authority a
     where a.id = w.authority_id and a.id = any(p_authorities) and a.ended_at is not null
    returning w.body, w.person, w.compartment, w.state)
  select body, person, compartment, count(*) filter (where state <> 'ended') from gone group by 1, 2, 3 order by 1, 2 $$;

-- Purpose: to write down on which standing authorities, among those that the reader may know, an item of their body
-- rests, so that its sightings go with them. Nobody reads it but the engine.
create or replace function telecoms_rest_on(p_authorities bigint[], p_item text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  r_body smallint := tl_body(); r_person integer := tl_person(); r_clearance smallint := tl_clearance();
  r_conditions smallint := tl_conditions(); r_compartments smallint[] := tl_compartments();
  r_teams integer[] := tl_teams();
begin
  if r_body is null or coalesce(r_clearance, -1) < 0 or not tl_may('report:add') then
    return;
  end if;
  insert into telecoms_finding (authority_id, item, body)
    select a.id, p_item, r_body from telecoms_authority a
     where a.id = any(p_authorities) and a.ended_at is null and ({{may_know:a}})
    on conflict do nothing;
end $$;

-- Purpose: to forget what rests on authorities that have ended, and to name its sightings, which are to be withdrawn.
create or replace function telecoms_forget_findings(p_authorities bigint[]) returns setof bigint
language sql security definer set search_path = public, pg_temp as $$
  with gone as (
    delete from telecoms_finding f using telecoms_authority a
     where a.id = f.authority_id and a.id = any(p_authorities) and a.ended_at is not null returning f.item, f.body)
  select distinct s.id from gone join selectors_sighting s on s.source_ref = gone.item and s.owner = gone.body
   order by 1 $$;
