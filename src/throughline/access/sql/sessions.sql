-- A session that is ended opens nothing from that moment: its key goes with it, in the same transaction.
create or replace function access_session_is_over() returns trigger language plpgsql as $$
begin
  delete from django_session where encode(sha256(convert_to(session_key, 'UTF8')), 'hex') = new.key_hash;
  return null;
end $$;
create or replace trigger access_session_over after update of ended_how on access_session
  for each row when (old.ended_how = '' and new.ended_how <> '') execute function access_session_is_over();

-- Purpose: to end the sessions of someone who has left or whose password was changed, by whatever way that was done.
create or replace function access_end_sessions() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  r_person integer := to_jsonb(new) ->> tg_argv[0]; ended integer;
begin
  update access_session set ended_at = now(), ended_how = tg_argv[1] where person = r_person and ended_how = '';
  get diagnostics ended = row_count;
  if ended > 0 then
    perform access_journal('sign in', 'session', p.username, tg_argv[2], jsonb_build_object('ended', ended))
      from access_person p where p.id = r_person;
  end if;
  return null;
end $$;
create or replace trigger access_person_left after update of active on access_person
  for each row when (old.active and not new.active) execute function access_end_sessions('id', 'left', 'has left');
create or replace trigger access_credential_changed after update of password_hash on access_credential
  for each row when (old.password_hash <> new.password_hash)
  execute function access_end_sessions('person_id', 'password', 'password changed');

-- Purpose: to tell a browser how its session came to an end. It shows the key, which nobody else has.
create or replace function access_session_ended_how(p_key_hash text) returns text language sql stable security definer
set search_path = public, pg_temp as $$ select ended_how from access_session where key_hash = p_key_hash $$;

-- Purpose: to clear away sessions that ended or ran out, of everyone. One that ended is kept a day to say how.
create or replace function access_clear_sessions() returns integer language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  cleared integer;
begin
  delete from access_session where coalesce(ended_at, seen_at) < now() - interval '1 day';
  delete from access_token where expires_at < now();
  delete from access_pace where since < now() - interval '1 day';
  delete from django_session where expire_date < now();
  get diagnostics cleared = row_count;
  return cleared;
end $$;
