"""The addresses of the pages that say who can see a record."""

from django.urls import path

from throughline.web.who import views

urlpatterns = [
    path("report/<slug:ref>", views.who_report, name="who-report"),
    path("item/<slug:ref>/<int:number>", views.who_item, name="who-item"),
    path("interest/<slug:ref>", views.who_interest, name="who-interest"),
    path("hit/<slug:ref>", views.who_hit, name="who-hit"),
]
