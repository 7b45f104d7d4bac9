create extension if not exists pg_trgm;
create extension if not exists fuzzystrmatch;

-- Fragments are found by their trigrams, one share of the values (of 256, by a digest of the value) at a time: a share tells
-- nothing of when a value came or from whom, so where a list is cut says nothing of rows that the reader may not know.
create or replace function search_share(p_key text) returns int language sql immutable parallel safe as
$$ select hashtext(p_key) & 255 $$;
create index if not exists search_value_fragments on search_value using gin (key gin_trgm_ops, search_share(key));
drop index if exists search_value_sounds;
create index if not exists search_value_heard on search_value using gin (sounds, search_share(key)) where sounds is not null;
create index if not exists search_value_names on search_value using gin (name gin_trgm_ops) where name <> '';
create index if not exists search_saved_marks on search_saved using gin (marks) where state = 'running';

-- How words sound in English (double metaphone; L. Philips, C/C++ Users Journal, June 2000).
create or replace function search_sounds(p_words text[]) returns table (word text, sounds text[])
language sql immutable parallel safe as
$$ select w, array_remove(array[dmetaphone(w), dmetaphone_alt(w)], '') from unnest(p_words) w $$;

-- The words of a name and how each sounds, as search_value keeps them and search_names asks for them.
create or replace function search_name_marks(p_words text[]) returns text[] language sql immutable parallel safe as
$$ select coalesce(array_agg(distinct m), '{}') from search_sounds(p_words) s
    cross join lateral unnest(s.word || array(select '~' || x from unnest(s.sounds) x)) m where m <> '' $$;

-- Purpose: to take the values of new sightings into what search looks through. Gives the people among them that are new,
-- whose names are to be written down by search_name.
create or replace function search_take(p_sightings bigint[]) returns table (id bigint, key text)
language plpgsql security definer set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query with taken as (
    insert into search_value (kind, key, name)
      select distinct kind, key, '' from selectors_sighting where id = any(p_sightings) order by key, kind
    on conflict (key, kind) do nothing returning search_value.id, kind, key)
  select id, key from taken where kind = 'person';
end $$;

-- Purpose: to write down the names of people as words, by which search finds them.
create or replace function search_name(p_values bigint[], p_names text[]) returns void language sql security definer
set search_path = public, pg_temp as $$
  update search_value v set name = n.name, sounds = array_to_tsvector(search_name_marks(string_to_array(n.name, ' ')))
    from unnest(p_values, p_names) as n(id, name) where v.id = n.id $$;

-- Purpose: a value that is seen nowhere any more leaves search with its last sighting.
create or replace function search_forget() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  delete from search_value v using (select distinct kind, key from gone) g
   where v.key = g.key and v.kind = g.kind and not exists (
     select from selectors_sighting s where s.key = g.key and s.kind = g.kind);
  return null;
end $$;
create or replace trigger search_forget after delete on selectors_sighting referencing old table as gone
  for each statement execute function search_forget();

-- Purpose: values that hold a fragment and were seen where the reader may know it. First among the newest sightings
-- that the reader may know, of every body or of the one asked for; then, where these are not all and give too few, share
-- by share. A fragment that is rare in the first shares
-- is asked for in all the others at once. The rule opens far more rows than the planner believes, so it is kept from
-- reading a whole table in order to find the newest few thousand.
create or replace function search_values(
  p_patterns text[], p_kind text, p_owner smallint, p_people boolean, p_from date, p_until date, p_size int,
  p_among bigint[] default null)
returns table (kind text, key text) language plpgsql stable security definer set search_path = public, pg_temp
set plan_cache_mode = force_custom_plan set enable_seqscan = off set max_parallel_workers_per_gather = 0 as $$
#variable_conflict use_column
declare
  r_body smallint := tl_body(); r_person integer := tl_person(); r_clearance smallint := tl_clearance();
  r_conditions smallint := tl_conditions(); r_compartments smallint[] := tl_compartments();
  r_teams integer[] := tl_teams(); v_kind text; v_key text; looked int := 0; given int;
  share int := 0; shares int[] := '{0}'; rare constant int := 100;
  enough constant int := case when p_owner is null then 2000 else 10000 end; rounds constant int := 4;
  seen int; last bigint := 9223372036854775807; kinds text[]; keys text[]; had text[] := '{}';
