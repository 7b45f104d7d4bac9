"""The weights in force: of the newest run, of the file where there was none, or of one version by its name."""

from functools import lru_cache

from django.db import connection

from throughline.matching.people.model import Learnt, learnt_of, unlearnt


def standing_weights() -> Learnt:
    """The weights in force."""
    with connection.cursor() as cursor:
        cursor.execute("select name from matching_link_weights() limit 1")
        row = cursor.fetchone()
    return weights_named(row[0]) if row else unlearnt()


@lru_cache(4)
def weights_named(name: str) -> Learnt:
    """One version of the weights, by which an old judgement can be weighed again. ``KeyError``: none has this name."""
    if name == unlearnt().name:
        return unlearnt()
    with connection.cursor() as cursor:
        cursor.execute("select name, learnt from matching_link_weights(%s)", [name])
        row = cursor.fetchone()
    if row is None:
        raise KeyError(name)
    return learnt_of(*row)
