-- A marked row's labels are always those of its marking: whatever the statement said is overwritten.
create or replace function access_copy_labels() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare m access_marking;
begin
  select * into strict m from access_marking where id = new.marking_id;
  new.owner := m.owner; new.released := m.released; new.classification := m.classification;
  new.conditions := m.conditions; new.everyone := m.everyone; new.bodies := m.bodies; new.people := m.people;
  new.teams := m.teams; new.compartment := m.compartment; new.silent := m.silent;
  return new;
end $$;
