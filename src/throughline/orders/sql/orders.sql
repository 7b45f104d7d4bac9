-- Purpose: to tell a body that it is asked about something that it holds, and the body that asks of its answer.
create or replace function orders_questions_to_tell(p_questions bigint[]) returns table
  (ref text, owner smallint, body smallint, compartment smallint, order_ref text, title text)
language sql stable security definer set search_path = public, pg_temp as $$
  select q.ref, q.owner, q.body, q.compartment, o.ref, o.title
    from orders_question q join orders_order o on o.id = q.order_id where q.id = any(p_questions) order by q.id $$;
