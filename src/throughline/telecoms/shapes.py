"""What is drawn from calls: each once in ``fresh``, then under both its numbers, pairs of numbers, and numbers.

``fresh`` has (moment, caller, callee, kind, seconds, cell, imei, imsi), each call once; a withheld number is blank.
"""

from typing import Final

# One call may come from both ends and from two providers. The same second, numbers and kind are the same call; and so
# are two calls in the same direction that begin within a few seconds while the first still lasts: clocks differ a
# little, and nobody rings the same number twice at once. A text has no length: only the same second makes it the same.
_SKEW = 5
"""Seconds by which the clocks of two providers may differ."""
FRESH: Final = f"""
create temp table fresh as
with once as (
  select moment, caller, callee, kind, max(seconds) as seconds, max(cell) as cell, max(imei) as imei, max(imsi) as imsi
  from clean group by moment, caller, callee, kind
), told as (
  select *, kind = 'call' and caller <> '' and callee <> '' and coalesce(
      epoch(moment - lag(moment) over one) <= least({_SKEW}, lag(seconds) over one - 0.001), false) as again
  from once window one as (partition by caller, callee, kind order by moment)
), run as (
  select *, sum((not again)::int) over (partition by caller, callee, kind order by moment) as which from told)
select min(moment) as moment, caller, callee, kind, max(seconds) as seconds, max(cell) as cell, max(imei) as imei,
  max(imsi) as imsi
from run group by caller, callee, kind, which
"""  # noqa: S608 our number
NOT_HELD: Final = f"""
delete from fresh using (
  select moment, if(outgoing, number, other) as caller, if(outgoing, other, number) as callee, kind, seconds,
    unnest([epoch(moment) // 8 - 1, epoch(moment) // 8, epoch(moment) // 8 + 1]) as about
  from read_parquet($before) where outgoing or other = '') held
where fresh.caller = held.caller and fresh.callee = held.callee and fresh.kind = held.kind
  and epoch(fresh.moment) // 8 = held.about and (fresh.moment = held.moment or (fresh.kind = 'call'
    and fresh.caller <> '' and fresh.callee <> '' and abs(epoch(fresh.moment - held.moment)) <= {_SKEW}
    and abs(epoch(fresh.moment - held.moment)) < if(fresh.moment > held.moment, held.seconds, fresh.seconds)))
"""  # noqa: S608 our number
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
_EDGES: Final = """
  select number, other, count(*) filter (where outgoing) as sent, count(*) filter (where not outgoing) as received,
    count(*) filter (where kind = 'text') as texts, sum(seconds)::bigint as seconds,
    min(moment) as first, max(moment) as last
  from sides where other <> '' and other <> number {which} group by number, other order by number, other
"""
EDGES_OF: Final = _EDGES.format(which="")
EDGES_WITHIN: Final = _EDGES.format(which="and number >= $low and number < $high")
"""The same for a range of numbers: of calls sorted by number so many at a time as fit into memory."""
NUMBERS_OF: Final = """
  select number, min(first) as first, max(last) as last, sum(sent + received)::bigint as calls, count(*) as contacts
  from edges group by number order by number
"""
FORWARDS_OF: Final = """
create temp table fresh_forwards as
select distinct number, onto, moment from (
  select callee as number, forwarded_to as onto, moment from clean
  union all select forwarded_by, callee, moment from clean)
where number <> '' and onto <> '' and number <> onto
"""
"""Who forwarded a call, and onto which number, in ``fresh_forwards``: a third number in the row of a call."""
FORWARDS_NOT_HELD: Final = """
delete from fresh_forwards using (select number, onto, moment from read_parquet($before)) held
where fresh_forwards.number = held.number and fresh_forwards.onto = held.onto and fresh_forwards.moment = held.moment
"""
