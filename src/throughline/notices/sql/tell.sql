-- Purpose: to write notices, by the flow, to a body. The one way a notice is written.
create or replace function notices_tell(p_notices jsonb) returns void language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  insert into notices_notice (ref, body, person, compartment, kind, text, thing, thing_ref, at, read_by, needs)
    select n->>'ref', (n->>'body')::smallint, (n->>'person')::integer, (n->>'compartment')::smallint, n->>'kind', n->>'text',
           n->>'thing', n->>'thing_ref', (n->>'at')::timestamptz, '', n->>'needs' from jsonb_array_elements(p_notices) n;
end $$;
