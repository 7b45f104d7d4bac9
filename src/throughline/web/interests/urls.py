"""The addresses of standing enquiries."""

from django.urls import path

from throughline.web.interests import views

urlpatterns = [
    path("", views.interests, name="interests"),
    path("add", views.interest_add, name="interest-add"),
    path("<slug:ref>/renew", views.interest_renew, name="interest-renew"),
    path("<slug:ref>/end", views.interest_end, name="interest-end"),
]
