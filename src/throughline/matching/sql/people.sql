-- The doors by which people are found again, linked, and shown at the degree that a reader may know.

-- What travels with the one person that a source tells of: by kind, what else stands in it. Where a source tells of
-- several people it cannot be said whose phone it is, so nothing travels. One source has one marking. Of each value the
-- newest ``p_tellings`` sources are looked at. Many at once, since one at a time took ten times as long.
create or replace function matching_tellings(p_keys text[], p_tellings int)
returns table (sighting bigint, key text, travels jsonb) language plpgsql stable set search_path = public, pg_temp
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off -- few of very many, each by its index
set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query with seen as materialized (
    select n.* from (select distinct k from unnest(p_keys) k) d cross join lateral (
      select s.id, s.key, s.source_ref from selectors_sighting s
       where s.key = d.k and s.kind = 'person' and s.source <> 'version' order by s.id desc limit p_tellings) n
  ), beside as (
    select n.id, n.key, e.kind, jsonb_agg(e.key order by e.key) as keys
      from seen n join selectors_sighting e on e.source_ref = n.source_ref
       and e.kind in ('person', 'phone', 'email', 'postcode', 'address', 'national_id')
     group by n.id, n.key, e.kind
  ) select b.id, b.key, jsonb_object_agg(b.kind, b.keys) filter (where b.kind <> 'person') from beside b
     group by b.id, b.key
    having count(*) > 1 and max(jsonb_array_length(b.keys)) filter (where b.kind = 'person') = 1;
end $$;

drop function if exists matching_travels(text);

-- Purpose: to give the engine the people among new sightings: nobody, as in most reports, in one look at rows that have
-- just been written.
create or replace function matching_people_told(p_sightings bigint[]) returns jsonb language plpgsql stable
security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_array(s.id, s.key) order by s.id), '[]')
            from selectors_sighting s where s.id = any(p_sightings) and s.kind = 'person' and s.source <> 'version');
end $$;

drop function if exists matching_people_keep(text[], text[], bigint[]);
drop function if exists matching_people_find(text[], text[], bigint[], bigint[], int, int);
drop function if exists matching_people_propose(text[], text[], bigint[], bigint[], double precision[], text[], text, timestamptz);

-- The keys of people as they are handed over: {value: [key, ...]}, since one text is read sooner than three arrays.
create or replace function matching_people_codes(p_codes jsonb) returns table (key text, code bigint)
language sql immutable strict set search_path = public, pg_temp as $$
  select k.key, c.code::bigint from jsonb_each(p_codes) k, jsonb_array_elements_text(k.value) as c(code) $$;

