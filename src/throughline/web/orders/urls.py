"""The addresses of court orders."""

from django.urls import path

from throughline.web.orders import drafting, moving, papers, views

urlpatterns = [
    path("", views.orders, name="orders"),
    path("law", views.order_law, name="order-law"),
    path("draft", drafting.order_draft, name="order-draft"),
    path("questions/<slug:ref>", moving.order_question, name="order-question"),
    path("<slug:ref>", views.order, name="order"),
    path("<slug:ref>/item", drafting.order_item, name="order-item"),
    path("<slug:ref>/pieces", drafting.order_pieces, name="order-pieces"),
    path("<slug:ref>/evidence", drafting.order_evidence, name="order-evidence"),
    path("<slug:ref>/ask", moving.order_ask, name="order-ask"),
    path("<slug:ref>/earlier", moving.order_earlier, name="order-earlier"),
    path("<slug:ref>/replacement", moving.order_replacement, name="order-replacement"),
    path("<slug:ref>/change", drafting.order_change, name="order-change"),
    path("<slug:ref>/provider", drafting.order_provider, name="order-provider"),
    path("<slug:ref>/out", drafting.order_out, name="order-out"),
    path(
        "<slug:ref>/providers/<slug:provider>/<slug:verb>", moving.order_by_provider, name="order-by-provider"
    ),
    path("<slug:ref>/documents", papers.order_papers, name="order-papers"),
    path("<slug:ref>/documents/<slug:paper>.<slug:kind>", papers.order_paper, name="order-paper"),
    path("<slug:ref>/move/<slug:verb>", moving.order_move, name="order-move"),
]
