-- Purpose: to refuse an approval by whoever proposed the answer or decided on any record of it, seen by them or not.
create or replace function rights_second_person() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  if new.proposed_person = tl_person() or exists (
      select from rights_record r where r.request_id = new.id and r.decided_person = tl_person()) then
    raise exception 'only a second person approves an answer' using errcode = '42501';
  end if;
  return new;
end $$;
create or replace trigger rights_request_approved before update of state on rights_request
for each row when (new.state = 'approved') execute function rights_second_person();
