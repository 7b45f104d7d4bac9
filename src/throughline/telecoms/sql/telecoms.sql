-- Purpose: to end the authorities whose last day of keeping is over; the step that asks has deleted their files, or
-- deletes them in the same breath. It sees past the reader because nobody is reading: the clock asks.
create or replace function telecoms_lapsed(p_ids bigint[], p_today date)
returns table (id bigint, ref text, owner smallint, folder text) language sql stable security definer
set search_path = public, pg_temp as $$
  select a.id, a.ref, a.owner, a.folder from telecoms_authority a
   where a.id = any(p_ids) and a.ended_at is null and a.keep_until < p_today $$;

-- Purpose: to write down that these were ended by the clock, once their files are gone.
create or replace function telecoms_end(p_ids bigint[], p_now timestamptz) returns void language sql security definer
set search_path = public, pg_temp as $$
  update telecoms_authority set ended_at = p_now, ended_why = 'The last day of keeping is over.', calls = 0
   where id = any(p_ids) and ended_at is null and keep_until < (p_now at time zone 'Europe/London')::date $$;
