"""The app's place in the project."""

from django.apps import AppConfig


class ScansConfig(AppConfig):
    """Labels begin with the product's name, so that they clash with no host project's."""

    name = "bredele.web.scans"
    label = "bredele_scans"
    default_auto_field = "django.db.models.BigAutoField"
