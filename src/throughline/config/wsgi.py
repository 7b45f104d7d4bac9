"""The web application as a server runs it."""

import os

from django.core.wsgi import get_wsgi_application

from throughline.config.database import connect
from throughline.kernel.collecting import collect_seldom
from throughline.web.readiness import get_ready

connect()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")
application = get_wsgi_application()
collect_seldom()
get_ready()
