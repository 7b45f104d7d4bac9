-- A synthetic nation's intelligence, made set by set: run as the superuser, with bench.reports saying how many
-- reports. Nothing here is a person: every value is a number in a pattern.
--
-- Skew. Of the sightings, half are of a value that nobody else holds, a quarter of a value seen again and again by
-- one body, 22 in 100 of a value that several bodies may hold, and 3 in 100 of one of 500 values that are everywhere.
-- 20,000 circulations, small ones far more often; an ordinary reader comes to know about 36 in 100 of the reports.
set session_replication_role = replica;
set synchronous_commit = off;
set maintenance_work_mem = '1GB';
set work_mem = '128MB';
select setseed(0.42);

-- Indexes other than primary keys come off, and are made again at the end from their own definitions.
create table bench_index as
  select c.conrelid::regclass::text as on_table, 'alter table ' || c.conrelid::regclass || ' add constraint '
         || quote_ident(c.conname) || ' ' || pg_get_constraintdef(c.oid) as make,
         'alter table ' || c.conrelid::regclass || ' drop constraint ' || quote_ident(c.conname) as remove
    from pg_constraint c where c.contype = 'u' and c.conrelid::regclass::text = any (array[
      'access_marking', 'intelligence_report', 'intelligence_item', 'intelligence_item_selector', 'selectors_sighting',
      'matching_hit', 'matching_hit_side', 'search_value'])
  union all
  select i.indrelid::regclass::text, pg_get_indexdef(i.indexrelid), 'drop index ' || i.indexrelid::regclass
    from pg_index i where not i.indisprimary and i.indrelid::regclass::text = any (array[
      'access_marking', 'intelligence_report', 'intelligence_item', 'intelligence_item_selector', 'selectors_sighting',
      'matching_hit', 'matching_hit_side', 'search_value'])
     and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid and c.contype = 'u');
do $$ declare one record; begin for one in select remove from bench_index loop execute one.remove; end loop; end $$;

create unlogged table bench_circulation as
  select n, array(select b.id from organisations_body b order by hashint4(n * 1000 + b.id)
                  limit 1 + floor(27 * power(random(), 2))::int) as bodies
    from generate_series(0, 19999) n;

create index on bench_circulation (n);
create unlogged table bench_report as
  select d.n, 'IR-' || lpad(to_hex((d.n * 2654435761) % 4294967296), 8, '0') as ref, owner, state, everyone,
         coalesce(c.bodies, '{}') as bodies, classification, compartment, on_day
    from (select n, (array(select id from organisations_body order by id))[1 + floor(57 * power(random(), 1.3))] as owner,
                 case when r < 0.90 then 'circulated' when r < 0.955 then 'graded' when r < 0.99 then 'received'
                      else 'rejected' end as state, r < 0.24 as everyone,
                 case when r >= 0.24 and r < 0.90 then floor(20000 * power(random(), 1.5))::int end as circulation,
                 (random() < 0.4)::int as classification, case when n % 500 = 0 then 1 else 0 end as compartment,
                 date '2026-11-01' - floor(1500 * power(random(), 2))::int as on_day
            from (select n, random() as r from generate_series(1, current_setting('bench.reports')::bigint) n) drawn) d
    left join bench_circulation c on c.n = d.circulation;
create index on bench_report (n);

insert into access_marking (id, owner, released, classification, conditions, everyone, bodies, people, teams,
                            compartment, silent, handling, action, sanitisation, instructions)
  select n, owner, state = 'circulated', classification, 0, everyone, bodies, '{}', '{}', compartment, false,
         'P', '', '', '' from bench_report order by n;
