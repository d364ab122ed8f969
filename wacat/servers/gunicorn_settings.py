"""How gunicorn serves WaCAT, in the demo and in production (where the environment tunes it)."""

import os

worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 60
graceful_timeout = 10
keepalive = 5
# No access log: addresses carry what people search for.
accesslog = None
errorlog = "-"
loglevel = "warning"
control_socket_disable = True
