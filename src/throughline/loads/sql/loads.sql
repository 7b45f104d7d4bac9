-- Purpose: to forget the kept files, the rows read and the rows refused of loads that nobody has touched since a moment,
-- whoever they belong to, and whether or not that person is still here.
create or replace function loads_forget_idle(p_before timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare idle bigint[] := array(select id from loads_load where touched_at < p_before);
begin
  delete from loads_part where load_id = any(idle);
  delete from loads_block where load_id = any(idle);
  delete from loads_refusal where load_id = any(idle);
  update loads_load set filename = '', warnings = '[]', advice = '{}', problem = '', layout = null
   where id = any(idle) and filename <> '';
end $$;