insert into intelligence_report (id, marking_id, owner, released, classification, conditions, everyone, bodies, people,
    teams, compartment, silent, ref, origin_ref, title, date_of_intelligence, recorded_at, recorded_by, contact,
    content_hash, state, is_sanitised, closed_why, priority, caveat, pii, threats)
  select n, n, owner, state = 'circulated', classification, 0, everyone, bodies, '{}', '{}', compartment, false,
         ref, 'S-' || n, 'Report of the simulation, number ' || n, on_day, on_day + interval '30 hours', 'Seed',
         'Seed, desk', md5(n::text) || md5((-n)::text), state, false, '', '', '', '', '{}'
    from bench_report order by n;

-- Words: twenty-five thousand sentences of eleven words, a few words very common and most rare, each with its own
-- lexemes; an item's text is two of them.
create unlogged table bench_word as
  select n, case when n <= 12 then (array['phone', 'seen', 'male', 'drug', 'station', 'cash', 'train', 'calls', 'house',
                                          'school', 'vehicle', 'cuckoo'])[n]
            else translate(to_hex(n * 7919 + 65536), '0123456789', 'ghjkmnpqrs') end as word
    from generate_series(1, 6000) n;
create index on bench_word (n);
create unlogged table bench_sentence as
  select n, text, to_tsvector('english', text) as search from (
    select s.n, string_agg(w.word, ' ') as text
      from (select n, 1 + floor(6000 * power(random(), 3.2))::int as word
              from generate_series(0, 24999) n, generate_series(1, 11)) s
      join bench_word w on w.n = s.word group by s.n) made;
create index on bench_sentence (n);

create unlogged table bench_item as
  select r.n * 2 - 2 + k as id, r.n as report, k as number, r.ref || '/' || k as ref, random() < 0.08 as conditioned,
         floor(25000 * random())::int as one, floor(25000 * random())::int as two
    from bench_report r, generate_series(1, 2) k;
insert into access_marking (id, owner, released, classification, conditions, everyone, bodies, people, teams,
                            compartment, silent, handling, action, sanitisation, instructions, parent_id)
  select current_setting('bench.reports')::bigint + i.id, owner, state = 'circulated', classification, 1 << (i.id % 3)::int,
         everyone, bodies, '{}', '{}', compartment, false, 'C', 'A' || 1 + i.id % 3, 'S1', 'Ask the owner first', r.n
    from bench_item i join bench_report r on r.n = i.report
   where conditioned and state not in ('received', 'rejected') order by i.id;
insert into intelligence_item (id, marking_id, owner, released, classification, conditions, everyone, bodies, people,
    teams, compartment, silent, report_id, number, ref, text, scheme, source, assessment, handling, older_instructions,
    search)
  select i.id, m.id, m.owner, m.released, m.classification, m.conditions, m.everyone, m.bodies, '{}', '{}', m.compartment,
         false, r.n, i.number, i.ref, a.text || '. ' || b.text || '.' || once.text, '3x5x2', graded.source,
         graded.assessment, graded.handling, '', a.search || b.search || to_tsvector('english', once.text)
    from bench_item i join bench_report r on r.n = i.report
    join bench_sentence a on a.n = i.one join bench_sentence b on b.n = i.two
    cross join lateral (select state not in ('received', 'rejected') as done) d
    cross join lateral (select case when done then (1 + i.id % 3)::text else '' end as source,
                               case when done then substr('ABCDE', 1 + (i.id % 5)::int, 1) else '' end as assessment,
                               case when not done then '' when conditioned then 'C' else 'P' end as handling) graded
    -- One word was in use in the older half, and is in none of the newer reports.
    cross join lateral (select case when r.n * 2 < current_setting('bench.reports')::bigint and i.one % 10 = 0
                                    then ' oncecommon.' else '' end as text) once
    join access_marking m
      on m.id = case when conditioned and done then current_setting('bench.reports')::bigint + i.id else r.n end
   order by i.id;

