-- Purpose: to tell those who look after concerns in a body that one waits for them, or has moved.
create or replace function safeguarding_to_tell(p_concerns bigint[]) returns table
  (id bigint, ref text, owner smallint, compartment smallint, state text, raised_person int)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.id, c.ref, c.owner, c.compartment, c.state, c.raised_person from safeguarding_concern c
   where c.id = any(p_concerns) order by c.id $$;

drop function if exists safeguarding_flags(text[]);
-- Purpose: to say to whoever works on a county line that a child, or an adult, is at risk in it, and nothing more. It
-- tells of lines that the reader may know, and of concerns in no closed circle or in one of the reader's.
create function safeguarding_flags(p_lines text[]) returns table (line text, is_child boolean, is_adult boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select l.ref, bool_or(c.age <> 'adult'), bool_or(c.age = 'adult')
    from lines_line l
    join safeguarding_concern c on c.line_id = l.id or c.line_id in (
      select m.line_id from lines_merge m where m.head_id = l.id and m.undone_at is null and m.overtaken_by = '')
   where l.ref = any(p_lines) and coalesce(lines_known(l.id), false)
     and c.state in ('raised', 'assessed', 'referred', 'safeguarded') and not c.silent
     and (c.compartment = 0 or c.compartment = any(tl_compartments()))
   group by l.ref $$;

drop function if exists safeguarding_existence(text, text);
-- Purpose: to say to whoever checks a person before acting which desks to ring, since a concern about them is open. It
-- says that there is one and whose, and whether the person may be acted against. A silent one is not told.
create function safeguarding_existence(p_kind text, p_key text) returns table (body smallint, is_exploited_child boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.owner, bool_or(c.age <> 'adult'
      and c.harms && array['criminal exploitation', 'sexual exploitation', 'debt bondage', 'trafficking'])
    from safeguarding_particulars p join safeguarding_concern c on c.id = p.concern_id
   where coalesce(tl_clearance(), -1) >= 0 and tl_may('check:run') and p.kind = p_kind and p.key = p_key
     and c.state in ('raised', 'assessed', 'referred', 'safeguarded') and not c.silent
     and (c.compartment = 0 or c.compartment = any(tl_compartments()))
   group by c.owner order by c.owner $$;

drop function if exists safeguarding_texts(bigint[], bigint[]);
-- Purpose: to screen items that have just been graded for signs that somebody is at risk. Each once.
create function safeguarding_texts(p_sightings bigint[], p_reports bigint[]) returns table
  (ref text, owner smallint, text text)
language sql stable security definer set search_path = public, pg_temp as $$
  select i.ref, i.owner, i.text from (
      select id from intelligence_item where report_id = any(p_reports)
      union select n.id from selectors_sighting s join intelligence_item n on n.ref = s.source_ref
       where s.id = any(p_sightings)) g -- not by "or": that would read every item of the nation
    join intelligence_item i using (id)
   where i.handling <> '' and i.assessment <> 'E' and not i.silent
     and not exists (select from safeguarding_concern c where c.owner = i.owner and c.source_ref = i.ref)
   order by i.id $$;

drop function if exists safeguarding_hit_texts(bigint[]);
-- Purpose: to screen again, with the hit as a further reason, what each side of a hit holds of its own.
create function safeguarding_hit_texts(p_hits bigint[]) returns table (ref text, owner smallint, text text)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct i.ref, i.owner, i.text
    from matching_hit h join matching_hit_side d on d.hit_id = h.id and d.told
    join selectors_sighting s on s.kind = h.kind and s.key = h.key and s.owner = d.body and s.source = 'report'
    join intelligence_item i on i.ref = s.source_ref
   where h.id = any(p_hits) and i.handling <> '' and i.assessment <> 'E' and not i.silent
     and not exists (select from safeguarding_concern c where c.owner = i.owner and c.source_ref = i.ref)
   order by i.ref limit 200 $$;

drop function if exists safeguarding_propose(jsonb, timestamptz);
-- Purpose: to propose concerns from what was screened, each to the body whose item it is and to nobody else. The words
-- of the item are not copied: whoever looks opens the item, by its own marking.
create function safeguarding_propose(p_found jsonb, p_now timestamptz) returns setof bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare one record; mark bigint; made bigint;
begin
  for one in
    select f.*, i.owner, i.classification, i.compartment,
           (select min(e.line_id) from lines_evidence e where e.source_ref = i.ref) as line
      from jsonb_to_recordset(p_found) as f (ref text, age text, nation text, harms text[], reasons text[])
      join intelligence_item i on i.ref = f.ref order by f.ref
  loop
    perform pg_advisory_xact_lock(7311, hashtext(one.ref));
    continue when exists (
      select from safeguarding_concern c where c.owner = one.owner and c.source_ref = one.ref);
    insert into access_marking (owner, released, classification, conditions, everyone, bodies, people, teams, compartment,
                                silent, handling, action, sanitisation, instructions)
      values (one.owner, false, one.classification, 0, false, '{}', '{}', '{}', one.compartment, false, 'P', '', '', '')
      returning id into mark;
    insert into safeguarding_concern (marking_id, ref, state, age, harms, nation, authority, words, source, source_ref,
                                      line_id, reasons, raised_at, raised_by, raised_person, outcome)
      values (mark, kernel_new_ref('SG'), 'proposed', one.age, one.harms, one.nation, '', '', 'screening', one.ref,
              one.line, one.reasons, p_now, 'Throughline', 0, '') returning id into made;
    return next made;
  end loop;
end $$;

drop function if exists safeguarding_against(text[], text);
-- Purpose: to say whether somebody by whose numbers or hit a bid goes is a child held as exploited. Whoever bids is told
-- that, and whose desk to ring, as at a check. A silent concern, or one in a closed circle, is not told.
create function safeguarding_against(p_numbers text[], p_hit text) returns table (body smallint)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct c.owner
    from safeguarding_particulars p join safeguarding_concern c on c.id = p.concern_id
   where coalesce(tl_clearance(), -1) >= 0 and tl_may('task:bid') and p.key <> ''
     and (p.kind || ':' || p.key = any(p_numbers)
          or exists (select from matching_hit h where h.ref = p_hit and h.kind = p.kind and h.key = p.key))
     and c.age <> 'adult'
     and c.harms && array['criminal exploitation', 'sexual exploitation', 'debt bondage', 'trafficking']
     and c.state in ('raised', 'assessed', 'referred', 'safeguarded') and not c.silent
     and (c.compartment = 0 or c.compartment = any(tl_compartments()))
   order by c.owner $$;

drop function if exists safeguarding_bids_against(bigint[]);
-- Purpose: to say of bids by whose numbers or hit the people of these concerns are found which bodies hold one of them as
-- an exploited child now, so that work under way stops; none where nobody does any more. A silent concern counts for
-- nothing here, nor one in a closed circle in which the bid does not stand.
create function safeguarding_bids_against(p_concerns bigint[]) returns table (bid bigint, bodies smallint[])
language sql stable security definer set search_path = public, pg_temp as $$
  with meant as (
    select distinct b.id, b.compartment, b.numbers, b.hit_ref
      from safeguarding_particulars p join tasking_bid b
        on p.kind || ':' || p.key = any(b.numbers)
        or b.hit_ref in (select h.ref from matching_hit h where h.kind = p.kind and h.key = p.key)
     where p.concern_id = any(p_concerns) and p.key <> '' and b.state not in ('closed', 'withdrawn', 'reviewed', 'result')
       and (b.pursue <> '' or not b.tactics <@ array['visits', 'safeguarding', 'partners'])
  ) select m.id, array(
      select distinct c.owner from safeguarding_particulars p join safeguarding_concern c on c.id = p.concern_id
       where p.key <> '' and (p.kind || ':' || p.key = any(m.numbers)
              or exists (select from matching_hit h where h.ref = m.hit_ref and h.kind = p.kind and h.key = p.key))
         and c.age <> 'adult'
         and c.harms && array['criminal exploitation', 'sexual exploitation', 'debt bondage', 'trafficking']
         and c.state in ('raised', 'assessed', 'referred', 'safeguarded') and not c.silent
         and c.compartment in (0, m.compartment) order by 1)
    from meant m order by m.id $$;

-- Nothing is tasked against a child who is held as exploited: a bid that goes by one protects, or is not kept at all.
create or replace function safeguarding_never_against() returns trigger language plpgsql as $$
begin
  if (new.pursue <> '' or not new.tactics <@ array['visits', 'safeguarding', 'partners'])
     and exists (select from safeguarding_against(new.numbers, new.hit_ref)) then
    raise exception 'No work may be set against this person: a bid may protect alone.';
  end if;
  return new;
end $$;
create or replace trigger tasking_bid_never_against before insert on tasking_bid
  for each row execute function safeguarding_never_against();
