"""What is drawn from a table ``fresh`` of calls: each call under both its numbers, pairs of numbers, and numbers.

``fresh`` has (moment, caller, callee, kind, seconds, cell, imei, imsi), each call once; a withheld number is blank.
"""

from typing import Final

# Cell, handset and SIM are those of the number that was asked for: of the two numbers of a row, the one that has more
# rows with that SIM (or handset). Where neither is given, they are the caller's.
SUBJECT: Final = """
create or replace temp table subject as
select device, number, count(*) as n from (
  select coalesce(imsi, imei) as device, caller as number from fresh
  union all select coalesce(imsi, imei), callee from fresh)
where device is not null and number <> '' group by device, number
"""
SIDES_OF: Final = """
  with whose as (
    select fresh.*, if(caller = '' or coalesce(b.n, 0) > coalesce(a.n, 0), callee, caller) as subject
    from fresh left join subject a on a.device = coalesce(fresh.imsi, fresh.imei) and a.number = fresh.caller
      left join subject b on b.device = coalesce(fresh.imsi, fresh.imei) and b.number = fresh.callee)
  select number, other, moment, outgoing, seconds, kind, if(number = subject, cell, null) as cell,
    if(number = subject, imei, null) as imei, if(number = subject, imsi, null) as imsi
  from (
    select caller as number, callee as other, moment, true as outgoing, seconds, kind, subject, cell, imei, imsi
      from whose where caller <> ''
    union all
    select callee, caller, moment, false, seconds, kind, subject, cell, imei, imsi from whose where callee <> '')
  order by number, moment, other
"""
EDGES_OF: Final = """
  select number, other, count(*) filter (where outgoing) as sent, count(*) filter (where not outgoing) as received,
    count(*) filter (where kind = 'text') as texts, sum(seconds)::bigint as seconds,
    min(moment) as first, max(moment) as last
  from sides where other <> '' and other <> number group by number, other order by number, other
"""
NUMBERS_OF: Final = """
  select number, min(first) as first, max(last) as last, sum(sent + received)::bigint as calls, count(*) as contacts
  from edges group by number order by number
"""
