"""Registers the orders floor with Django."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "throughline.orders"
    label = "orders"
    default_auto_field = "django.db.models.BigAutoField"
