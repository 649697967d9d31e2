#!/usr/bin/env python3
"""django.py FOLDER: makes the Django projects that `bench config` measures on.

FOLDER/bare has Django alone and no route; FOLDER/usual what an API in front of PostgreSQL has: Django REST framework, tokens,
CORS, WhiteNoise, the database by its URL. Both are sound but for a few findings of the deploy checks.
"""
import os
import sys

from locks import commit, write

MANAGE = """import os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")
if __name__ == "__main__":
    from django.core.management import execute_from_command_line
    execute_from_command_line(sys.argv)
"""

BASE = """import os
from pathlib import Path
%(imports)s
BASE_DIR = Path(__file__).resolve().parent.parent.parent
SECRET_KEY = os.environ.get("SECRET_KEY", "x" * 50)
DEBUG = os.environ.get("DEBUG", "0") == "1"
ALLOWED_HOSTS = [h.strip() for h in os.environ.get("HOSTS", "a.example.org, b.example.org").split(",") if h]
INSTALLED_APPS = ["django.contrib.%%s" %% a for a in ("admin", "auth", "contenttypes", "sessions", "messages", "staticfiles")]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "shop.urls"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {"context_processors": [
    "django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages"]}}]
STATIC_URL = "/static/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
%(more)s"""

SQLITE = """DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}
"""

API = """DATABASES = {"default": dj_database_url.parse(os.environ.get("DATABASE_URL", "postgres://shop@db.example.org/shop"), conn_max_age=60)}
INSTALLED_APPS += ["corsheaders", "rest_framework"]
MIDDLEWARE.insert(1, "whitenoise.middleware.WhiteNoiseMiddleware")
MIDDLEWARE.insert(2, "corsheaders.middleware.CorsMiddleware")
CORS_ALLOWED_ORIGINS = os.environ.get("CORS_ALLOWED_ORIGINS", "https://shop.example.org").split(",")
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework_simplejwt.authentication.JWTAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.AnonRateThrottle", "rest_framework.throttling.UserRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"anon": "20/min", "user": "300/min"},
}
SIMPLE_JWT = {"ACCESS_TOKEN_LIFETIME": timedelta(minutes=15)}
STATIC_ROOT = BASE_DIR / "staticfiles"
"""

PRODUCTION = """from .base import *
DEBUG = False
if not DEBUG:
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
LOGGING = {"version": 1, "root": {"level": "INFO"}}
"""

ROUTES = """from django.contrib import admin
from django.urls import path
from rest_framework_simplejwt.views import TokenObtainPairView, TokenRefreshView
urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/token/", TokenObtainPairView.as_view()),
    path("api/token/refresh/", TokenRefreshView.as_view()),
]
"""


def project(folder, imports, more, routes):
    for path, text in {
        "manage.py": MANAGE,
        "shop/__init__.py": "",
        "shop/urls.py": routes,
        "shop/settings/__init__.py": "",
        "shop/settings/base.py": BASE % {"imports": imports, "more": more},
        "shop/settings/production.py": PRODUCTION,
        "gate.toml": '[gate]\nversion = 1\n[environment.production]\nfiles = [".env.production"]\n',
        ".env.production": "HOSTS=shop.example.org\n",
        ".gitignore": "__pycache__/\n",
    }.items():
        write(os.path.join(folder, path), text)
    commit(folder)


def main():
    folder = sys.argv[1]
    project(os.path.join(folder, "bare"), "", SQLITE, "urlpatterns = []\n")
    project(os.path.join(folder, "usual"), "from datetime import timedelta\nimport dj_database_url", API, ROUTES)


main()
