"""The app's place in the project."""

from django.apps import AppConfig


class PreferencesConfig(AppConfig):
    """Labels begin with the product's name, so that they clash with no host project's."""

    name = "bredele.web.preferences"
    label = "bredele_preferences"
    default_auto_field = "django.db.models.BigAutoField"
