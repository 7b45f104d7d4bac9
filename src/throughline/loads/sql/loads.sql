-- Purpose: to forget the kept files, the rows read and the rows refused of loads that nobody has touched since a moment,
-- whoever they belong to, and whether or not that person is still here.
create or replace function loads_forget_idle(p_before timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare idle bigint[] := array(select id from loads_load where touched_at < p_before);
begin
  delete from loads_part where load_id = any(idle);
  delete from loads_block where load_id = any(idle);
  delete from loads_refusal where load_id = any(idle);
  update loads_load set filename = '', warnings = '[]', advice = '{}', resembling = '[]', problem = '', layout = null
   where id = any(idle) and filename <> '';
end $$;

-- Purpose: to forget the kept files of calls, and the rows refused of them, whose authority has ended, whoever ended it and
-- whose ever they are. A load begun under a later authority of the same reference is another's.
create or replace function loads_forget_of_authorities(p_ids bigint[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare gone bigint[] := array(
  select l.id from loads_load l join telecoms_authority a on l.owner = a.owner and l.authority in (a.ref, a.code)
   where a.id = any(p_ids) and a.state = 'ended' and l.kind = 'calls' and l.begun_at <= a.ended_at);
begin
  delete from loads_part where load_id = any(gone);
  delete from loads_refusal where load_id = any(gone);
  update loads_load set filename = '', problem = '', layout = null where id = any(gone);
end $$;
