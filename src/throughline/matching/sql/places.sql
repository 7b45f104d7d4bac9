-- The doors by which addresses are told to be one place.

-- The UPRN that a source which tells of one address alone tells beside it, of the sources that the reader may know.
create or replace function matching_place_uprn(p_key text) returns text language plpgsql stable
set search_path = public, pg_temp as $$
declare
  r_body smallint := tl_body(); r_person integer := tl_person(); r_clearance smallint := tl_clearance();
  r_conditions smallint := tl_conditions(); r_compartments smallint[] := tl_compartments();
  r_teams integer[] := tl_teams();
begin
  return (select min(u.key) from selectors_sighting s join selectors_sighting u on u.source_ref = s.source_ref and u.kind = 'uprn'
           where s.kind = 'address' and s.key = p_key and {{may_know:s}} and {{may_know:u}}
             and (select count(*) from selectors_sighting z where z.source_ref = s.source_ref and z.kind = 'address') = 1);
end $$;

-- Purpose: to give, of addresses asked about, others that the reader may know under the same postcode, the same line or
-- the same UPRN, each with how often the reader may know it to be seen.
create or replace function matching_places_near(p_keys text[], p_near int) returns table
  (key text, other text, uprn text, other_uprn text, times int)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  r_body smallint := tl_body(); r_person integer := tl_person(); r_clearance smallint := tl_clearance();
  r_conditions smallint := tl_conditions(); r_compartments smallint[] := tl_compartments();
  r_teams integer[] := tl_teams();
begin
  if r_body is null or coalesce(r_clearance, -1) < 0 then
    return;
  end if;
  return query select k.key, n.key, matching_place_uprn(k.key), matching_place_uprn(n.key), n.times
    from unnest(p_keys) as k(key) cross join lateral (
      select f.key, count(*)::int as times from (
        select s.key, s.id from selectors_sighting s
         where s.kind = 'address' and split_part(s.key, '|', 2) = split_part(k.key, '|', 2) and s.key <> k.key and {{may_know:s}}
        union select s.key, s.id from selectors_sighting s
         where s.kind = 'address' and split_part(s.key, '|', 1) = split_part(k.key, '|', 1) and s.key <> k.key and {{may_know:s}}
        union select s.key, s.id from selectors_sighting u join selectors_sighting s
            on s.source_ref = u.source_ref and s.kind = 'address' and s.key <> k.key and {{may_know:s}}
         where u.kind = 'uprn' and u.key = matching_place_uprn(k.key)) f
       group by f.key order by count(*) desc, f.key limit p_near) n;
end $$;

-- Purpose: to give the engine the addresses that sightings know, to learn from.
create or replace function matching_places_known(p_most int) returns setof text language sql stable
security definer set search_path = public, pg_temp as $$
  select distinct s.key from selectors_sighting s where s.kind = 'address' and s.source <> 'version' order by s.key limit p_most $$;

-- Purpose: to give the weights of addresses in force, those of the newest run.
create or replace function matching_place_standing(p_model text) returns table (name text, learnt text)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.name, m.learnt from matching_link_model m where starts_with(m.name, p_model) order by m.id desc limit 1 $$;

-- Purpose: to give the bodies that a judgement on two addresses is told to, where they hold one; never beyond its own marking.
create or replace function matching_places_judged_to_tell(p_judgement bigint) returns table
  (pair text, verdict text, by_name text, body smallint, other smallint, compartment smallint)
language sql stable security definer set search_path = public, pg_temp as $$
  select j.pair, j.verdict, j.by_name, j.owner, b.other, 0::smallint
    from matching_place_judgement j cross join unnest(j.bodies) as b(other)
   where j.id = p_judgement and j.released and j.compartment = 0
     and exists (select from selectors_sighting s where s.kind = 'address' and s.key in (j.key_a, j.key_b)
       and s.owner = b.other and s.source <> 'version')
   order by b.other $$;
