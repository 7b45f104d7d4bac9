-- Purpose: to find the marking of a record of the present reader's own body by its reference, for people who know it and
-- for auditors, and to say whether a check on what it holds would point people of its own body, or of others, to it.
create or replace function sharing_record(p_thing text, p_ref text) returns table
  (marking bigint, compartment smallint, people integer[], teams integer[], points_own boolean, points_others boolean)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  r_body smallint := tl_body(); r_person integer := tl_person(); r_clearance smallint := tl_clearance();
  r_conditions smallint := tl_conditions(); r_compartments smallint[] := tl_compartments();
  r_teams integer[] := tl_teams(); r_audits boolean := tl_may('journal:read'); refs text[]; found bigint;
begin
  found := case p_thing
    when 'report' then (select r.marking_id from intelligence_report r where r.ref = p_ref)
    when 'item' then (select i.marking_id from intelligence_item i where i.ref = p_ref)
    when 'interest' then (select n.marking_id from selectors_interest n where n.ref = p_ref) end;
  refs := case when p_thing = 'report' then array(
    select i.ref from intelligence_item i join intelligence_report r on r.id = i.report_id where r.ref = p_ref)
    else array[p_ref] end;
  return query
    select m.id, m.compartment, m.people, m.teams, coalesce(p.own, false), coalesce(p.others, false)
      from access_marking m cross join lateral (
        select count(*) > 0 as own, bool_or(not exists (
                 select from selectors_sighting q where q.key = s.key and q.kind = s.kind and q.owner = s.owner and q.silent
                    and (r_audits or coalesce({{may_know:q}}, false)))) as others
          from selectors_sighting s
         where s.source_ref = any(refs) and (r_audits or coalesce({{may_know:s}}, false))) p
     where m.id = found and m.owner = r_body and (r_audits or coalesce({{may_know:m}}, false));
end $$;
