"""The addresses of county lines."""

from django.urls import path

from throughline.web.lines import (
    adding,
    coordinating,
    deciding,
    differing,
    downloads,
    mapping,
    merging,
    profile,
    scores,
    views,
)
from throughline.web.loads.views import load_register

urlpatterns = [
    path("", views.lines, name="lines"),
    path("from/<slug:report>/<int:number>", adding.line_from_item, name="line-from-item"),
    path("from-hit/<slug:ref>", adding.line_from_hit, name="line-from-hit"),
    path("check-backs", deciding.check_backs, name="check-backs"),
    path("check-backs/<slug:ref>", deciding.check_back, name="check-back"),
    path("co-ordination", coordinating.coordination, name="coordination"),
    path("file/csv", downloads.lines_csv, name="lines-csv"),
    path("file/geojson", downloads.lines_geojson, name="lines-geojson"),
    path("load", load_register, name="line-load"),
    path("map", mapping.line_map, name="line-map"),
    path("scores", scores.line_scores, name="line-scores"),
    path("same", merging.same_lines, name="same-lines"),
    path("same/<slug:one>/<slug:other>", merging.line_compare, name="line-compare"),
    path("merges/<slug:batch>/undo/<slug:ref>", merging.merge_undo, name="merge-undo"),
    path("<slug:ref>", views.line, name="line"),
    path("<slug:ref>/move/<slug:verb>", deciding.line_move, name="line-move"),
    path("<slug:ref>/profile.pdf", profile.line_profile, name="line-profile"),
    path("<slug:ref>/views", differing.line_views, name="line-views"),
    path("<slug:ref>/close", deciding.line_close, name="line-close"),
    path("<slug:ref>/lead", deciding.line_lead, name="line-lead"),
    path("<slug:ref>/give-up", deciding.line_give_up, name="line-give-up"),
    path("<slug:ref>/withdraw/<slug:evidence>", deciding.line_withdraw, name="line-withdraw"),
]
