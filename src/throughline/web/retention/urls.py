"""The addresses of reviews, holds and certificates."""

from django.urls import path

from throughline.web.retention import views

urlpatterns = [
    path("", views.reviews, name="reviews"),
    path("hold", views.hold_all, name="hold-all"),
    path("hold/<slug:ref>/lift", views.hold_lift, name="hold-lift"),
    path("certificates", views.certificate_list, name="certificates"),
    path("certificates/<slug:ref>", views.certificate_page, name="certificate"),
    path("certificates/<slug:ref>/certificate.pdf", views.certificate_file, name="certificate-file"),
    path("reports/<slug:ref>", views.review, name="review"),
    path("reports/<slug:ref>/<slug:act>", views.review_act, name="review-act"),
]