-- Five selectors an item, a sixth on each fourth item, of six kinds.
create unlogged table bench_key as
  select i.id as item, j, case
      when r < 0.50 then i.id * 10 + j
      when r < 0.75 then 3e9::bigint + m.owner * 1000000 + floor(power(random(), 1.5) * scale.local)::bigint
      when r < 0.97 then 4e9::bigint + floor(power(random(), 1.3) * scale.shared)::bigint
      else 5e9::bigint + floor(power(random(), 1.6) * 83)::bigint end as value
    from (select i.id, random() as r, j from bench_item i, generate_series(1, 6) j where j < 6 or i.id % 4 = 0) i
    join intelligence_item m on m.id = i.id
    cross join (select current_setting('bench.reports')::bigint / 150 as local,
                       current_setting('bench.reports')::bigint / 2 as shared) scale;
insert into intelligence_item_selector (marking_id, owner, released, classification, conditions, everyone, bodies, people,
    teams, compartment, silent, item_id, kind, key)
  select m.marking_id, m.owner, m.released, m.classification, m.conditions, m.everyone, m.bodies, '{}', '{}',
         m.compartment, false, m.id, k.kind, k.key
    from bench_key b join intelligence_item m on m.id = b.item
    cross join lateral (select
      (array['opaque', 'email', 'imei', 'vehicle', 'social', 'person'])[b.j] as kind,
      case b.j when 1 then 'P-' || value when 2 then 'u' || value || '@mail.example' when 3 then lpad(value::text, 15, '0')
               when 4 then 'BX' || value when 5 then 'snapchat/u' || value else
                 (array['SMITH', 'SMYTH', 'EXAMPLE', 'KOWALSKI', 'PATEL', 'ROBINSON', 'WRIGHT', 'OKAFOR', 'SAMPLE', 'JONES'])
                   [1 + floor(10 * power((value % 997) / 997.0, 2))::int]
                 || substr(' LEE WESTON MARSH HOLT FINCH CARR', 1 + 5 * (value % 7)::int, (value % 3)::int * 5)
                 || '|' || (array['JONATHAN', 'KATHERINE', 'MOHAMMED', 'WILLIAM', 'ELIZABETH', 'ANTHONY', 'ALEXANDER', 'YUSUF',
                                  'PIOTR', 'SAMUEL', 'OLGA', 'PRIYA', 'DAVID', 'SARAH'])[1 + (value / 997 % 14)::int]
                 || '|' || date '1960-01-01' + (value % 16000)::int end as key) k
   order by b.item, b.j;
insert into selectors_sighting (marking_id, owner, released, classification, conditions, everyone, bodies, people,
    teams, compartment, silent, kind, key, source, source_ref, grade, seen_on, noted_at)
  select s.marking_id, s.owner, s.released, s.classification, s.conditions, s.everyone, s.bodies, s.people, s.teams,
         s.compartment, s.silent, s.kind, s.key, 'report', i.ref, i.source || i.assessment || i.handling,
         r.date_of_intelligence, r.recorded_at
    from intelligence_item_selector s join intelligence_item i on i.id = s.item_id
    join intelligence_report r on r.id = i.report_id where i.handling <> '' order by s.id;

-- Standing interests, one to a thousand reports, half of them silent, in values that others may hold.
create unlogged table bench_interest as
  select n, 1 + n % 57 as place, current_setting('bench.reports')::bigint * 4 + n as marking, n % 2 = 0 as silent,
         'P-' || 4e9::bigint + floor(power(random(), 1.3) * current_setting('bench.reports')::bigint / 2)::bigint as key
    from generate_series(1, current_setting('bench.reports')::bigint / 1000) n;
insert into access_marking (id, owner, released, classification, conditions, everyone, bodies, people, teams,
                            compartment, silent, handling, action, sanitisation, instructions)
  select marking, b.id, false, 1, 0, false, '{}', '{}', '{}', 0, silent, 'P', '', '', '' from bench_interest i
    join (select id, row_number() over (order by id) as place from organisations_body) b on b.place = i.place;
