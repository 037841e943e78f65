"""Whystack's settings: one file, read from the environment, safe when nothing is set.

Every variable is explained in .env.example.
"""

from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from environs import Env

from config import data_dir, mail, other_sites, safety

# Lets Django's own classes take type arguments at run time, as the type checker wants them.
django_stubs_ext.monkeypatch()

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent
env.read_env(str(BASE_DIR / ".env"), recurse=False)

# Where this site lives: one folder for the database, mail, cache and queue of the embedded site.
DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / "var"))).expanduser().absolute()
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
SITE_NAME = "Whystack"
CATALOGUE_DIR = Path(env.str("CATALOGUE_DIR", str(BASE_DIR / "catalogue"))).expanduser().absolute()
DEBUG = env.bool("DEBUG", False)
MAINTENANCE = env.bool("MAINTENANCE", False)

_host = safety.host_of(SITE_URL)
_local = safety.is_loopback(SITE_URL)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [_host, *(sorted(safety.LOOPBACK) if _local else [])])
CSRF_TRUSTED_ORIGINS = [SITE_URL]

SECRET_KEY_GIVEN = env.str("SECRET_KEY", "")
EMAIL_URL = env.str("EMAIL_URL", "")
GITHUB_API_URL = env.str("GITHUB_API_URL", "https://api.github.com").rstrip("/")
GITHUB_TOKENS = [token.strip() for token in env.str("GITHUB_TOKEN", "").split(",") if token.strip()]
GITLAB_API_URL = env.str("GITLAB_API_URL", "https://gitlab.com").rstrip("/")
GITLAB_TOKEN = env.str("GITLAB_TOKEN", "")
CODEBERG_API_URL = env.str("CODEBERG_API_URL", "https://codeberg.org").rstrip("/")
CODEBERG_TOKEN = env.str("CODEBERG_TOKEN", "")

# How old figures may be before pages mark them stale and /healthz fails; whether hosts are asked for new ones at all.
FIGURES_PROMISED_DAYS = env.int("FIGURES_PROMISED_DAYS", 7)
REFRESH = env.bool("REFRESH", True)

_trusted_proxies: list[str] = env.list("TRUSTED_PROXIES", [])
# Limits per window, in allauth's notation: "5/m/ip" is five a minute for each address.
ACCOUNT_RATE_LIMITS = {
    "login": env.str("RATE_LIMIT_LOGIN", "30/m/ip"),
    "login_failed": env.str("RATE_LIMIT_LOGIN_FAILED", "10/m/ip,5/5m/key"),
    "signup": env.str("RATE_LIMIT_SIGNUP", "20/m/ip"),
    "reset_password": env.str("RATE_LIMIT_RESET_PASSWORD", "20/m/ip,5/m/key"),
    "reset_password_from_key": env.str("RATE_LIMIT_NEW_PASSWORD", "20/m/ip"),
    "request_login_code": env.str("RATE_LIMIT_LOGIN_CODE", "20/m/ip,3/m/key"),
    "confirm_email": env.str("RATE_LIMIT_CONFIRM_EMAIL", "20/m/ip,1/10s/key"),
    "manage_email": env.str("RATE_LIMIT_MANAGE_EMAIL", "10/m/user"),
    "change_password": env.str("RATE_LIMIT_CHANGE_PASSWORD", "5/m/user"),
    "reauthenticate": env.str("RATE_LIMIT_REAUTHENTICATE", "10/m/user"),
    # What members do: votes and follows, texts they write, reports, previews, acts of moderators.
    "vote": env.str("RATE_LIMIT_VOTE", "60/m/user,120/m/ip"),
    "write": env.str("RATE_LIMIT_WRITE", "10/m/user,60/h/user,120/h/ip"),
    "report": env.str("RATE_LIMIT_REPORT", "10/h/user,30/h/ip"),
    "preview": env.str("RATE_LIMIT_PREVIEW", "60/m/user,120/m/ip"),
    "archive": env.str("RATE_LIMIT_ARCHIVE", "5/h/user"),
    "moderate": env.str("RATE_LIMIT_MODERATE", "60/m/user"),
    # What programs do for members: ask for a code, ask whether it was entered, share a scan; codes that members type.
    "device_begin": env.str("RATE_LIMIT_DEVICE_BEGIN", "10/m/ip,60/h/ip"),
    "device_ask": env.str("RATE_LIMIT_DEVICE_ASK", "60/m/ip"),
    "device_code": env.str("RATE_LIMIT_DEVICE_CODE", "10/m/user,20/m/ip"),
    "propose": env.str("RATE_LIMIT_PROPOSE", "10/m/user,60/h/user,120/h/ip"),
    "token": env.str("RATE_LIMIT_TOKEN", "120/m/ip"),
}
MFA_RATE_LIMITS = {"webauthn_login": env.str("RATE_LIMIT_PASSKEY_LOGIN", "10/m/ip")}

