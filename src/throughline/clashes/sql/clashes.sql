-- Purpose: deconfliction. To write a warning at both sides where an open event and another body's stand near each other
-- in space and time, for one look made by the reader on an event of their own. It gives nothing back: each side reads
-- its own warnings under the rule, and they name the other body alone. A silent event asks nothing, and is heard by
-- nobody; its own body is still warned of those who come near. Lookers queue for one lock, so that two bodies that
-- plan at the same moment still find each other. ``p_farthest`` bounds the box of metres that the index is asked for.
create or replace function clashes_meet(p_look bigint, p_farthest int) returns void language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  r_body smallint := tl_body(); r_person integer := tl_person(); r_clearance smallint := tl_clearance();
  r_conditions smallint := tl_conditions(); r_compartments smallint[] := tl_compartments();
  r_teams integer[] := tl_teams();
  mine clashes_event; far int;
begin
  if r_body is null or coalesce(r_clearance, -1) < 0 or not tl_may('event:plan') then
    return;
  end if;
  perform pg_advisory_xact_lock(7302);
  select v.* into mine from clashes_event v join clashes_look l on l.event_id = v.id
   where l.id = p_look and l.person = r_person and v.owner = r_body and v.state in ('planned', 'under way')
     and not v.silent and {{may_know:v}};
  if not found then
    return;
  end if;
  far := p_farthest + mine.spread;
  with placed as (
    select o.* from clashes_event o
     where o.state in ('planned', 'under way')
       and point(o.easting, o.northing) <@ box(point(mine.easting - far, mine.northing - far),
                                               point(mine.easting + far, mine.northing + far))
       and sqrt((o.easting - mine.easting) ^ 2 + (o.northing - mine.northing) ^ 2)
           <= greatest(o.radius, mine.radius) + o.spread + mine.spread
    union all
    select o.* from clashes_event o
     where o.state in ('planned', 'under way') and o.sector = mine.sector and mine.sector <> ''
       and (o.easting is null or mine.easting is null)
  ), near as (
    select * from placed o
     where o.owner <> mine.owner and o.starts_at <= mine.ends_at + greatest(o.margin, mine.margin)
       and o.ends_at >= mine.starts_at - greatest(o.margin, mine.margin)
  )
  insert into clashes_clash (marking_id, event_id, other, other_event, look)
    select mine.marking_id, mine.id, owner, id, p_look from near where not silent
    union all
    select marking_id, id, mine.owner, mine.id, p_look from near
  on conflict do nothing;
end $$;

-- Purpose: to tell each side of the clashes that these looks found, silent or not. Whoever looked hears of a body once
-- for each event, so that moving an event about tells nothing more; the other side hears of every event that met its own.
create or replace function clashes_to_tell(p_looks bigint[]) returns table
  (ref text, body smallint, other smallint, compartment smallint, is_silent boolean)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query select distinct e.ref, c.owner, c.other, c.compartment, c.silent
    from clashes_clash c join clashes_event e on e.id = c.event_id join clashes_look l on l.id = c.look
   where c.look = any(p_looks) and not (l.owner = c.owner and exists (
     select from clashes_clash b where b.event_id = c.event_id and b.other = c.other and b.look <> c.look and b.id < c.id))
   order by c.owner, e.ref, c.other;
end $$;
