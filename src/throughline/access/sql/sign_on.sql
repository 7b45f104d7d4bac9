-- Purpose: to find, before anyone has signed in, whose account a subject of the provider opens: a username, or nothing.
-- A closed account counts as none; leaving took its row away.
create or replace function access_subject_is(p_issuer text, p_subject text) returns text language sql stable
security definer set search_path = public, pg_temp as $$
  select p.username from access_sign_on s join access_person p on p.id = s.person_id
   where s.issuer = p_issuer and s.subject = p_subject and p.active $$;
