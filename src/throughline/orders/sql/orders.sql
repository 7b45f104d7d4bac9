-- Purpose: to tell the body of an order that one of its clocks has come to a point.
create or replace function orders_to_tell(p_orders bigint[]) returns table
  (id bigint, ref text, title text, owner smallint, compartment smallint, state text, comply_by timestamptz, ends_on date)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.id, o.ref, o.title, o.owner, o.compartment, o.state, o.comply_by, o.ends_on
    from orders_order o where o.id = any(p_orders) order by o.id $$;

-- Purpose: to tell a body that it is asked about something that it holds, and the body that asks of its answer.
create or replace function orders_questions_to_tell(p_questions bigint[]) returns table
  (ref text, owner smallint, body smallint, compartment smallint, order_ref text, title text)
language sql stable security definer set search_path = public, pg_temp as $$
  select q.ref, q.owner, q.body, q.compartment, o.ref, o.title
    from orders_question q join orders_order o on o.id = q.order_id where q.id = any(p_questions) order by q.id $$;
