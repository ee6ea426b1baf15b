from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "overread.workflow.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import receivers  # noqa: F401 (connects them)
