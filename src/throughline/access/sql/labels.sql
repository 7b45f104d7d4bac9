-- Purpose: a marked row's labels are always those of its marking, whatever the statement said. The marking is held
-- until the row is committed, so that a change of it at the same moment waits, and then finds the row.
create or replace function access_copy_labels() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  -- Into the columns at once: one assignment after another doubled the cost of a row.
  select owner, released, classification, conditions, everyone, bodies, people, teams, compartment, silent
    into strict new.owner, new.released, new.classification, new.conditions, new.everyone, new.bodies, new.people,
         new.teams, new.compartment, new.silent
    from access_marking where id = new.marking_id for share;
  return new;
end $$;

-- Purpose: a marking that follows another has that one's owner and circulation; only its conditions are its own.
create or replace function access_follow_parent() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare p access_marking;
begin
  if new.parent_id is not null then
    select * into strict p from access_marking where id = new.parent_id for share;
    new.owner := p.owner; new.released := p.released; new.classification := p.classification;
    new.everyone := p.everyone; new.bodies := p.bodies; new.people := p.people; new.teams := p.teams;
    new.compartment := p.compartment; new.silent := p.silent;
  end if;
  return new;
end $$;
create or replace trigger access_marking_follow before insert or update on access_marking
  for each row execute function access_follow_parent();
