-- Purpose: to count one use of something by someone, in a window of so many seconds that begins with the first; gives
-- how many there were in it and when it began. One count for all processes.
create or replace function access_pace_spend(p_what text, p_who text, p_now timestamptz, p_seconds integer)
returns table (uses integer, since timestamptz) language sql security definer set search_path = public, pg_temp as $$
  insert into access_pace as p (what, who, since, uses) values (p_what, p_who, p_now, 1)
  on conflict (what, who) do update
    set uses = case when p.since + make_interval(secs => p_seconds) <= p_now then 1 else p.uses + 1 end,
        since = case when p.since + make_interval(secs => p_seconds) <= p_now then p_now else p.since end
  returning p.uses, p.since $$;

-- Purpose: the same count without adding to it; nothing when the window is over or none began.
create or replace function access_pace_spent(p_what text, p_who text, p_now timestamptz, p_seconds integer)
returns table (uses integer, since timestamptz) language sql stable security definer set search_path = public, pg_temp
as $$
  select p.uses, p.since from access_pace p
   where p.what = p_what and p.who = p_who and p.since + make_interval(secs => p_seconds) > p_now $$;
