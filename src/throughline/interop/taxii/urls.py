"""The addresses of TAXII 2.1: discovery, one API root, and what is under it."""

from django.urls import path

from throughline.interop.taxii import views

_ONE = "reports/collections/<uuid:number>/"
urlpatterns = [
    path("", views.discovery, name="taxii-discovery"),
    path("reports/", views.api_root, name="taxii-root"),
    path("reports/status/<uuid:number>/", views.status, name="taxii-status"),
    path("reports/collections/", views.collections, name="taxii-collections"),
    path(_ONE, views.collection, name="taxii-collection"),
    path(f"{_ONE}objects/", views.objects, name="taxii-objects"),
    path(f"{_ONE}manifest/", views.manifest, name="taxii-manifest"),
    path(f"{_ONE}objects/<str:name>/", views.one_object, name="taxii-object"),
    path(f"{_ONE}objects/<str:name>/versions/", views.versions, name="taxii-versions"),
]
