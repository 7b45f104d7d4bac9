-- Purpose: to record a request for access, and to send it only where a check of the same person, at this very moment,
-- points to the holder. Of any other body it is recorded all the same and sent to nobody: asking tells the asker nothing.
create or replace function sharing_ask(
  p_ref text, p_kind text, p_key text, p_source_ref text, p_holder smallint, p_compartment smallint, p_why text,
  p_at timestamptz, p_due timestamptz) returns bigint language plpgsql security definer
set search_path = public, pg_temp as $$
declare made bigint; held smallint;
begin
  if tl_body() is null or tl_body() = p_holder or coalesce(tl_clearance(), -1) < 0 or not tl_may('request:make') then
    raise exception 'nobody asks for access without the permission' using errcode = '42501';
  end if;
  select h.compartment into held from matching_holding h
   where h.key = p_key and h.kind = p_kind and h.body = p_holder
     and exists (select from matching_check(p_kind, p_key) c where c.degree = 'existence' and c.body = p_holder);
  insert into sharing_request (ref, kind, key, source_ref, asker, asker_compartment, asked_by, why, asked_at, due_at,
                               holder, holder_compartment, sent, state, reason, words, report_ref, answered_by)
    values (p_ref, p_kind, p_key, p_source_ref, tl_body(), p_compartment, tl_name(), p_why, p_at, p_due, p_holder,
            coalesce(held, 0), held is not null, 'asked', '', '', '', '') returning id into made;
  return made;
end $$;

-- Purpose: to tell both sides of these requests what became of them; of one that was not sent, the asker alone.
create or replace function sharing_requests_to_tell(p_requests bigint[]) returns table
  (ref text, kind text, key text, asker smallint, asker_compartment smallint, asked_by text, why text,
   asked_at timestamptz, holder smallint, holder_compartment smallint, sent boolean, state text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query select ref, kind, key, asker, asker_compartment, asked_by, why, asked_at, holder, holder_compartment,
                      sent, state
    from sharing_request where id = any(p_requests) order by id;
end $$;
