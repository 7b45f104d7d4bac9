-- Purpose: to tell the body of a clock that it has come to a point. Of a clock that stands still or has ended: nothing.
create or replace function clocks_to_tell(p_clocks bigint[]) returns table
  (id bigint, name text, thing text, thing_ref text, owner smallint, compartment smallint, needs text, escalates text,
   due_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.id, c.name, c.thing, c.thing_ref, c.owner, c.compartment, c.needs, c.escalates, c.due_at
    from clocks_clock c where c.id = any(p_clocks) and c.ended_at is null and c.paused_at is null order by c.id $$;

-- Nothing extends a clock by itself: its end moves later when a pause ends, and at no other time; what ended stays so.
-- One stands still only where its row says under what it may.
create or replace function clocks_never_later() returns trigger language plpgsql as $$
begin
  if old.ended_at is not null then
    raise exception 'Clock % has ended: it is not changed any more.', old.ref;
  end if;
  if new.paused_at is not null and old.paused_at is null and old.pause_basis = '' then
    raise exception 'Clock % may not stand still: nothing lets it.', old.ref;
  end if;
  if new.due_at > old.due_at and (old.paused_at is null or new.paused_at is not null) then
    raise exception 'Clock % cannot be made longer: end it, and start another on a decision.', old.ref;
  end if;
  return new;
end $$;
create or replace trigger clocks_clock_never_later before update of due_at, paused_at, pauses, ended_at, ended_how
  on clocks_clock for each row execute function clocks_never_later();
