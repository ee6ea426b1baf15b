"""Settings, addresses and the processes of an installation."""
