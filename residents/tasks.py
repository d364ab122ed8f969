"""What Celery runs. Each task is handed a key, never a person's data."""
