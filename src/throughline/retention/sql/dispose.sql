-- Purpose: to say whether work that people have begun rests on a report: an order, a safeguarding concern or a status in
-- law. Not which: the body that holds the report may not know of it.
create or replace function retention_is_relied_on(p_report bigint) returns boolean language plpgsql stable
security definer set search_path = public, pg_temp as $$
declare refs text[];
begin
  refs := array(select i.ref from intelligence_item i where i.report_id = p_report)
    || array(select r.ref from intelligence_report r where r.id = p_report);
  return exists (select from orders_evidence e where e.source_ref = any(refs))
    or exists (select from safeguarding_status s where s.source_ref = any(refs))
    or exists (select from safeguarding_concern c where c.closed_at is null and c.source_ref = any(refs));
end $$;

-- Purpose: to give the sightings of a report that its body has confirmed to dispose of, so that matching forgets them first.
create or replace function retention_sightings(p_review bigint) returns bigint[] language sql stable
security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(s.id), '{}') from retention_review v join intelligence_item i on i.report_id = v.report_id
    join selectors_sighting s on s.source_ref = i.ref
   where v.id = p_review and v.state = 'disposed' and v.body = tl_body() and tl_may('retention:confirm') $$;

-- Purpose: to dispose of a report that one person proposed and another confirmed: all content goes, and what was derived
-- from it; its reference, its marking and its dates stay, with a certificate. The journal is never changed.
create or replace function retention_dispose(p_review bigint, p_ref text, p_rule text, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v retention_review; r intelligence_report; refs text[]; k_kinds text[]; k_keys text[]; lost text[]; hits bigint[];
  hit_refs text[]; evidence bigint[]; gone jsonb := '{}'; n bigint;
begin
  select * into v from retention_review where id = p_review and state = 'disposed' and body = tl_body() for update;
  if v.id is null or not tl_may('retention:confirm') or v.proposed_person = tl_person()
     or exists (select from retention_disposal d where d.report_id = v.report_id) then
    raise exception 'only a second person disposes of a report, once' using errcode = '42501';
  end if;
  select * into r from intelligence_report where id = v.report_id;
  refs := array(select i.ref from intelligence_item i where i.report_id = r.id);
  select array_agg(s.kind), array_agg(s.key) into k_kinds, k_keys from (
    select distinct s.kind, s.key from intelligence_item_selector s join intelligence_item i on i.id = s.item_id
     where i.report_id = r.id) s;

  -- What is said of lines on the strength of it, with what took such a piece back.
  evidence := array(select e.id from lines_evidence e where e.source_ref = any(refs));
  delete from lines_evidence where withdraws_id = any(evidence);
  delete from lines_evidence where id = any(evidence);
  get diagnostics n = row_count; gone := gone || jsonb_build_object('statements about lines', n);
  delete from telecoms_finding where item = any(refs);

  -- Hits that nobody has judged, where the body holds the value no more. A judged one is a person's decision and stays.
  hits := array(select h.id from matching_hit h join unnest(k_kinds, k_keys) as k(kind, key) using (kind, key)
    where r.owner in (h.body_a, h.body_b)
      and not exists (select from matching_holding o where o.kind = h.kind and o.key = h.key and o.body = r.owner)
      and not exists (select from matching_hit_side s where s.hit_id = h.id and s.state <> 'raised')
      and not exists (select from matching_hit_note t where t.hit_id = h.id));
  hit_refs := array(select h.ref from matching_hit h where h.id = any(hits));
  delete from kernel_history where thing = 'hit' and thing_id in (select s.id from matching_hit_side s where s.hit_id = any(hits));
  delete from matching_second_look where side_id in (select s.id from matching_hit_side s where s.hit_id = any(hits));
  delete from matching_hit_escalation where hit = any(hit_refs);
  delete from matching_hit_side where hit_id = any(hits);
  delete from matching_hit where id = any(hits);
  get diagnostics n = row_count; gone := gone || jsonb_build_object('hits that nobody had judged', n);

  -- Values that nobody holds any more leave charts and judgements too: there is nothing left that they speak of.
  lost := array(select k.key from unnest(k_kinds, k_keys) as k(kind, key) where not exists (
    select from selectors_sighting s where s.kind = k.kind and s.key = k.key) and not exists (
    select from lines_evidence e where e.kind = k.kind and e.value = k.key));
  delete from network_chart_spot p using unnest(k_kinds, k_keys) as k(kind, key)
   where p.kind = k.kind and p.key = k.key and k.key = any(lost);
  get diagnostics n = row_count; gone := gone || jsonb_build_object('places on charts', n);
  delete from matching_link_judgement where key_a = any(lost) or key_b = any(lost);
  delete from matching_place_judgement where key_a = any(lost) or key_b = any(lost);

  -- What of it was given to a person in words is content too; that something was given stays, with the decision.
  update rights_record set words = '' where thing = 'report' and thing_id = r.id and words <> '';
  delete from search_alert where thing = 'report' and thing_id = r.id;
  -- A name is a hash of what an object said: whoever guesses that could have it confirmed.
  delete from interop_stix_name where report = r.id;
  delete from notices_notice where thing_ref = any(refs || r.ref || hit_refs);
  get diagnostics n = row_count; gone := gone || jsonb_build_object('notices', n);
  -- Rows of it that a load refused are kept with their text, to be mended.
  delete from loads_refusal f using loads_load l where l.id = f.load_id and l.owner = r.owner and f.report = r.origin_ref;
  get diagnostics n = row_count; gone := gone || jsonb_build_object('refused rows of loads', n);
  delete from intelligence_saved_draft where ref = r.origin_ref and body = r.owner;

  update access_marking set instructions = 'Disposed of' where instructions <> '' and (id = r.marking_id
    or id in (select i.marking_id from intelligence_item i where i.report_id = r.id
              union select p.marking_id from intelligence_provenance p where p.report_id = r.id));
  delete from intelligence_attachment where report_id = r.id;
  get diagnostics n = row_count; gone := gone || jsonb_build_object('files', n);
  delete from intelligence_provenance where report_id = r.id;
  delete from intelligence_sensitive_source where report_id = r.id;
  delete from intelligence_item_selector where item_id in (select i.id from intelligence_item i where i.report_id = r.id);
  get diagnostics n = row_count; gone := gone || jsonb_build_object('selectors', n);
  delete from intelligence_item where report_id = r.id;
  get diagnostics n = row_count; gone := gone || jsonb_build_object('items', n);
  update kernel_history set why = '' where thing = 'report' and thing_id = r.id and why <> '';
  update intelligence_report set title = 'Disposed of', state = case when state = 'received' then 'rejected'
    when state in ('graded', 'circulated') then 'withdrawn' else state end, origin_ref = p_ref, contact = '', caveat = '', pii = '', priority = '',
    threats = '{}', content_hash = p_ref, closed_at = coalesce(closed_at, p_now),
    closed_why = 'Disposed of under certificate ' || p_ref where id = r.id;

  insert into retention_disposal (ref, report_id, body, compartment, kind, group_key, rule, reason, proposed_person,
      proposed_by, proposed_at, confirmed_by, confirmed_at, gone)
    values (p_ref, r.id, v.body, v.compartment, 'report', v.group_key, p_rule, v.reason, v.proposed_person,
      v.proposed_by, v.proposed_at, coalesce(current_setting('tl.name', true), ''), p_now, gone);
end $$;

-- Purpose: to tell everyone who was told of a report or opened it that it was disposed of.
create or replace function retention_to_tell(p_ref text) returns table
  (ref text, owner smallint, body smallint, person integer, compartment smallint)
language sql stable security definer set search_path = public, pg_temp as $$
  select h.ref, h.owner, h.body, h.person, h.compartment from retention_disposal d
   cross join lateral intelligence_had(array[d.report_id]) h where d.ref = p_ref $$;