# Messages to members' webhooks go to these ports of public hosts, over https; and to hosts vouched for, as name:port.
WEBHOOK_PORTS = env.list("WEBHOOK_PORTS", [80, 443, 8443], subcast=int)
WEBHOOK_HOSTS_ALLOWED: list[str] = env.list("WEBHOOK_HOSTS_ALLOWED", [])

# Where else members may have an account to log in with.
GITLAB_URL = env.str("GITLAB_URL", "https://gitlab.com")
SOCIALACCOUNT_PROVIDERS = other_sites.providers(
    github=(env.str("GITHUB_CLIENT_ID", ""), env.str("GITHUB_CLIENT_SECRET", "")),
    gitlab=(env.str("GITLAB_CLIENT_ID", ""), env.str("GITLAB_CLIENT_SECRET", "")),
    gitlab_url=GITLAB_URL,
)

_problems = safety.problems(
    trusted_proxies=_trusted_proxies,
    rate_limits=[*ACCOUNT_RATE_LIMITS.values(), *MFA_RATE_LIMITS.values()],
    site_url=SITE_URL,
    debug=DEBUG,
    secret_key_given=SECRET_KEY_GIVEN,
    allowed_hosts=ALLOWED_HOSTS,
    email_url=EMAIL_URL,
    api_urls={
        "GITHUB_API_URL": GITHUB_API_URL,
        "GITLAB_API_URL": GITLAB_API_URL,
        "CODEBERG_API_URL": CODEBERG_API_URL,
    },
    gitlab_url=GITLAB_URL,
    webhook_hosts_allowed=WEBHOOK_HOSTS_ALLOWED,
)
if _problem := next(_problems, None):
    raise ImproperlyConfigured(_problem)

try:
    SECRET_KEY = SECRET_KEY_GIVEN or data_dir.secret_key(DATA_DIR)
except OSError:
    SECRET_KEY = ""  # Django refuses to use it; `serve` says what is wrong with the folder.

INSTALLED_APPS = [
    "config",
    "members",
    "tools",
    "comparisons",
    "advice",
    "stacks",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    *(f"allauth.socialaccount.providers.{site}" for site in SOCIALACCOUNT_PROVIDERS),
    "allauth.usersessions",
    "django_filters",
]

MIDDLEWARE = [
    "config.middleware.trusted_proxy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "config.middleware.maintenance",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.csp",
                "config.context.site",
                "members.context.unread",
            ],
        },
    },
]

# Databases: SQLite in the data folder unless DATABASE_URL names another.
_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
_OWN_DATABASE = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(DATA_DIR / "db.sqlite3")}
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.dj_db_url("DATABASE_URL") if env.str("DATABASE_URL", "") else _OWN_DATABASE
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = _SQLITE_OPTIONS
else:
    DATABASES["default"]["OPTIONS"] = {
        **DATABASES["default"].get("OPTIONS", {}),
        "pool": {"min_size": 1, "max_size": env.int("DATABASE_POOL_SIZE", 8), "timeout": 3},
        "connect_timeout": 3,
    }

# Two caches, each for every process: rate limits count in one, the other keeps pages.
PAGES_KEPT_SECONDS = 0 if DEBUG else env.int("PAGES_KEPT_SECONDS", 600)
REDIS_URL = env.str("REDIS_URL", "")
CACHES: dict[str, dict[str, Any]]
if REDIS_URL:
    _redis = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    # A database of their own, so that pages can be cleared without the queue and the counters.
    CACHES = {"default": _redis, "pages": {**_redis, "LOCATION": safety.redis_database(REDIS_URL, further=8)}}
else:
    _files = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": DATA_DIR / "cache"}
    CACHES = {
        "default": {**_files, "OPTIONS": {"MAX_ENTRIES": 10_000}},
        "pages": {**_files, "LOCATION": DATA_DIR / "pages", "OPTIONS": {"MAX_ENTRIES": 2_000}},
    }

# Mail: SMTP when EMAIL_URL says so, files in the data folder otherwise.
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"{SITE_NAME} <noreply@{_host}>")
CONTACT_EMAIL = env.str("CONTACT_EMAIL", "")
REPOSITORY_URL = env.str("REPOSITORY_URL", "")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
if EMAIL_URL:
    try:
        MAILERS = {"default": mail.mailer(EMAIL_URL)}
    except ValueError as error:
        raise ImproperlyConfigured(str(error)) from error
else:
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": str(DATA_DIR / "outbox")},
        }
    }

