"""How gunicorn runs the pages; it reads this file by its name before it starts its workers."""

import gunicorn.http.wsgi

# The header says this in place of the name of a program whose faults are published.
gunicorn.http.wsgi.SERVER = "Throughline"
