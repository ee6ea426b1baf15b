"""Everybody's actions write the trail; nobody changes it. Who may read a case's trail is ``cases.permissions``."""
