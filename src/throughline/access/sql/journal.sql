-- The journal: append-only, in 64 hash chains side by side. An entry takes a lane that no other transaction holds.
insert into access_journal_lane (id, entries, head)
  select n, 0, sha256(convert_to('throughline journal lane ' || n, 'UTF8')) from generate_series(0, 63) n
  on conflict do nothing;
alter table access_journal_lane set (fillfactor = 50);
-- Who opened a report is asked when it is corrected or withdrawn.
create index if not exists access_journal_consulted on access_journal_entry (ref) where verb = 'consult' and thing = 'report';

-- What the hash of an entry covers: every column, its own number too, so that two entries cannot change places.
create or replace function access_journal_text(
  p_id bigint, p_lane integer, p_seq bigint, p_at timestamptz, p_person integer, p_name text, p_body integer,
  p_verb text, p_thing text, p_ref text, p_why text, p_detail jsonb, p_owner integer) returns text language sql stable as
$$ select jsonb_build_array(p_id, p_lane, p_seq, extract(epoch from p_at)::text, p_person, p_name, p_body,
                            p_verb, p_thing, p_ref, p_why, p_detail, p_owner)::text $$;

-- Purpose: to append entries, one for each place in the arrays, as the reader of this transaction. The one way an entry
-- is written. A lane is taken once for them all: a row changed again and again in one transaction grows slow.
create or replace function access_journal_all(
  p_verbs text[], p_things text[], p_refs text[], p_whys text[], p_details jsonb[], p_owner smallint default null)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  entry bigint; moment timestamptz; chain access_journal_lane; first_lane integer := pg_backend_pid() % 64;
  r_person integer := tl_person(); r_name text := tl_name(); r_body smallint := tl_body();
begin
  if cardinality(p_refs) = 0 then
    return;
  end if;
  select * into chain from access_journal_lane where id = first_lane for update skip locked;
  if not found then
    select * into chain from access_journal_lane order by (id - first_lane + 64) % 64 limit 1 for update skip locked;
  end if;
  if not found then
    select * into strict chain from access_journal_lane where id = first_lane for update;
  end if;
  for n in 1 .. cardinality(p_refs) loop
    entry := nextval('access_journal_entry_id_seq'); moment := clock_timestamp(); chain.entries := chain.entries + 1;
    chain.head := sha256(chain.head || convert_to(access_journal_text(entry, chain.id, chain.entries, moment, r_person,
      r_name, r_body, p_verbs[n], p_things[n], p_refs[n], p_whys[n], p_details[n], p_owner), 'UTF8'));
    insert into access_journal_entry (id, lane, seq, at, person, person_name, body, verb, thing, ref, why, detail, owner,
                                      hash)
      values (entry, chain.id, chain.entries, moment, r_person, r_name, r_body, p_verbs[n], p_things[n], p_refs[n],
              p_whys[n], p_details[n], p_owner, chain.head);
  end loop;
  update access_journal_lane set entries = chain.entries, head = chain.head where id = chain.id;
end $$;

-- Purpose: to append one entry.
create or replace function access_journal(
  p_verb text, p_thing text, p_ref text, p_why text, p_detail jsonb default '{}',
  p_owner smallint default null) returns void language sql security definer set search_path = public, pg_temp as
$$ select access_journal_all(array[p_verb], array[p_thing], array[p_ref], array[p_why], array[p_detail], p_owner) $$;

-- Purpose: to find every fault in the chains: an entry edited, missing, added or moved, or a head that no longer fits.
create or replace function access_journal_faults() returns table (lane smallint, seq bigint, fault text)
language sql stable security definer set search_path = public, pg_temp as $$
  with chained as (
    select e.*, lag(e.hash) over w as before, row_number() over w as place
      from access_journal_entry e window w as (partition by e.lane order by e.seq)
  ), faults as (
    select lane, seq, case
      when seq <> place then 'an entry before this one is missing, or this one was moved'
      when hash <> sha256(coalesce(before, sha256(convert_to('throughline journal lane ' || lane, 'UTF8')))
        || convert_to(access_journal_text(id, lane, seq, at, person, person_name, body, verb, thing, ref, why,
                      detail, owner), 'UTF8')) then 'this entry, or the one before it, was changed' end as fault from chained
    union all
    select l.id, l.entries, 'the chain does not end where its head says: entries were removed or added'
      from access_journal_lane l left join lateral (
        select e.seq, e.hash from access_journal_entry e where e.lane = l.id order by e.seq desc limit 1) last on true
      where coalesce(last.seq, 0) <> l.entries
         or coalesce(last.hash, sha256(convert_to('throughline journal lane ' || l.id, 'UTF8'))) <> l.head
    union all
    select e.lane, e.seq, 'this lane is not one of the journal''s'
      from access_journal_entry e where not exists (select 1 from access_journal_lane l where l.id = e.lane)
    union all
    select null, null, 'a lane of the journal is missing' where (select count(*) from access_journal_lane) <> 64
  ) select lane, seq, fault from faults where fault is not null order by lane, seq $$;

-- Purpose: to say how many entries the journal should hold, by the heads of its chains.
create or replace function access_journal_size() returns bigint language sql stable security definer
set search_path = public, pg_temp as $$ select coalesce(sum(entries), 0)::bigint from access_journal_lane $$;

-- Purpose: to give the end of every chain, to be signed and kept outside: counts and hashes, nothing of any entry.
create or replace function access_journal_heads() returns table (lane smallint, entries bigint, head bytea)
language sql stable security definer set search_path = public, pg_temp as
$$ select l.id, l.entries, l.head from access_journal_lane l order by l.id $$;

-- Purpose: to give the entries of a chain, so many after the last, to be hashed anew outside the database. For whoever
-- runs the service: no page calls it, and with a reader set it gives nothing.
create or replace function access_journal_rows(p_lane smallint, p_after bigint, p_size int) returns table
  (id bigint, lane smallint, seq bigint, at text, person integer, person_name text, body smallint, verb text, thing text,
   ref text, why text, detail text, owner smallint, hash bytea)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query select e.id, e.lane, e.seq, extract(epoch from e.at)::text, e.person, e.person_name, e.body, e.verb, e.thing, e.ref,
         e.why, e.detail::text, e.owner, e.hash
    from access_journal_entry e
   where e.lane = p_lane and e.seq > p_after and tl_person() is null order by e.seq limit p_size;
end $$;

create or replace function access_journal_is_final() returns trigger language plpgsql as $$
begin
  raise exception 'the journal is never changed' using errcode = '42501';
end $$;
create or replace trigger access_journal_entry_final before update or delete on access_journal_entry
  for each row execute function access_journal_is_final();
