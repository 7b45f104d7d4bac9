-- Purpose: to tell a body that it is asked about something that it holds, and the body that asks of its answer.
create or replace function orders_questions_to_tell(p_questions bigint[]) returns table
  (ref text, owner smallint, body smallint, compartment smallint, order_ref text, title text)
language sql stable security definer set search_path = public, pg_temp as $$
  select q.ref, q.owner, q.body, q.compartment, o.ref, o.title
    from orders_question q join orders_order o on o.id = q.order_id where q.id = any(p_questions) order by q.id $$;

-- Purpose: to measure for the nation how soon numbers that orders cut off were replaced. It names no order and no body,
-- and says no hours where they are of fewer than five orders or of fewer than three bodies.
create or replace function orders_hours_to_replacement() returns table (complied bigint, replaced bigint, median_hours numeric)
language sql stable security definer set search_path = public, pg_temp as $$
  select case when f.is_many then f.complied end, case when f.is_many then f.replaced end,
         case when f.is_many then f.median_hours end
    from (select count(*) as complied, count(o.replaced_at) as replaced,
                 count(o.replaced_at) >= 5 and count(distinct o.owner) filter (where o.replaced_at is not null) >= 3
                   as is_many,
                 percentile_cont(0.5) within group (order by extract(epoch from o.replaced_at - o.complied_at) / 3600)
                   ::numeric as median_hours
            from orders_order o where o.complied_at is not null) f
   where tl_may('order:read') $$;