insert into selectors_interest (marking_id, owner, released, classification, conditions, everyone, bodies, people,
    teams, compartment, silent, ref, kind, key, why, kept_by, at, state)
  select m.id, m.owner, false, 1, 0, false, '{}', '{}', '{}', 0, m.silent, 'IN-' || lpad(to_hex(n), 8, '0'), 'opaque', key,
         'simulation', 'Seed', now(), 'kept' from bench_interest i join access_marking m on m.id = i.marking;
insert into selectors_sighting (marking_id, owner, released, classification, conditions, everyone, bodies, people,
    teams, compartment, silent, kind, key, source, source_ref, grade, seen_on, noted_at)
  select marking_id, owner, false, 1, 0, false, '{}', '{}', '{}', 0, silent, kind, key, 'interest', ref, '', at::date, at
    from selectors_interest;

-- The index of who holds what, and the hits that it brings, ranked: as the engine would have left them by now.
insert into matching_holding (kind, key, body, times, silent_times, first_on, last_on, compartment)
  select kind, key, owner, count(*), count(*) filter (where silent), min(seen_on), max(seen_on), min(compartment)
    from selectors_sighting group by key, kind, owner;
create unlogged table bench_shared as
  select kind, key, greatest(2, count(*) filter (where silent_times = 0)) as holders,
         greatest(2, sum(times) filter (where silent_times = 0)) as times
    from matching_holding group by key, kind having count(*) > 1;
insert into matching_hit (ref, kind, key, body_a, body_b, told_a, told_b, compartment_a, compartment_b, holders, times,
                          common, raised_at)
  select 'HI-' || lpad(to_hex((row_number() over ()) * 2654435761 % 4294967296), 8, '0'), k.kind, k.key, a.body, b.body,
         b.silent_times = 0, a.silent_times = 0, a.compartment, b.compartment, k.holders, k.times,
         k.holders >= 6 or k.times >= 50, now()
    from bench_shared k join matching_holding a on a.key = k.key and a.kind = k.kind
    join matching_holding b on b.key = k.key and b.kind = k.kind and b.body > a.body;
insert into matching_hit_side (hit_id, kind, body, other, told, other_told, compartment, other_compartment, state,
                               rarity, reason, decided_by)
  select h.id, h.kind, s.body, s.other, s.told, s.other_told, s.compartment, s.other_compartment,
         case when random() < 0.8 then 'raised' when random() < 0.5 then 'confirmed' else 'dismissed' end,
         0.9 / log(2, greatest(2, h.holders + h.times - 2)), '', ''
    from matching_hit h cross join lateral (values
      (h.body_a, h.body_b, h.told_a, h.told_b, h.compartment_a, h.compartment_b),
      (h.body_b, h.body_a, h.told_b, h.told_a, h.compartment_b, h.compartment_a))
      as s(body, other, told, other_told, compartment, other_compartment);

-- What search looks through: every value once, the names of people as words.
insert into search_value (kind, key, name, sounds)
  select kind, key, name, case when name <> '' then array_to_tsvector(search_name_marks(string_to_array(name, ' '))) end
    from (select kind, key, case when kind = 'person'
                 then lower(split_part(key, '|', 2) || ' ' || trim(split_part(key, '|', 1))) else '' end as name
            from (select distinct kind, key from selectors_sighting) one) named;

do $$ declare one record; begin
  for one in select make from bench_index order by make loop execute one.make; end loop;
  for one in select 'select setval(pg_get_serial_sequence(''' || t || ''', ''id''), coalesce(max(id), 1), max(id) is not null) from '
      || t as fix from unnest(array['access_marking', 'intelligence_report', 'intelligence_item',
        'intelligence_item_selector', 'selectors_interest', 'selectors_sighting', 'matching_hit', 'matching_hit_side', 'search_value']) t loop
    execute one.fix;
  end loop;
end $$;
drop table bench_index, bench_circulation, bench_report, bench_word, bench_sentence, bench_item, bench_key, bench_interest,
  bench_shared;
