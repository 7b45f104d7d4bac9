-- Purpose: to open a bid to the bodies that it now concerns, for somebody who moves it: the body that bids takes it to the
-- level above, or the desk that decides offers it to a body. A circulation only grows: who was asked may read what of.
create or replace function tasking_open_to(p_bid bigint, p_bodies smallint[]) returns void language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  r_body smallint := tl_body(); r_person integer := tl_person(); r_clearance smallint := tl_clearance();
  r_conditions smallint := tl_conditions(); r_compartments smallint[] := tl_compartments();
  r_teams integer[] := tl_teams();
begin
  update access_marking m
     set bodies = (select array_agg(distinct body order by body) from unnest(m.bodies || p_bodies) body where body <> m.owner)
    from tasking_bid b
   where b.id = p_bid and m.id = b.marking_id and {{may_know:b}}
     and ((b.owner = r_body and tl_may('task:bid'))
       or (b.desk = r_body and (tl_may('task:assess') or tl_may('task:decide'))));
  if not found then
    raise exception 'a bid is opened to others by those alone whose move it is' using errcode = '42501';
  end if;
end $$;

-- Purpose: deconfliction. To say which other desks have an open bid on the same line, or one merged with it, for a
-- co-ordinator of the desk that decides: that there is one, whom to ring, and no more. One in a closed circle says nothing.
create or replace function tasking_others(p_bid bigint, p_ended text[]) returns setof smallint
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  r_body smallint := tl_body(); r_person integer := tl_person(); r_clearance smallint := tl_clearance();
  r_conditions smallint := tl_conditions(); r_compartments smallint[] := tl_compartments();
  r_teams integer[] := tl_teams(); head bigint;
begin
  select coalesce(m.head_id, b.line_id) into head from tasking_bid b
    left join lines_merge m on m.line_id = b.line_id and m.undone_at is null and m.overtaken_by = ''
   where b.id = p_bid and b.desk = r_body and tl_may('task:assess') and {{may_know:b}};
  return query select distinct o.desk from tasking_bid o
    left join lines_merge m on m.line_id = o.line_id and m.undone_at is null and m.overtaken_by = ''
   where coalesce(m.head_id, o.line_id) = head and o.id <> p_bid and not o.state = any(p_ended)
     and (o.compartment = 0 or o.compartment = any(r_compartments)) order by 1;
end $$;

-- Purpose: to tell the sides of these bids, and the bodies in their circulation, what became of them.
create or replace function tasking_to_tell(p_bids bigint[]) returns table
  (id bigint, ref text, title text, owner smallint, desk smallint, offered smallint, bodies smallint[],
   compartment smallint, state text, due_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select b.id, b.ref, b.title, b.owner, b.desk, b.offered, b.bodies, b.compartment, b.state, b.due_at
    from tasking_bid b where b.id = any(p_bids) order by b.id $$;

-- Purpose: to stop the work of bids, or to let it go on, by their numbers. Gives those that it changed.
create or replace function tasking_stop(p_why jsonb) returns table (id bigint, ref text, stopped text)
language sql security definer set search_path = public, pg_temp as $$
  update tasking_bid b set stopped = w.value from jsonb_each_text(p_why) w
   where b.id = w.key::bigint and b.stopped <> w.value returning b.id, b.ref, b.stopped $$;

-- Purpose: to tell a body what became of its plans.
create or replace function tasking_plans_to_tell(p_plans bigint[]) returns table
  (id bigint, ref text, body smallint, starts_on date, weeks smallint)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.id, p.ref, p.body, p.starts_on, p.weeks from tasking_plan p where p.id = any(p_plans) order by p.id $$;
