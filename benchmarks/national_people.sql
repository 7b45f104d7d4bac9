-- Accounts over the bodies, more where the forces are larger: run as the superuser, with bench.people saying how many.
-- Their password is that of the cast, whose hash is copied, so that a sign-in costs what it costs.
set session_replication_role = replica;
set synchronous_commit = off;
select setseed(0.42);
create temporary table bench_person as
  select n, bodies[1 + floor(cardinality(bodies) * power(random(), 1.3))] as body,
         (array['officer', 'officer', 'officer', 'officer', 'officer', 'officer', 'analyst', 'analyst', 'coordinator',
                'safeguarding'])[1 + n % 10] as role
    from generate_series(1, current_setting('bench.people')::int) n
    cross join (select array(select id from organisations_body order by id) as bodies) b;
insert into access_person (username, name, body_id, active)
  select 'day-' || n, 'Person ' || n || ' of the day', body, true from bench_person;
insert into access_credential (person_id, password_hash, failures, changed_at)
  select p.id, c.password_hash, 0, now() from access_person p
    cross join (select c.password_hash from access_credential c join access_person a on a.id = c.person_id
                 where a.username = 'analyst@nclcc') c
   where p.username like 'day-%';
insert into access_role_grant (person_id, role, starts, granted_by, why)
  select p.id, b.role, current_date, 'Seed', '' from bench_person b join access_person p on p.username = 'day-' || b.n;
-- The register's markings were numbered by hand: what is written from here on takes its turn after them.
select setval(pg_get_serial_sequence('access_marking', 'id'), (select max(id) from access_marking));
select setval(pg_get_serial_sequence('lines_evidence', 'id'), (select max(id) from lines_evidence));
select setval(pg_get_serial_sequence('lines_standing', 'id'), (select max(id) from lines_standing));
