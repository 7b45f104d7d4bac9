"""What stands of every number at once: volume, exact contacts, out and in, texts, seconds, first and last moment.

Drawn from the pairs of numbers, which a load draws from the calls once: a pair stands once under each of its numbers,
so counting the pairs of a number counts its contacts, and nothing has to be told apart again.
"""

from typing import Final

FEATURES: Final = """
select number, sum(sent + received)::bigint as calls, count(*) as contacts,
  sum(sent) / sum(sent + received) as out_share, sum(texts)::bigint as texts, sum(seconds)::bigint as seconds,
  min(first) as first, max(last) as last
from edges group by number
"""
