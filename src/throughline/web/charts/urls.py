"""The addresses of link charts."""

from django.urls import path

from throughline.web.charts import changing, downloads, views

urlpatterns = [
    path("", views.charts, name="charts"),
    path("open", changing.chart_open, name="chart-open"),
    path("<slug:ref>", views.chart, name="chart"),
    path("<slug:ref>/key-people", views.chart_key, name="chart-key-people"),
    path("<slug:ref>/things/<int:number>", changing.chart_thing, name="chart-thing"),
    path("<slug:ref>/expand", changing.chart_expand, name="chart-expand"),
    path("<slug:ref>/widen", changing.chart_widen, name="chart-widen"),
    path("<slug:ref>/add", changing.chart_add, name="chart-add"),
    path("<slug:ref>/way", changing.chart_way, name="chart-way"),
    path("<slug:ref>/hide", changing.chart_hide, name="chart-hide"),
    path("<slug:ref>/show", changing.chart_show, name="chart-show"),
    path("<slug:ref>/places", changing.chart_places, name="chart-places"),
    path("<slug:ref>/layout", changing.chart_layout, name="chart-layout"),
    path("<slug:ref>/save", changing.chart_save, name="chart-save"),
    path("<slug:ref>/share", changing.chart_share, name="chart-share"),
    path("<slug:ref>/copy", changing.chart_copy, name="chart-copy"),
    path("<slug:ref>/file/<slug:kind>", downloads.chart_file, name="chart-file"),
]
