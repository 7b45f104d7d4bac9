"""The addresses of custody and bail."""

from django.urls import path

from throughline.web.custody import deciding, views

urlpatterns = [
    path("", views.custody, name="custody"),
    path("law", views.bail_law, name="bail-law"),
    path("arrest", deciding.arrest_record, name="arrest-record"),
    path("lines/<slug:ref>", views.custody_of_line, name="custody-of-line"),
    path("<slug:ref>", views.arrest, name="arrest"),
    path("<slug:ref>/card", views.bail_card, name="bail-card"),
    path("<slug:ref>/move/<slug:verb>", deciding.arrest_move, name="arrest-move"),
    path("<slug:ref>/extend/<str:stage>", deciding.bail_extend, name="bail-extend"),
    path("<slug:ref>/condition", deciding.condition_set, name="condition-set"),
    path("<slug:ref>/conditions/<int:number>/lift", deciding.condition_lift, name="condition-lift"),
    path("<slug:ref>/breach", deciding.breach_note, name="breach-note"),
]
