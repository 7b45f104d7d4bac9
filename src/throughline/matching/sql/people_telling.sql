-- The doors by which bodies are told of links between people, and read of joins that their rules make.

-- Purpose: to say which of the links between these values have a side that was not told of them yet.
create or replace function matching_links_untold(p_a text[], p_b text[]) returns bigint[] language sql stable
security definer set search_path = public, pg_temp as $$
  select array_agg(l.id order by l.id) from unnest(p_a, p_b) as d(a, b)
    join matching_link l on l.key_a = d.a and l.key_b = d.b
   where exists (select from matching_link_side s where s.link_id = l.id and not s.told) $$;

-- Purpose: to say which links stand on the people of these sightings, while the sightings are still there.
create or replace function matching_links_of_sightings(p_sightings bigint[]) returns bigint[] language sql stable
security definer set search_path = public, pg_temp as $$
  select array_agg(distinct l.id order by l.id) from selectors_sighting s
    join matching_link l on l.key_a = s.key or l.key_b = s.key
   where s.id = any(p_sightings) and s.kind = 'person' $$;

-- Purpose: to give the bodies that are to be told of strong links now, each once: which others hold the other person, by
-- what is strong for whoever reads the body's own sightings in that circle. A body that keeps the other person silent is
-- not named, and where it alone holds them nobody is told.
create or replace function matching_links_to_tell(p_links bigint[], p_strong double precision) returns table
  (ref text, body smallint, others smallint[], compartment smallint)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query with untold as (
    select d.link_id, d.body, l.ref, l.key_a, l.key_b from matching_link_side d join matching_link l on l.id = d.link_id
     where d.link_id = any(p_links) and not d.told for update of d
  ), own as (
    select u.link_id, u.body, u.ref, e.hidden, e.is_a, min(o.compartment) as compartment from untold u
      cross join lateral (values (u.key_a, u.key_b, true), (u.key_b, u.key_a, false)) as e(mine, hidden, is_a)
      join selectors_sighting o on o.kind = 'person' and o.key = e.mine and o.owner = u.body and o.source <> 'version'
     group by u.link_id, u.body, u.ref, e.hidden, e.is_a
  ), pointed as (
    select o.link_id, o.body, o.ref, min(o.compartment) as compartment, array_agg(distinct h.owner order by h.owner) as others
      from own o
      join matching_link_weight w on w.link_id = o.link_id and w.bits >= p_strong
       and (w.sighting_a = 0 or exists (select from selectors_sighting k
         where k.id = case when o.is_a then w.sighting_a else w.sighting_b end
           and k.owner = o.body and k.compartment in (0, o.compartment)))
      join selectors_sighting h on h.kind = 'person' and h.key = o.hidden and h.owner <> o.body and h.source <> 'version'
       and case when o.is_a then w.sighting_b else w.sighting_a end in (0, h.id)
     where not exists (select from selectors_sighting q
         where q.key = o.hidden and q.kind = 'person' and q.owner = h.owner and q.silent)
     group by o.link_id, o.body, o.ref
  ), marked as (
    update matching_link_side d set told = true from pointed p
     where d.link_id = p.link_id and d.body = p.body returning d.link_id
  ) select p.ref, p.body, p.others, p.compartment from pointed p
     where p.link_id in (select link_id from marked) order by p.link_id, p.body;
end $$;

-- Purpose: to give the bodies that a judgement is told to, where they hold one of the two; never beyond its own marking.
create or replace function matching_judgement_to_tell(p_judgement bigint) returns table
  (ref text, verdict text, by_name text, body smallint, other smallint, compartment smallint)
language sql stable security definer set search_path = public, pg_temp as $$
  select j.link, j.verdict, j.by_name, j.owner, b.other, 0::smallint
    from matching_link_judgement j cross join unnest(j.bodies) as b(other)
   where j.id = p_judgement and j.released and j.compartment = 0
     and exists (select from matching_link l join matching_link_side s on s.link_id = l.id
       where l.ref = j.link and s.body = b.other)
   order by b.other $$;

-- Purpose: to show which pairs of people the rules of bodies join: two sources that the reader may both know tell of the
-- same national identifier, and a rule of the body of each holds on that day. One row for each two bodies.
create or replace function matching_joined_by_rule(p_keys text[], p_today date) returns table
  (key_a text, key_b text, rule_a text, rule_b text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  r_body smallint := tl_body(); r_person integer := tl_person(); r_clearance smallint := tl_clearance();
  r_conditions smallint := tl_conditions(); r_compartments smallint[] := tl_compartments();
  r_teams integer[] := tl_teams();
begin
  if r_body is null or coalesce(r_clearance, -1) < 0 or not exists (select from matching_identifier_rule r
      where r.starts_on <= p_today and (r.ends_on is null or r.ends_on > p_today)) then
    return;
  end if;
  return query select distinct l.key_a, l.key_b, one.ref, other.ref from matching_link l
    join matching_link_weight w on w.link_id = l.id and w.sighting_a > 0 and w.parts->'identifier'->>0 = '0'
    join selectors_sighting a on a.id = w.sighting_a and {{may_know:a}}
    join selectors_sighting b on b.id = w.sighting_b and {{may_know:b}}
    join matching_identifier_rule one on one.body = a.owner
     and one.starts_on <= p_today and (one.ends_on is null or one.ends_on > p_today)
    join matching_identifier_rule other on other.body = b.owner
     and other.starts_on <= p_today and (other.ends_on is null or other.ends_on > p_today)
   where l.key_a = any(p_keys) or l.key_b = any(p_keys)
   order by 1, 2, 3, 4;
end $$;
