from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "overread.web"
    label = "web"