begin
  for round in 1 .. case when p_owner is null then 1 else rounds end loop
    with newest as materialized (
      select s.kind, s.key, s.id from selectors_sighting s
       where {{may_know:s}} and (p_among is null or s.id = any(p_among)) and (p_owner is null or s.owner = p_owner)
         and (p_kind = '' or s.kind = p_kind) and (p_people or s.kind <> 'person')
         and (p_from is null or s.seen_on >= p_from) and (p_until is null or s.seen_on <= p_until) and s.id < last
       order by s.id desc limit enough),
    held as (
      select n.kind, n.key, max(n.id) as at from newest n where n.key ilike any(p_patterns) and n.key <> all(had)
       group by n.kind, n.key order by at desc limit p_size - cardinality(had))
    select (select count(*) from newest), (select min(n.id) from newest n),
           array_agg(h.kind order by h.at desc), array_agg(h.key order by h.at desc)
      into seen, last, kinds, keys from held h;
    return query select * from unnest(kinds, keys);
    had := had || keys;
    if seen < enough or cardinality(had) >= p_size or p_among is not null then
      return;
    end if;
  end loop;
  given := 0;
  loop
    for v_kind, v_key in
      select v.kind, v.key from search_value v
       where v.key ilike any(p_patterns) and (cardinality(shares) > 200 or search_share(v.key) = any(shares))
         and (p_kind = '' or v.kind = p_kind) and (p_people or v.kind <> 'person')
    loop
      looked := looked + 1;
      if exists (select from selectors_sighting s where s.key = v_key and s.kind = v_kind
           and {{may_know:s}} and (p_owner is null or s.owner = p_owner)
           and (p_from is null or s.seen_on >= p_from) and (p_until is null or s.seen_on <= p_until)) then
        given := given + 1;
        kind := v_kind; key := v_key;
        return next;
        if given >= p_size then
          return;
        end if;
      end if;
    end loop;
    exit when shares[cardinality(shares)] = 255;
    share := shares[cardinality(shares)] + 1;
    shares := array(select generate_series(share, case
      when share = 1 then 7 when looked < rare then 255 else least(share + 15, 255) end));
  end loop;
end $$;

-- Each word of a name as a query: itself, the ways given for it, and how these sound.
create or replace function search_name_queries(p_words jsonb) returns setof text language sql immutable parallel safe as
$$ select string_agg(quote_literal(m), '|') from jsonb_array_elements(p_words) with ordinality w(ways, place)
    cross join lateral unnest(search_name_marks(array(select jsonb_array_elements_text(ways)))) m
   group by place order by place $$;

-- Purpose: people by name, in any order of the words: first those with the very words, then each word in any of the ways
-- given for it or sounding like one of them. Thousands may bear a name, so these are looked for share by share, each share
-- larger than the last, until there are enough; where the first shares hold few, in all the others at once. Where that gives
-- few, also with a word left out, and names spelt nearly, then somewhat, alike. Gives only people seen where the reader may
-- know it; what is likeliest is worked out by the caller.
create or replace function search_names(
  p_words jsonb, p_name text, p_owner smallint, p_from date, p_until date, p_size int, p_among bigint[] default null)
returns table (key text, name text) language plpgsql stable security definer set search_path = public, pg_temp
set pg_trgm.similarity_threshold = 0.5 set plan_cache_mode = force_custom_plan set enable_seqscan = off
set max_parallel_workers_per_gather = 0 as $$
#variable_conflict use_column
declare
  r_body smallint := tl_body(); r_person integer := tl_person(); r_clearance smallint := tl_clearance();
  r_conditions smallint := tl_conditions(); r_compartments smallint[] := tl_compartments();
  r_teams integer[] := tl_teams(); v_key text; v_name text; given text[] := '{}'; v_keys text[];
  very_words tsquery; all_words tsquery; but_one tsquery; enough constant int := 20; rare constant int := 100;
  step int := 0; by_index boolean; shares int[]; looked_to int := -1; looked int := 0;
