-- Purpose: to tell the bodies that take part in these operations what became of them.
create or replace function operations_to_tell(p_operations bigint[]) returns table
  (id bigint, ref text, name text, owner smallint, taking_part smallint[], compartment smallint, state text, every text)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.id, o.ref, o.name, o.owner, o.taking_part, o.compartment, o.state, o.every
    from operations_operation o where o.id = any(p_operations) order by o.id $$;

-- Purpose: to say of which bodies the return for a day is missing, so that they are asked for it.
create or replace function operations_missing(p_operation bigint, p_day date) returns setof smallint
language sql stable security definer set search_path = public, pg_temp as $$
  select part.body from operations_operation o cross join unnest(o.taking_part) as part(body)
   where o.id = p_operation and not exists (select from operations_return r
     where r.operation_id = o.id and r.body = part.body and r.day = p_day) order by part.body $$;

-- Purpose: to tell the bodies that may know these disruptions what became of them.
create or replace function operations_disruptions_to_tell(p_disruptions bigint[]) returns table
  (id bigint, ref text, title text, owner smallint, bodies smallint[], compartment smallint)
language sql stable security definer set search_path = public, pg_temp as $$
  select d.id, d.ref, d.title, d.owner, d.bodies, d.compartment
    from operations_disruption d where d.id = any(p_disruptions) order by d.id $$;