# Members and how they come in.
AUTH_USER_MODEL = "members.Member"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    # For programs, at each request; the session never comes from it.
    "members.tokens.AccessTokenBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "members.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "change_password": "members.forms.ChangePasswordForm",
    "login": "members.forms.LoginForm",
    "reset_password_from_key": "members.forms.ResetPasswordForm",
    "set_password": "members.forms.SetPasswordForm",
    "signup": "members.forms.SignupForm",
}
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1"]
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{SITE_NAME}] "
ACCOUNT_USERNAME_MIN_LENGTH = 2
ACCOUNT_USERNAME_VALIDATORS = "members.usernames.validators"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(SITE_URL).scheme
MFA_ADAPTER = "members.adapters.MFAAdapter"
MFA_FORMS = {
    "add_webauthn": "members.forms.AddPasskeyForm",
    "authenticate_webauthn": "members.forms.AuthenticateByPasskeyForm",
    "edit_webauthn": "members.forms.RenamePasskeyForm",
    "login_webauthn": "members.forms.LoginByPasskeyForm",
    "reauthenticate_webauthn": "members.forms.ReauthenticateByPasskeyForm",
    "signup_webauthn": "members.forms.SignupPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1
# Browsers make passkeys over https only, and for http://localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = _local
SOCIALACCOUNT_ADAPTER = "members.adapters.SocialAccountAdapter"
SOCIALACCOUNT_FORMS = {"disconnect": "members.forms.DisconnectForm"}
# Whoever comes from another site chooses what to be called here.
SOCIALACCOUNT_AUTO_SIGNUP = False

# Networks whose X-Forwarded-Proto and X-Forwarded-For are believed; nobody's by default.
TRUSTED_PROXIES = [ip_network(network) for network in _trusted_proxies]

# Celery: Redis when there is one, files in the data folder otherwise.
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, float | str]
if REDIS_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(DATA_DIR / "broker"),
        "data_folder_out": str(DATA_DIR / "broker"),
        "control_folder": str(DATA_DIR / "broker-control"),
        "polling_interval": 0.2,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "refresh-repositories": {
        "task": "tools.tasks.refresh_due",
        "schedule": env.float("REFRESH_EVERY_SECONDS", 60.0),
        "options": {"expires": 50},
    },
    # Each minute; what is due at which hour, the rows and their rhythms say, so that a missed hour is caught up.
    "send-digests": {"task": "config.tasks.send_digests", "schedule": 60.0, "options": {"expires": 50}},
    "mail-members": {"task": "members.tasks.mail_members", "schedule": 60.0, "options": {"expires": 50}},
    "tell-webhooks": {"task": "members.tasks.tell_webhooks", "schedule": 60.0, "options": {"expires": 50}},
    "forget-deliveries": {
        "task": "members.tasks.forget_deliveries",
        "schedule": crontab(hour=0, minute=40),
        "options": {"expires": 43_200},
    },
    # Each night, and twice, for a night in which the clock stood still.
    "watch-tools": {
        "task": "tools.tasks.watch_tools",
        "schedule": crontab(hour="2,14", minute=40),
        "options": {"expires": 36_000},
    },
    "tell-followers": {
        "task": "config.tasks.tell_followers",
        "schedule": env.float("TELL_EVERY_SECONDS", 120.0),
        "options": {"expires": 110},
    },
    "verify-domains": {"task": "config.tasks.verify_domains", "schedule": 60.0, "options": {"expires": 50}},
    # Each hour; a decision is asked about on its day, or when the clock runs again.
    "ask-authors": {"task": "advice.tasks.ask_authors", "schedule": crontab(minute=20), "options": {"expires": 3_000}},
    "forget-readings": {
        "task": "advice.tasks.forget_readings",
        "schedule": crontab(hour=0, minute=10),
        "options": {"expires": 43_200},
    },
    "count-pairings": {
        "task": "stacks.tasks.count_pairings",
        "schedule": crontab(hour=1, minute=30),
        "options": {"expires": 43_200},
    },
    "thin-history": {
        "task": "tools.tasks.thin_history",
        "schedule": crontab(hour=0, minute=40),
        "options": {"expires": 43_200},
    },
}
if not REFRESH:
    del CELERY_BEAT_SCHEDULE["refresh-repositories"]

# Words and times.
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True

# A stack of 400 tools is a form of as many lines of four fields, and a box to drop each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_100

# Static files: bundled, hashed names, compressed, cached for a year.
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "config.bundling.BundledStaticFilesStorage"
    },
}

# Security: our own files only, nothing inline, nobody frames us.
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF, *other_sites.hosts(SOCIALACCOUNT_PROVIDERS)],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
_https = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _https
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 31_536_000 if _https else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
CSRF_FAILURE_VIEW = "config.views.csrf_failure"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    # What readers mistype is no news for operators.
    "loggers": {"httpx2": {"level": "WARNING"}, "django.request": {"level": "ERROR"}},
}