begin
  select string_agg(quote_literal(ways ->> 0), '&')::tsquery into very_words from jsonb_array_elements(p_words) ways;
  select string_agg('(' || one || ')', '&')::tsquery into all_words from search_name_queries(p_words) one;
  select string_agg(alike, '|')::tsquery into but_one from (
    select string_agg('(' || one || ')', '&' order by place) filter (where place <> out) as alike
      from search_name_queries(p_words) with ordinality q(one, place), generate_series(1, jsonb_array_length(p_words)) out
     group by out having count(*) > 2) left_out;
  if p_among is not null then
    v_keys := array(select distinct s.key from selectors_sighting s
                     where s.id = any(p_among) and s.kind = 'person' and {{may_know:s}});
  end if;
  while step <= 4 loop
    -- Null stands for every share that is left: naming each would cost more than it spares. So does asking the index for a
    -- share beside several words and all their sounds: there the rows that it gives are sifted.
    by_index := step = 0 or jsonb_array_length(p_words) = 1;
    shares := case when step > 1 or v_keys is not null then null
                   when not by_index then case when looked_to < 0 then array(select generate_series(0, 31)) end
                   when looked_to < 0 or looked_to < 63 and looked >= rare
                   then array(select generate_series(looked_to + 1, 2 * looked_to + 9)) end;
    if step = 4 then
      perform set_config('pg_trgm.similarity_threshold', '0.3', true); -- until this function ends
    end if;
    for v_key, v_name in
      select v.key, v.name from search_value v
       where v.kind = 'person' and (v_keys is null or v.key = any(v_keys)) and v.key <> all(given)
         and (step <> 0 or v.sounds @@ very_words) and (step <> 1 or v.sounds @@ all_words)
         and (shares is null or not by_index or search_share(v.key) = any(shares))
         and (shares is null or by_index or search_share(v.key) + 0 = any(shares)) -- + 0: not by the index
         and (shares is not null or search_share(v.key) + 0 > looked_to)
         and (step <> 2 or v.sounds @@ but_one) and (step < 3 or v.name <> '' and v.name % p_name)
       order by similarity(v.name, p_name) desc, search_share(v.key), v.key
    loop
      looked := looked + 1;
      if exists (select from selectors_sighting s where s.key = v_key and s.kind = 'person'
           and {{may_know:s}} and (p_owner is null or s.owner = p_owner)
           and (p_from is null or s.seen_on >= p_from) and (p_until is null or s.seen_on <= p_until)) then
        given := given || v_key;
        key := v_key; name := v_name;
        return next;
        if cardinality(given) >= p_size then
          return;
        end if;
      end if;
    end loop;
    if shares is not null then
      looked_to := shares[cardinality(shares)];
      continue;
    end if;
    exit when step > 0 and cardinality(given) >= enough;
    step := step + 1;
    looked_to := -1;
    looked := 0;
  end loop;
end $$;

drop function if exists search_sightings_of(bigint[]);

-- Purpose: what the flow hands to search: new sightings, and reports that more may now know, with the sightings noted from
-- them. Takes their values in, and gives at once those sightings, the people to be named, and whether any search is saved.
-- Values of a sanitised version are not announced, since nothing is matched with them: they come in here.
create or replace function search_news(p_reports bigint[], p_sightings bigint[]) returns jsonb
language plpgsql security definer set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan as $$
declare drawn bigint[] := '{}'; versions bigint[] := '{}'; people jsonb;
begin
  if cardinality(p_reports) > 0 then
    select coalesce(array_agg(s.id), '{}'), coalesce(array_agg(s.id) filter (where s.source = 'version'), '{}')
      into drawn, versions
      from intelligence_item i join selectors_sighting s on s.source_ref = i.ref where i.report_id = any(p_reports);
  end if;
  if cardinality(p_sightings || versions) > 0 then
    select jsonb_agg(jsonb_build_array(id, key)) into people from search_take(p_sightings || versions);
  end if;
  return jsonb_build_object(
    'sightings', array(select distinct unnest(p_sightings || drawn) order by 1), 'people', coalesce(people, '[]'),
    'saved', exists (select from search_saved where state = 'running'));
end $$;

-- Purpose: which saved searches may find these new reports and sightings, and for whom: only those are then run, each as
-- its own person. Nothing goes to anyone from here.
create or replace function search_candidates(p_reports bigint[], p_sightings bigint[])
returns table (id bigint, person int) language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare news text[];
begin
  news := array(
    select 'w:' || w.lexeme from intelligence_item i cross join lateral unnest(i.search) w
     where i.report_id = any(p_reports)
    union
    select 'f:' || f from selectors_sighting s cross join lateral unnest(show_trgm(s.key)) f
     where s.id = any(p_sightings)
    union
    select 'n:' || m from selectors_sighting s join search_value v on v.key = s.key and v.kind = s.kind
     cross join lateral unnest(tsvector_to_array(v.sounds)) m where s.id = any(p_sightings) and s.kind = 'person');
  return query select id, person from search_saved where state = 'running' and marks && news order by person, id;
end $$;
