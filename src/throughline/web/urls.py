"""The address of every page."""

from django.urls import include, path

urlpatterns = [
    path("", include("throughline.web.about.urls")),
    path("", include("throughline.web.session.urls")),
    path("", include("throughline.web.desk.urls")),
    path("check/", include("throughline.web.check.urls")),
    path("hits/", include("throughline.web.hits.urls")),
    path("notices/", include("throughline.web.notices.urls")),
    path("reports/", include("throughline.web.reports.urls")),
    path("interests/", include("throughline.web.interests.urls")),
    path("search/", include("throughline.web.search.urls")),
    path("people/", include("throughline.web.people.urls")),
    path("journal/", include("throughline.web.journal.urls")),
]
