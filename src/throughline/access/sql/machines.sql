-- Purpose: to find, before a machine has signed in, which account a client and the hash of its secret open, and for what.
create or replace function access_machine_is(p_client text, p_secret_hash text)
returns table (person bigint, scopes text[]) language sql stable security definer set search_path = public, pg_temp as $$
  select m.person_id, m.scopes from access_machine m
   where m.client = p_client and m.secret_hash = p_secret_hash and m.ended_at is null $$;

-- Purpose: to find which account a token opens, and for what, until it runs out. Whoever asks shows it.
create or replace function access_token_opens(p_key_hash text, p_now timestamptz)
returns table (person bigint, scopes text[]) language sql stable security definer set search_path = public, pg_temp as $$
  select m.person_id, t.scopes from access_token t join access_machine m on m.person_id = t.person
   where t.key_hash = p_key_hash and t.expires_at > p_now and m.ended_at is null $$;
