"""Django's settings, derived from the one frozen `Settings` of `bredele.core.settings` (`settings.BREDELE`)."""

import os
from pathlib import Path

from bredele.collector import secret
from bredele.core.consent import CSRF_COOKIE, LANGUAGE_COOKIE, SESSION_COOKIE
from bredele.core.settings import read_settings
from bredele.web.database import databases

BREDELE = read_settings(os.environ)
BREDELE_DEMO_LIE = False
"""Set by `bredele demo --lie` in the serving process: the town then sets one cookie nobody declared."""
BREDELE_ARCHIVE_PAGE = "bredele.web.policy.rendering.archive_page"
"""Makes the page that is kept for ever with a version: PolicyDocument -> bytes."""
BREDELE_ARCHIVE_NOTICE = "bredele.web.policy.proof.archive"
"""Archives what visitors are shown with a version: PublishedSite, datetime -> the manifest."""

WEB = Path(__file__).parent
SECRET_KEY = secret.key(BREDELE).decode()
DEBUG = BREDELE.debug
ALLOWED_HOSTS = ["*"]  # `enforcement.sites` decides: an unknown host gets public pages only
CSRF_TRUSTED_ORIGINS = [BREDELE.origin]
ROOT_URLCONF = "bredele.web.urls"
WSGI_APPLICATION = "bredele.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "bredele.web.registry",
    "bredele.web.policy",
    "bredele.web.preferences",
    "bredele.web.widget",
    "bredele.web.ledger",
    "bredele.web.enforcement",
    "bredele.web.statistics",
    "bredele.web.alerts",
    "bredele.web.scans",
    "bredele.web.reports",
    "bredele.web.accounts",
    "bredele.web.demo",
    "bredele.web.api",
    "allauth",  # after ours: the first template of a name wins
    "allauth.account",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "bredele.web.enforcement.headers.HeadersMiddleware",
    "bredele.web.enforcement.sites.SiteMiddleware",
    "bredele.web.demo.routing.DemoMiddleware",
    "bredele.web.accounts.session.SessionMiddleware",
    "bredele.web.enforcement.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "bredele.web.accounts.csrf.CsrfMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "bredele.web.enforcement.choices.ChoiceMiddleware",
    "bredele.web.statistics.middleware.StatisticsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "bredele.web.preferences.context.front_office",
            ]
        },
    }
]

DATABASES = databases(BREDELE)
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("ar", "العربية")]
LOCALE_PATHS = [WEB / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [WEB / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_ROOT = WEB / "static" / "root"  # `/bredele.js`: one file for every site, at one address for ever
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0
WHITENOISE_ALLOW_ALL_ORIGINS = False

# The platform's own cookies (CONTRACTS 1): names, lifetimes and attributes are a contract.
SESSION_COOKIE_NAME = SESSION_COOKIE
SESSION_COOKIE_AGE = BREDELE.session_days * 86_400
SESSION_COOKIE_SECURE = BREDELE.secure
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = CSRF_COOKIE
CSRF_COOKIE_AGE = None
CSRF_COOKIE_SECURE = BREDELE.secure
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_NAME = LANGUAGE_COOKIE
LANGUAGE_COOKIE_SECURE = BREDELE.secure
LANGUAGE_COOKIE_SAMESITE = "Lax"

SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if BREDELE.secure else 0

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_USER_MODEL = "bredele_accounts.Account"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "backoffice"
ACCOUNT_ADAPTER = "bredele.web.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "bredele.web.accounts.forms.SignInForm",
    "change_password": "bredele.web.accounts.forms.PasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = None  # the visitor of the form decides: "stay signed in"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_NOTIFICATIONS = False

# No address of a person and no value reaches a log.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},  # what visitors ask for in vain is no fault of the server
    },
}
