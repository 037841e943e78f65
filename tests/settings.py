"""The site's own settings in the environment every test runs in.

DATABASE_URL and REDIS_URL are left as they are: the same suite runs on SQLite, and on PostgreSQL with Redis.
"""

import atexit
import os
import shutil
import tempfile

_data_dir = tempfile.mkdtemp(prefix="whystack-tests-")
atexit.register(shutil.rmtree, _data_dir, ignore_errors=True)
os.environ |= {
    "DATA_DIR": _data_dir,
    "DEBUG": "false",
    "SITE_URL": "http://127.0.0.1:8000",
    "ALLOWED_HOSTS": "127.0.0.1,localhost",
    "SECRET_KEY": "a-key-for-tests-only-" + "0" * 40,
    "GITHUB_TOKEN": "",
    "GITHUB_API_URL": "http://127.0.0.1:9",
    "GITLAB_TOKEN": "",
    "GITLAB_API_URL": "http://127.0.0.1:9",
    "CODEBERG_TOKEN": "",
    "CODEBERG_API_URL": "http://127.0.0.1:9",
    "EMAIL_URL": "",
    "TRUSTED_PROXIES": "",
    "GITHUB_CLIENT_ID": "whystack-at-github",
    "GITHUB_CLIENT_SECRET": "a-secret-for-tests-only",
    "GITLAB_CLIENT_ID": "whystack-at-gitlab",
    "GITLAB_CLIENT_SECRET": "a-secret-for-tests-only",
    "LOG_LEVEL": "WARNING",
    "PAGES_KEPT_SECONDS": "0",
}
if redis := os.environ.get("REDIS_URL"):
    # Each process of a test run counts its rate limits in a database of its own.
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) + 1
    os.environ["REDIS_URL"] = f"{redis.rpartition('/')[0]}/{number}"

from config.settings import *  # noqa: E402, F403  # the environment had to be set first
from config.settings import STATIC_ROOT, STORAGES  # noqa: E402  # as above

STATIC_ROOT.mkdir()
# No manifest of hashed names is made for tests; the ones of `serve` have theirs.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# A slow hash protects real passwords; there are none here.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