-- Purpose: to keep people under the keys by which they are found again; one whom it knows already is left as it is.
create or replace function matching_people_keep(p_codes jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan
set enable_nestloop = off set enable_hashjoin = on as $$ -- all keys of the new at once
begin
  with fresh as (
    insert into matching_person (key) select k from jsonb_object_keys(p_codes) k order by k
    on conflict do nothing returning id, key
  ) insert into matching_person_code (code, person_id)
      select distinct c.code, f.id from fresh f join matching_people_codes(p_codes) c using (key) order by 1, 2;
end $$;

-- Purpose: to keep new people under their keys, and to find who may be the same: whoever shares a key that no crowd
-- shares, or is told of beside the same phone, address or identifier. With each, the newest of what sources tell of
-- them. One transaction at a time, so that two people who arrive at the same moment still meet.
create or replace function matching_people_find(
  p_codes jsonb, p_sightings bigint[], p_crowd int, p_tellings int) returns jsonb
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$ -- few of very many, each by its index
declare met jsonb;
begin
  perform pg_advisory_xact_lock(7305);
  perform matching_people_keep(p_codes);
  insert into matching_link_side (body, link_id)
    select distinct s.owner, l.id from selectors_sighting s
      join matching_link l on l.key_a = s.key or l.key_b = s.key
     where s.id = any(p_sightings) and s.kind = 'person' on conflict do nothing;

  with near as (
    select distinct c.key, p.id
      from matching_people_codes(p_codes) c
      cross join lateral (select array_agg(n.person_id) as people from (
        select person_id from matching_person_code where code = c.code limit p_crowd + 1) n) s
      cross join lateral unnest(s.people) as p(id)
     where cardinality(s.people) <= p_crowd
  ), named as (
    select n.key, o.key as other from near n join matching_person o on o.id = n.id and o.key <> n.key
  ), beside as (
    select distinct s.key, o.key as other
      from selectors_sighting s join selectors_sighting e on e.source_ref = s.source_ref
       and e.kind in ('phone', 'email', 'address', 'national_id')
      cross join lateral (select array_agg(x.source_ref) as sources from (
        select source_ref from selectors_sighting where key = e.key and kind = e.kind limit p_crowd + 1) x) f
      join selectors_sighting o on o.source_ref = any(f.sources) and o.kind = 'person' and o.key <> s.key
     where s.id = any(p_sightings) and s.kind = 'person' and cardinality(f.sources) <= p_crowd and o.source <> 'version'
  ), pairs as (select * from named union select * from beside)
  select jsonb_build_object(
      'pairs', (select coalesce(jsonb_agg(jsonb_build_array(key, other) order by key, other), '[]') from pairs),
      'told', (select coalesce(jsonb_agg(jsonb_build_array(t.sighting, t.key, t.travels) order by t.sighting), '[]')
                 from matching_tellings((select array_agg(key) || array_agg(other) from pairs), p_tellings) t)) into met;
  return met;
end $$;

-- Purpose: to give a batch the people of the nation in the order of their values, so many after the last, each with
-- whether a key finds them yet, and the newest of what sources tell of them.
create or replace function matching_people_after(p_after text, p_size int, p_tellings int) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (
    with page as materialized (
      select distinct s.key from selectors_sighting s
       where s.kind = 'person' and s.source <> 'version' and s.key > p_after order by s.key limit p_size
    ), told as (
      select t.key, jsonb_agg(jsonb_build_array(t.sighting, t.travels) order by t.sighting) as told
        from matching_tellings((select array_agg(key) from page), p_tellings) t group by t.key
    ) select coalesce(jsonb_agg(jsonb_build_array(
             k.key, exists (select from matching_person p where p.key = k.key), coalesce(t.told, '[]')) order by k.key), '[]')
        from page k left join told t using (key));
end $$;

-- Purpose: to propose links between people, with their weights; each is seen by the bodies that hold one of the two, at
-- the degree that ``matching_links_known`` gives. Doing it twice changes nothing. Each of ``p_links`` is
-- [one, other, sighting of one, of the other, bits, parts], one before other. Gives how many are new.
create or replace function matching_people_propose(p_links jsonb, p_model text, p_at timestamptz) returns bigint
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$ -- few of very many, each by its index
declare fresh bigint; links bigint[];
begin
  with new as (
    insert into matching_link (ref, key_a, key_b, made_at)
      select kernel_new_ref('LK'), a, b, p_at
        from (select distinct g->>0 as a, g->>1 as b from jsonb_array_elements(p_links) g) d order by a, b
    on conflict (key_a, key_b) do nothing returning id
  ) select count(*) into fresh from new;
  with weighed as (
    insert into matching_link_weight (link_id, sighting_a, sighting_b, bits, parts, model)
      select l.id, (g->2)::bigint, (g->3)::bigint, (g->4)::double precision, g->5, p_model
        from jsonb_array_elements(p_links) g
        join matching_link l on l.key_a = g->>0 and l.key_b = g->>1
       order by 1, 2, 3
    on conflict (link_id, sighting_a, sighting_b)
      do update set bits = excluded.bits, parts = excluded.parts, model = excluded.model
    returning link_id
  ) select array_agg(distinct link_id) into links from weighed;
  insert into matching_link_side (body, link_id)
    select distinct s.owner, l.id from matching_link l cross join lateral (values (l.key_a), (l.key_b)) as e(key)
      join selectors_sighting s on s.kind = 'person' and s.key = e.key
     where l.id = any(links) order by 1, 2 on conflict do nothing;
  return fresh;
end $$;

-- Purpose: to tell a run which sighting is the newest as it begins to read.
create or replace function matching_people_newest() returns bigint language sql stable security definer
set search_path = public, pg_temp as $$ select coalesce(max(id), 0) from selectors_sighting $$;

-- Purpose: to tell a run of the people who came in while it read, so that they are weighed by what it has learnt.
create or replace function matching_people_since(p_after bigint) returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
  select array_agg(s.id order by s.id) from selectors_sighting s
   where s.id > p_after and s.kind = 'person' and s.source <> 'version' $$;

-- Purpose: to tell a run which people and sightings still stand before it writes of them, and to hold arrivals and
-- withdrawals back until that is written.
create or replace function matching_people_still(p_keys text[], p_sightings bigint[]) returns jsonb language plpgsql
security definer set search_path = public, pg_temp set enable_seqscan = off as $$
begin
  perform pg_advisory_xact_lock(7305);
  return jsonb_build_object(
    'keys', (select coalesce(jsonb_agg(k), '[]') from unnest(p_keys) k
              where exists (select from selectors_sighting s where s.key = k and s.kind = 'person')),
    'sightings', (select coalesce(jsonb_agg(s.id), '[]') from selectors_sighting s where s.id = any(p_sightings)));
end $$;

-- To take links out whole: their sides and weights, and what is left of them.
create or replace function matching_people_unlink(p_links bigint[]) returns void language sql
set search_path = public, pg_temp as $$
  delete from matching_link_side where link_id = any(p_links);
  delete from matching_link_weight where link_id = any(p_links);
  delete from matching_link where id = any(p_links) $$;

-- Purpose: to let weights of earlier models go once a run has weighed the nation anew, and links that nothing speaks for.
create or replace function matching_people_outdate(p_model text) returns bigint language plpgsql security definer
set search_path = public, pg_temp as $$
declare gone bigint[];
begin
  delete from matching_link_weight where model <> p_model;
  select array_agg(l.id) into gone from matching_link l
   where not exists (select from matching_link_weight w where w.link_id = l.id);
  perform matching_people_unlink(gone);
  return coalesce(cardinality(gone), 0);
end $$;

-- Purpose: to forget what rests on withdrawn sightings: their weights, and people whom no sighting knows any more.
create or replace function matching_people_forget(p_sightings bigint[], p_kinds text[], p_keys text[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare gone text[]; touched bigint[];
begin
  if not coalesce('person' = any(p_kinds), false) then
    return;
  end if;
  perform pg_advisory_xact_lock(7305);
  select array_agg(l.id) into touched from unnest(p_kinds, p_keys) as k(kind, key)
    join matching_link l on l.key_a = k.key or l.key_b = k.key where k.kind = 'person';
  delete from matching_link_weight where link_id = any(touched)
     and (sighting_a = any(p_sightings) or sighting_b = any(p_sightings));
  select array_agg(k.key) into gone from unnest(p_kinds, p_keys) as k(kind, key)
   where k.kind = 'person' and not exists (select from selectors_sighting s where s.key = k.key and s.kind = 'person');
  perform matching_people_unlink((select array_agg(l.id) from matching_link l
    where l.id = any(touched) and (l.key_a = any(gone) or l.key_b = any(gone))));
  delete from matching_person_code where person_id in (select id from matching_person where key = any(gone));
  delete from matching_person where key = any(gone);
end $$;

-- Purpose: to say which weights are in force, those of the newest run, without reading them.
create or replace function matching_link_standing() returns table (name text, made_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.name, m.made_at from matching_link_model m where not starts_with(m.name, 'addresses') order by m.id desc limit 1 $$;

-- Purpose: to give the engine one version of the weights by its name.
create or replace function matching_link_weights(p_name text) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select m.learnt from matching_link_model m where m.name = p_name $$;

-- Purpose: to keep what a run has learnt, under the next number. Gives its name.
create or replace function matching_link_learn(p_model text, p_learnt text, p_people int, p_at timestamptz) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare named text;
begin
  perform pg_advisory_xact_lock(7305);
  insert into matching_link_model (name, learnt, people, made_at)
    select p_model || ', learnt ' || count(*) + 1, p_learnt, p_people, p_at from matching_link_model returning name into named;
  return named;
end $$;

-- Purpose: to show proposed links to a reader whose body holds one of the two people, at three degrees. Both known: the
-- highest weight among the sightings that the reader may know, with its parts where links are asked for by name. One
-- known: the bodies that hold the other, unless they keep it silent, and whether it is strong; neither its value nor what
-- agrees. None known, or too little of what speaks for it: nothing. The newest ``p_size`` are looked at, all at once.
create or replace function matching_links_known(p_refs text[], p_keys text[], p_size int, p_least double precision) returns table
  (ref text, degree text, key_a text, key_b text, bits double precision, parts text, model text,
   sighting_a bigint, sighting_b bigint, sightings int, pointed smallint[], made_at timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
  r_body smallint := tl_body(); r_person integer := tl_person(); r_clearance smallint := tl_clearance();
  r_conditions smallint := tl_conditions(); r_compartments smallint[] := tl_compartments();
  r_teams integer[] := tl_teams();
begin
  if r_body is null or coalesce(r_clearance, -1) < 0 or not tl_may('hit:read') then
    return;
  end if;
  return query with mine as materialized (
    select l.id, l.ref, l.key_a, l.key_b, l.made_at
      from matching_link_side d join matching_link l on l.id = d.link_id
     where d.body = r_body and (p_refs is null or l.ref = any(p_refs))
       and (p_keys is null or l.key_a = any(p_keys) or l.key_b = any(p_keys)) order by l.id desc limit p_size
  ), known as materialized (
    select k.key, count(*)::int as times from (select m.key_a as key from mine m union select m.key_b from mine m) k
      join selectors_sighting s on s.key = k.key and s.kind = 'person' and {{may_know:s}} group by k.key
  ), ended as materialized (
    select m.*, coalesce(a.times, 0) as known_a, coalesce(b.times, 0) as known_b
      from mine m left join known a on a.key = m.key_a left join known b on b.key = m.key_b
  ), best as (
    select distinct on (w.link_id) w.* from ended e join matching_link_weight w on w.link_id = e.id
     where e.known_a > 0 and e.known_b > 0 and w.bits >= p_least and (w.sighting_a = 0 or (
        exists (select from selectors_sighting s where s.id = w.sighting_a and {{may_know:s}})
        and exists (select from selectors_sighting s where s.id = w.sighting_b and {{may_know:s}})))
     order by w.link_id, w.bits desc, w.id
  ) select e.ref, 'content', e.key_a, e.key_b, w.bits, case when p_refs is null then '{}' else w.parts::text end, w.model,
           w.sighting_a, w.sighting_b, e.known_a + e.known_b, '{}'::smallint[], e.made_at
      from ended e join best w on w.link_id = e.id
  union all
    select e.ref, 'existence', case when e.known_a > 0 then e.key_a else '' end,
           case when e.known_a > 0 then '' else e.key_b end, h.bits, '{}', '', 0, 0, e.known_a + e.known_b, h.pointed, e.made_at
      from ended e cross join lateral (
        select array_agg(distinct s.owner order by s.owner) as pointed, max(w.bits) as bits
          from matching_link_weight w join selectors_sighting s
            on s.key = case when e.known_a > 0 then e.key_b else e.key_a end and s.kind = 'person'
           and case when e.known_a > 0 then w.sighting_b else w.sighting_a end in (0, s.id)
         where w.link_id = e.id and w.bits >= p_least and s.source <> 'version'
           and (w.sighting_a = 0 or exists (select from selectors_sighting k
             where k.id = case when e.known_a > 0 then w.sighting_a else w.sighting_b end and {{may_know:k}}))
           and not exists (select from selectors_sighting q where q.key = s.key and q.kind = 'person'
             and q.owner = s.owner and q.silent and q.owner <> r_body)) h
     where (e.known_a > 0) <> (e.known_b > 0) and h.pointed is not null;
end $$;
