"""The addresses of data quality."""

from django.urls import path

from throughline.web.quality import views

urlpatterns = [
    path("quality", views.quality, name="quality"),
    path("quality/mend", views.quality_mend, name="quality-mend"),
    path("quality/mend.csv", views.quality_csv, name="quality-csv"),
]
