"""Django's settings: the house is assembled here and nowhere else."""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from throughline.config.home import home


def _database(variable: str) -> dict[str, object]:
    """An address such as ``postgresql://user:password@host:port/name?host=/folder`` as Django takes it."""
    parts = urlsplit(os.environ.get(variable, ""))
    extra = {key: values[0] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "throughline",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": extra.pop("host", parts.hostname or ""),
        "PORT": extra.pop("port", str(parts.port or "")),
        "CONN_MAX_AGE": 60,
        # A connection that a restarted database has dropped is made anew before the page, not after it failed.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": extra,
    }


def _secret() -> str:
    """The key that signs sessions, made once for this instance and readable by its owner alone."""
    path = home() / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64), encoding="utf-8")
    return path.read_text(encoding="utf-8")


# A type checker reads the settings without an instance; only a running one needs its key.
SECRET_KEY = _secret() if os.environ.get("THROUGHLINE_APP_URL") else secrets.token_urlsafe(64)
DEBUG = False
ALLOWED_HOSTS = os.environ.get("THROUGHLINE_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

DATABASES = {"default": _database("THROUGHLINE_APP_URL"), "owner": _database("THROUGHLINE_OWNER_URL")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "throughline.kernel",
    "throughline.organisations",
    "throughline.access",
    "throughline.selectors",
    "throughline.notices",
    "throughline.clocks",
    "throughline.intelligence",
    "throughline.matching",
    "throughline.clashes",
    "throughline.telecoms",
    "throughline.lines",
    "throughline.network",
    "throughline.tasking",
    "throughline.operations",
    "throughline.orders",
    "throughline.safeguarding",
    "throughline.custody",
    "throughline.loads",
    "throughline.sharing",
    "throughline.search",
    "throughline.retention",
    "throughline.oversight",
    "throughline.rights",
    "throughline.interop",
    "throughline.web",
    "throughline.config",
]
MIDDLEWARE = [
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "throughline.web.monitoring.figures.count_requests",
    "throughline.web.middleware.secure_pages",
    "throughline.interop.middleware.speak_in_problems",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "throughline.web.middleware.know_reader",
    "throughline.web.middleware.refuse_nul",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "throughline.web.pace.KeepPace",
    "throughline.web.middleware.ExplainRefusals",
]
ROOT_URLCONF = "throughline.config.urls"
WSGI_APPLICATION = "throughline.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [Path(__file__).parent.parent / "web" / "templates"],
        "OPTIONS": {"environment": "throughline.web.jinja.environment"},
    }
]
STATIC_URL = "/static/"
STATICFILES_DIRS = [Path(__file__).parent.parent / "web" / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
# Half an hour without use. A session in use is renewed once a minute, so it lasts that minute more.
SESSION_COOKIE_AGE = 31 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
SECOND_FACTOR_REQUIRED = os.environ.get("THROUGHLINE_SECOND_FACTOR", "") == "required"
FOUR_EYES = os.environ.get("THROUGHLINE_FOUR_EYES", "") == "required"
# Single sign-on with OpenID Connect: off until an issuer is named. `throughline sign-on` says whether it works.
SIGN_ON_ISSUER = os.environ.get("THROUGHLINE_SIGN_ON_ISSUER", "")
SIGN_ON_CLIENT = os.environ.get("THROUGHLINE_SIGN_ON_CLIENT", "throughline")
SIGN_ON_SECRET_FILE = os.environ.get("THROUGHLINE_SIGN_ON_SECRET_FILE", "")
SIGN_ON_STRENGTH = os.environ.get("THROUGHLINE_SIGN_ON_STRENGTH", "")
SIGN_ON_NAME = os.environ.get("THROUGHLINE_SIGN_ON_NAME", "your organisation")
# Behind the TLS proxy of an installation these are on; the demonstration on 127.0.0.1 has no TLS.
BEHIND_PROXY = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("THROUGHLINE_TLS", "") == "1"
# A browser takes a cookie of this name from TLS alone, and sends it to this host alone.
SESSION_COOKIE_NAME = "__Host-sessionid" if BEHIND_PROXY else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if BEHIND_PROXY else "csrftoken"
# The proxy says by which scheme it was reached, and must take what a visitor claims of it away.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# Whoever may read the figures of the installation; nobody until they are named.
METRICS_FROM = frozenset(
    filter(None, os.environ.get("THROUGHLINE_METRICS_FROM", "").replace(" ", "").split(","))
)
CSRF_FAILURE_VIEW = "throughline.web.errors.csrf_failure"

USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
USE_I18N = False
FORM_RENDERER = "django.forms.renderers.Jinja2"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "throughline.config.logs.Lines"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            **({} if os.environ.get("THROUGHLINE_LOGS", "") == "text" else {"formatter": "lines"}),
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
CALL_STORE = home() / "calls"
SILENCED_SYSTEM_CHECKS: list[str] = []
