"""The addresses of partner agencies."""

from django.urls import path

from throughline.web.partners import desk, own

urlpatterns = [
    path("", desk.agencies, name="agencies"),
    path("keep", desk.agency_keep, name="agency-keep"),
    path("mine", own.partner, name="partner"),
    path("mine/send", own.partner_send, name="partner-send"),
    path("mine/<slug:ref>", own.partner_disclosure, name="partner-disclosure"),
    path("messages/<slug:ref>", desk.partner_message, name="partner-message"),
    path("disclose/<slug:ref>", desk.concern_disclose, name="concern-disclose"),
    path("<slug:ref>/people", desk.agency_person, name="agency-person"),
]
