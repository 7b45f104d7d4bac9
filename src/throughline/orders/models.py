"""Court orders, what they cut off, the evidence for them, and what other bodies said of losing it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from throughline.access.models import Marked
from throughline.lines.models import CountyLine


class CourtOrder(Marked):
    """One order, from its draft on: of the body that applies, in the compartment of its line.

    ``provider`` is the first of those against whom it is asked (`OrderProvider`); ``asked_at`` is when bodies with an
    interest were asked of all that it names, ``none_to_ask`` why there is none. ``kind`` and ``law_version`` name the
    law under which it was drafted. ``complied_at`` is of the first compliance.
    """

    ref = models.TextField(unique=True)
    kind = models.TextField()
    law_version = models.PositiveSmallIntegerField()
    # Whoever may know an order need not know its line, so no join may be made through this.
    line = models.ForeignKey(CountyLine, on_delete=models.PROTECT, null=True, related_name="orders")
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    title = models.TextField()
    nation = models.TextField()
    provider = models.TextField()
    provider_contact = models.TextField(default="")
    offences = ArrayField(models.TextField(), default=list)
    used = models.TextField()
    prevents = models.TextField()
    plan = models.TextField(default="")
    affected = models.TextField()
    innocent = models.TextField()
    proportionate = models.TextField()
    without_notice = models.TextField(default="")
    duration = models.TextField(default="")
    made_at = models.DateTimeField()
    made_by = models.TextField()
    state = models.TextField(default="drafted")
    rank = models.TextField(default="")
    asked_at = models.DateTimeField(null=True)
    none_to_ask = models.TextField(default="")
    loss_decision = models.TextField(default="")
    authorised_by = models.TextField(default="")
    court = models.TextField(default="")
    ordered_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    comply_by = models.DateTimeField(null=True)
    comply_why = models.TextField(default="")
    served_at = models.DateTimeField(null=True)
    complied_at = models.DateTimeField(null=True)
    replaced_key = models.TextField(default="")
    replaced_at = models.DateTimeField(null=True)
    replaced_by = models.TextField(default="")

    class Meta:
        db_table = "orders_order"
        indexes = [models.Index(fields=["owner", "state", "-id"], name="order_by_state")]


class OrderProvider(Marked):
    """One of those against whom an order is asked: each is served, and complies, by a clock of its own."""

    order = models.ForeignKey(CourtOrder, on_delete=models.PROTECT, related_name="providers")
    ref = models.TextField(unique=True)
    name = models.TextField()
    contact = models.TextField(default="")
    comply_by = models.DateTimeField(null=True)
    comply_why = models.TextField(default="")
    served_at = models.DateTimeField(null=True)
    complied_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "orders_provider"
        constraints = [models.UniqueConstraint(fields=["order", "name"], name="a_provider_once_an_order")]


class OrderItem(Marked):
    """What an order is to cut off; one taken from a line stands under the marking of the evidence that says so."""

    order = models.ForeignKey(CourtOrder, on_delete=models.PROTECT, related_name="items")
    kind = models.TextField()
    key = models.TextField()
    # None: every provider of the order is to cut it off.
    provider = models.ForeignKey(OrderProvider, on_delete=models.PROTECT, null=True, related_name="items")
    attribution = models.TextField()
    first_seen = models.DateField(null=True)
    last_seen = models.DateField(null=True)

    class Meta:
        db_table = "orders_item"


class OrderEvidence(Marked):
    """A piece of evidence for an order, its grade, and whether it may be disclosed: ``yes``, ``no`` or ``sensitive``.

    One that comes from a line stands under the marking of that piece, and carries its reference and grade.
    """

    order = models.ForeignKey(CourtOrder, on_delete=models.PROTECT, related_name="evidence")
    source_ref = models.TextField()
    grade = models.TextField(default="")
    says = models.TextField()
    disclosure = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.TextField()

    class Meta:
        db_table = "orders_evidence"


class LossQuestion(Marked):
    """Whether a body with an interest in an item wants it kept alive: for it and the body that asks, nobody else."""

    order = models.ForeignKey(CourtOrder, on_delete=models.PROTECT, related_name="questions")
    ref = models.TextField(unique=True)
    kind = models.TextField()
    key = models.TextField()
    body = models.SmallIntegerField()
    asked_at = models.DateTimeField()
    asked_by = models.TextField()
    answer_by = models.DateTimeField()
    answer = models.TextField(default="")
    words = models.TextField(default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.TextField(default="")

    class Meta:
        db_table = "orders_question"
        constraints = [
            models.UniqueConstraint(
                fields=["order", "kind", "key", "body"], name="a_body_asked_once_of_an_item"
            )
        ]
        indexes = [
            models.Index(
                fields=["body", "asked_at"], condition=models.Q(answered_at=None), name="question_open"
            )
        ]
