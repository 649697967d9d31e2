APP = "accounts"
DEFAULT_AUTO_FIELD = "django.db.models." + "BigAutoField"
AUTH_USER_MODEL = f"{APP}.Member"
