"""The address of every page."""

from django.urls import include, path

urlpatterns = [
    path("", include("throughline.web.about.urls")),
    path("", include("throughline.web.session.urls")),
    path("", include("throughline.web.desk.urls")),
    path("authorities/", include("throughline.web.authorities.urls")),
    path("check/", include("throughline.web.check.urls")),
    path("hits/", include("throughline.web.hits.urls")),
    path("calls/", include("throughline.web.calls.urls")),
    path("links/", include("throughline.web.links.urls")),
    path("lines/", include("throughline.web.lines.urls")),
    path("operations/", include("throughline.web.operations.urls")),
    path("disruptions/", include("throughline.web.operations.disruption_urls")),
    path("orders/", include("throughline.web.orders.urls")),
    path("bids/", include("throughline.web.tasking.urls")),
    path("plans/", include("throughline.web.plans.urls")),
    path("charts/", include("throughline.web.charts.urls")),
    path("networks/", include("throughline.web.networks.urls")),
    path("notices/", include("throughline.web.notices.urls")),
    path("reports/", include("throughline.web.reports.urls")),
    path("loads/", include("throughline.web.loads.urls")),
    path("requests/", include("throughline.web.sharing.urls")),
    path("who/", include("throughline.web.who.urls")),
    path("interests/", include("throughline.web.interests.urls")),
    path("events/", include("throughline.web.events.urls")),
    path("search/", include("throughline.web.search.urls")),
    path("people/", include("throughline.web.people.urls")),
    path("account/", include("throughline.web.account.urls")),
    path("journal/", include("throughline.web.journal.urls")),
]
