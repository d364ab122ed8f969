# One image for web, worker, beat and the migration job; the command tells them apart.

FROM python:3.13-slim AS packages
COPY requirements.lock /
RUN python -m venv /opt/wacat \
    && /opt/wacat/bin/pip install --no-cache-dir --require-hashes --only-binary :all: \
        -r /requirements.lock

FROM python:3.13-slim
# Pango draws the letters; HarfBuzz's subsetter keeps their fonts small.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 wacat \
    && useradd --system --uid 10001 --gid wacat --no-create-home --shell /usr/sbin/nologin wacat \
    && install -d -o wacat -g wacat -m 0700 /var/lib/wacat/sealed /var/lib/wacat/beat
COPY --from=packages /opt/wacat /opt/wacat
WORKDIR /app
COPY . .
ENV PATH="/opt/wacat/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    XDG_CACHE_HOME=/tmp \
    DJANGO_SETTINGS_MODULE=wacat.settings \
    STATIC_ROOT=/app/staticfiles \
    SEALED_ROOT=/var/lib/wacat/sealed
# Collecting opens no connection and uses no key: settings only want to see the variables.
RUN WACAT_MODE=demo SECRET_KEY=unused ALLOWED_HOSTS=localhost PUBLIC_URL=http://localhost \
    FIELD_KEYS=k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= \
    INDEX_KEY=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= \
    DATABASE_URL=postgres://unused@localhost/unused REDIS_URL=redis://localhost/0 \
    python manage.py collectstatic --noinput
USER 10001:10001
EXPOSE 8000
CMD ["gunicorn", "--config", "wacat/servers/gunicorn_settings.py", "--bind", "0.0.0.0:8000", "wacat.wsgi"]
