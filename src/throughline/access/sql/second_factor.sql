-- Purpose: to take a second factor away: one's own, or that of someone in the administrator's own body.
create or replace function access_end_second_factor(p_person integer) returns boolean language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  if p_person is distinct from tl_person() and not (tl_may('person:manage') and exists (
    select 1 from access_person p where p.id = p_person and p.body_id = tl_body())) then
    return false;
  end if;
  delete from access_second_factor where person_id = p_person;
  return found;
end $$;
