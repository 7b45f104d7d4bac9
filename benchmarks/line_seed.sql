-- A national register of lines, made set by set: run as the superuser, with bench.lines saying how many, of which three
-- in ten are open. Nothing here is a person: every value is a number in a pattern.
--
-- A line rests on 4 to 16 items of one to four bodies, each under its own marking; an item says two to four things of
-- it. Four in ten items are circulated to everyone, three to a few bodies, the rest to nobody.
set session_replication_role = replica;
set synchronous_commit = off;
select setseed(0.42);

create temporary table bench_line as
  select n, hub, sold, case when n % 10 < 3 then (array['live', 'live', 'proposed', 'reopened'])[1 + n % 4]
            else (array['closed type 1', 'closed type 2', 'not a line'])[1 + n % 3] end as state,
         4 + floor(13 * random())::int as items
    from (select n, forces[1 + floor(cardinality(forces) * power(random(), 2.5))] as hub,
                 forces[1 + floor(cardinality(forces) * random())] as sold
            from generate_series(1, current_setting('bench.lines')::int) n
            cross join (select array(select id from organisations_body where kind = 'territorial'
                                      order by hashint4(id)) as forces) f) drawn;
insert into lines_line (id, ref, state, compartment, lead, officer, added_at, closed_on)
  select n, 'CL-' || lpad(to_hex((n * 2654435761) % 4294967296), 8, '0'), state, 0,
         case when n % 5 > 0 then sold end, '', now() - n % 700 * interval '1 day',
         case when state like 'closed%' then current_date - 30 end from bench_line;
insert into lines_standing (line_id, at, standing, lead, officer)
  select id, added_at, state, lead, '' from lines_line;

create temporary table bench_item as
  select row_number() over () as id, l.n as line, k as nth, l.hub, l.sold,
         case when random() < 0.6 then l.sold when random() < 0.5 then l.hub
              else bodies[1 + floor(cardinality(bodies) * random())] end as owner,
         random() as circulated, current_date - floor(400 * power(random(), 2))::int as seen_on
    from bench_line l
    cross join (select array(select id from organisations_body order by id) as bodies) b
    cross join lateral generate_series(1, l.items) k;
insert into access_marking (id, owner, released, classification, conditions, everyone, bodies, people, teams,
                            compartment, silent, handling, action, sanitisation, instructions)
  select 50000000 + id, owner, circulated < 0.7, 0, 0, circulated < 0.4,
         case when circulated between 0.4 and 0.7 then array(
           select b.id from organisations_body b order by hashint4((id % 500)::int * 1000 + b.id) limit 6) else '{}' end,
         '{}', '{}', 0, false, 'P', '', '', '' from bench_item;
insert into lines_evidence (marking_id, owner, released, classification, conditions, everyone, bodies, people, teams,
    compartment, silent, line_id, ref, statement, kind, value, detail, words, source_ref, grade, seen_on, recorded_at,
    recorded_by, by_body, by_person)
  select m.id, m.owner, m.released, m.classification, m.conditions, m.everyone, m.bodies, '{}', '{}', 0, false, i.line,
         'LE-' || i.id || '-' || s.nth, s.statement, s.kind, s.value, s.detail, '', 'IR-' || i.id || '/1',
         (array['1A', '2B', '2C', '3D'])[1 + i.id % 4] || 'P', i.seen_on, i.seen_on + interval '30 hours', 'Seed',
         i.owner, 0
    from bench_item i join access_marking m on m.id = 50000000 + i.id
    join organisations_body hub on hub.id = i.hub join organisations_body sold on sold.id = i.sold
    cross join lateral (values
      (1, 'number', 'phone', '+4472' || lpad((i.line * 10 + i.nth % 3)::text, 8, '0'), ''),
      (2, (array['exports from', 'imports to'])[1 + i.nth % 2], 'body', (array[hub.code, sold.code])[1 + i.nth % 2], ''),
      (3, (array['brand', 'drug', 'imports to', 'role', 'violence', 'exploitation'])[1 + (i.id % 6)::int],
          (array['brand', 'word', 'town', 'person', 'word', 'word'])[1 + (i.id % 6)::int],
          (array['NAME ' || i.line % 4000, (array['heroin', 'crack'])[1 + i.nth % 2],
                 (select t.town from bench_town t where t.code = sold.code order by hashint4(i.line + t.n) limit 1),
                 'PATTERN|N' || i.line * 7 + i.nth % 5 || '|2001-04-02', (array['knife', 'threats'])[1 + i.nth % 2], 'child'])[1 + (i.id % 6)::int],
          case when i.id % 6 = 3 then 'runner' else '' end)
    ) s(nth, statement, kind, value, detail)
   where s.value is not null;
select setval(pg_get_serial_sequence('lines_line', 'id'), (select max(id) from lines_line));
