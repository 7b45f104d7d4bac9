-- Purpose: to write down that something changed, in the transaction that changed it: what kind of thing and which, no content.
create or replace function interop_note_changes() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  insert into interop_change (xact, kind, thing, at)
    select pg_current_xact_id()::text::bigint, tg_argv[0], c.id, now() from changed c;
  return null;
end $$;
create or replace trigger interop_report_added after insert on intelligence_report
  referencing new table as changed for each statement execute function interop_note_changes('report');
create or replace trigger interop_report_changed after update on intelligence_report
  referencing new table as changed for each statement execute function interop_note_changes('report');
create or replace trigger interop_hit_added after insert on matching_hit_side
  referencing new table as changed for each statement execute function interop_note_changes('hit');
create or replace trigger interop_hit_changed after update on matching_hit_side
  referencing new table as changed for each statement execute function interop_note_changes('hit');
create or replace trigger interop_line_added after insert on lines_line
  referencing new table as changed for each statement execute function interop_note_changes('line');
create or replace trigger interop_line_changed after update on lines_line
  referencing new table as changed for each statement execute function interop_note_changes('line');
create or replace trigger interop_evidence_added after insert on lines_evidence
  referencing new table as changed for each statement execute function interop_note_changes('evidence');
create or replace trigger interop_evidence_changed after update on lines_evidence
  referencing new table as changed for each statement execute function interop_note_changes('evidence');

-- Purpose: to say how far a page of changes may look, whoever's they are: so many places on, and never beyond what every
-- transaction under way has left behind. It gives a place, which is shown to nobody as it is.
create or replace function interop_changes_until(p_xact bigint, p_id bigint, p_most integer)
returns table (xact bigint, id bigint) language sql stable security definer set search_path = public, pg_temp as $$
  select s.xact, s.id from (
    select c.xact, c.id from interop_change c
     where (c.xact, c.id) > (p_xact, p_id) and c.xact < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
     order by c.xact, c.id limit p_most) s
   order by s.xact desc, s.id desc limit 1 $$;
