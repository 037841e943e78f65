from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "config"
    verbose_name = "Whystack"
