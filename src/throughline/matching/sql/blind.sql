-- The doors of blind matching: encodings go in and never come out to a reader; a pair is shown to its two bodies.

-- Purpose: to put the encodings of the reader's own body in place of those that it loaded before.
create or replace function matching_blind_keep(p_records text[], p_packed bytea[], p_made_by text, p_at timestamptz)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tl_body() is null or coalesce(tl_clearance(), -1) < 0 or not tl_may('report:load') then
    raise exception 'Only somebody who may load loads encodings.' using errcode = '42501';
  end if;
  delete from matching_blind_record where body = tl_body();
  insert into matching_blind_record (body, record, packed, made_by, loaded_at)
    select tl_body(), r.record, r.packed, p_made_by, p_at from unnest(p_records, p_packed) as r(record, packed);
end $$;

-- Purpose: to say with which other bodies' encodings those of a body can be matched: those made with the same key.
create or replace function matching_blind_bodies(p_body smallint) returns setof smallint language sql stable
security definer set search_path = public, pg_temp as $$
  select distinct o.body from matching_blind_record o
   where o.body <> p_body and o.made_by in (select m.made_by from matching_blind_record m where m.body = p_body)
   order by 1 $$;

-- Purpose: to give the engine the encodings of a body, to be compared.
create or replace function matching_blind_of(p_body smallint) returns table (record text, packed bytea) language sql
stable security definer set search_path = public, pg_temp as $$
  select r.record, r.packed from matching_blind_record r where r.body = p_body order by r.id $$;

-- Purpose: to write the pairs found between two bodies. One that is not found any more goes, unless somebody has answered
-- it. Doing it twice changes nothing. Gives how many are new.
create or replace function matching_blind_propose(p_a smallint, p_b smallint, p_pairs jsonb, p_at timestamptz)
returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare fresh bigint;
begin
  delete from matching_blind_link l where l.body_a = p_a and l.body_b = p_b
     and not exists (select from jsonb_array_elements(p_pairs) p where p->>'a' = l.record_a and p->>'b' = l.record_b)
     and not exists (select from matching_blind_answer w where w.link = l.ref);
  with new as (
    insert into matching_blind_link (ref, body_a, record_a, body_b, record_b, likeness, probability, made_by, made_at)
      select kernel_new_ref('BL'), p_a, p->>'a', p_b, p->>'b', (p->>'likeness')::float8, (p->>'probability')::float8,
             (select max(r.made_by) from matching_blind_record r where r.body = p_a), p_at
        from jsonb_array_elements(p_pairs) p order by p->>'a'
    on conflict (body_a, record_a, body_b, record_b) do nothing returning id
  ) select count(*) into fresh from new;
  return fresh;
end $$;

-- Purpose: to show a pair to its two bodies, each with its own reference and the body to ring, and no more.
create or replace function matching_blind_known(p_refs text[]) returns table
  (ref text, record text, other smallint, likeness double precision, probability double precision, made_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select l.ref, case when l.body_a = tl_body() then l.record_a else l.record_b end,
         case when l.body_a = tl_body() then l.body_b else l.body_a end, l.likeness, l.probability, l.made_at
    from matching_blind_link l
   where tl_body() in (l.body_a, l.body_b) and coalesce(tl_clearance(), -1) >= 0 and tl_may('hit:read')
     and (p_refs is null or l.ref = any(p_refs))
   order by l.id $$;
