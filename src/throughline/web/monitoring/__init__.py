"""What an installation asks of a web process: whether it lives, whether it is ready, and its figures."""
