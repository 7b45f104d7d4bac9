"""Networks as they were loaded, and where everyone stands in them by their ties."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from throughline.access.models import Marked
from throughline.network.chart.models import ChartSpot, LinkChart

__all__ = ["ChartSpot", "LinkChart", "Network", "Node", "Standing", "Tie"]


class Network(Marked):
    """One network: its name within its owner's body, its phases in order, and what happened in each.

    ``clusters`` holds, for one that is too large to be drawn whole, the place of each community on the chart.
    ``kinds`` are those of its nodes that stand for people; none when all do.
    """

    ref = models.TextField(unique=True)
    name = models.TextField()
    name_key = models.TextField()
    is_directed = models.BooleanField(default=False)
    is_two_mode = models.BooleanField(default=False)
    phases = ArrayField(models.TextField(), default=list)
    happenings = models.JSONField(default=list)
    clusters = models.JSONField(default=dict)
    loaded_at = models.DateTimeField()
    loaded_by = models.TextField()

    class Meta:
        db_table = "network_network"
        constraints = [models.UniqueConstraint(fields=["owner", "name_key"], name="network_named_once")]


class Node(Marked):
    """A person or thing of a network: the phases that it is listed in, its roles, and all else said of it.

    ``x`` and ``y`` are its place on the chart, from 0 to 1000, or on that of its community; kept once found.
    """

    # No index of its own: the constraint below begins with it.
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="nodes", db_index=False)
    kind = models.TextField(default="")
    key = models.TextField()
    is_person = models.BooleanField(default=True)
    phases = ArrayField(models.TextField(), default=list)
    roles = ArrayField(models.TextField(), default=list)
    attributes = models.JSONField(default=dict)
    community = models.IntegerField(null=True)
    x = models.SmallIntegerField(null=True)
    y = models.SmallIntegerField(null=True)

    class Meta:
        db_table = "network_node"
        constraints = [models.UniqueConstraint(fields=["network", "kind", "key"], name="network_node_once")]


class Tie(Marked):
    """A tie from one node to another in a phase; ``role`` is that of the source in it, or what the tie is."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="ties", db_index=False)
    phase = models.TextField(default="")
    source = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="ties_out")
    target = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="ties_in")
    role = models.TextField(default="")
    weight = models.FloatField(default=1)
    attributes = models.JSONField(default=dict)

    class Meta:
        db_table = "network_edge"
        constraints = [
            models.UniqueConstraint(
                fields=["network", "phase", "source", "target", "role"], name="network_edge_once"
            ),
            models.CheckConstraint(condition=models.Q(weight__gt=0), name="network_edge_has_a_weight"),
        ]


class Standing(Marked):
    """Where a person stands in a phase ('' for the whole): rank, score, the measures, and the points of each."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="standings", db_index=False)
    phase = models.TextField(default="")
    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="standings")
    rank = models.IntegerField()
    score = models.FloatField()
    measures = models.JSONField()
    points = models.JSONField()

    class Meta:
        db_table = "network_standing"
        constraints = [
            models.UniqueConstraint(fields=["network", "phase", "node"], name="network_standing_once")
        ]
        indexes = [models.Index(fields=["network", "phase", "rank"], name="network_standing_by_rank")]
