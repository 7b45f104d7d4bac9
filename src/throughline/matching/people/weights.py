"""The weights in force: those of the newest run, of the file where there was none, or of one version by its name."""

from datetime import datetime
from functools import lru_cache

from django.db import connection

from throughline.matching.people.model import Learnt, learnt_of, unlearnt


def standing_weights() -> Learnt:
    """The weights in force; read once in a process for each version."""
    with connection.cursor() as cursor:
        cursor.execute("select name, made_at from matching_link_standing()")
        row = cursor.fetchone()
    return _read_once(*row) if row else unlearnt()


@lru_cache(1)
def _read_once(name: str, made_at: datetime) -> Learnt:
    """A version never changes; the moment tells it from one of the same name in another database."""
    return weights_named(name)


def weights_named(name: str) -> Learnt:
    """One version of the weights, by which an old judgement can be weighed again. ``KeyError``: none has this name."""
    if name == unlearnt().name:
        return unlearnt()
    with connection.cursor() as cursor:
        cursor.execute("select matching_link_weights(%s)", [name])
        (kept,) = cursor.fetchone()
    if kept is None:
        raise KeyError(name)
    return learnt_of(name, kept)
