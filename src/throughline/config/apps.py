"""Joins the flow to the outbox when the house starts."""

from django.apps import AppConfig


class HouseConfig(AppConfig):
    name = "throughline.config"
    label = "house"

    def ready(self) -> None:
        """Tell the outbox the sequence, once every model is known."""
        from throughline.flow import STEPS  # noqa: PLC0415 models must be ready first
        from throughline.kernel.outbox import use_flow  # noqa: PLC0415

        use_flow(STEPS)
