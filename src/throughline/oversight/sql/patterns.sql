-- Purpose: to tell an auditor which looks by people of their own body were at a report that names a person of the looker's
-- own name, or of their family name. It gives numbers of entries, and nothing of the report.
create or replace function oversight_named(p_since timestamptz) returns table (entry bigint, is_self boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.id, bool_or(split_part(s.key, '|', 2) = upper(split_part(p.name, ' ', 1)))
    from access_journal_entry e join access_person p on p.id = e.person
    join intelligence_report r on r.ref = e.ref join intelligence_item i on i.report_id = r.id
    join intelligence_item_selector s on s.item_id = i.id and s.kind = 'person'
     and split_part(s.key, '|', 1) = upper(regexp_replace(p.name, '^.* ', ''))
   where tl_may('journal:read') and e.body = tl_body() and e.verb = 'consult' and e.thing = 'report' and e.at >= p_since
   group by e.id $$;
