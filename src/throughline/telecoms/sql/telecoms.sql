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
  with due as (
    select id, owner, compartment, state from telecoms_authority
     where id = any(p_ids) and ended_at is null and keep_until < (p_now at time zone 'Europe/London')::date
  ), told as (
    insert into kernel_history (thing, thing_id, verb, before, after, by_person, by_name, at, why, bodies, compartment)
    select 'authority', id, 'end', state, 'ended', 0, 'Throughline', p_now, 'The last day of keeping is over.',
           array[owner], compartment from due
  )
  update telecoms_authority set state = 'ended', ended_at = p_now, ended_why = 'The last day of keeping is over.',
         calls = 0
   where id in (select id from due) $$;

-- Purpose: to forget what was loaded under authorities that have ended, whoever ended them; of any other it takes nothing.
create or replace function telecoms_forget_loads(p_ids bigint[]) returns void language sql security definer
set search_path = public, pg_temp as $$
  delete from telecoms_load l using telecoms_authority a
   where a.id = l.authority_id and a.id = any(p_ids) and a.state = 'ended' $$;

-- Purpose: to tell which folders of the call store belong to an authority that stands, so that others can be deleted.
create or replace function telecoms_standing_folders() returns setof text language sql stable security definer
set search_path = public, pg_temp as $$ select folder from telecoms_authority where state <> 'ended' $$;
