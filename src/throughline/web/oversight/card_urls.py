"""The addresses of the model cards."""

from django.urls import path

from throughline.web.oversight import cards

urlpatterns = [path("", cards.models, name="models"), path("<slug:key>", cards.model, name="model")]
