# One image for web, worker and beat; compose.yaml shows how they go together.
FROM python:3.13-slim AS build
WORKDIR /srv/whystack
COPY requirements.txt .
RUN python -m venv /opt/venv && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .
# Hashed and compressed static files are part of the image.
RUN STATIC_ROOT=/srv/whystack/static-built DATA_DIR=/tmp/build /opt/venv/bin/python manage.py collectstatic --noinput

FROM python:3.13-slim
RUN useradd --system --home-dir /srv/whystack --shell /usr/sbin/nologin whystack \
    && mkdir -p /var/lib/whystack && chown whystack /var/lib/whystack
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/whystack /srv/whystack
WORKDIR /srv/whystack
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/var/lib/whystack STATIC_ROOT=/srv/whystack/static-built
USER whystack
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "-c", "import os, urllib.request as u; from urllib.parse import urlsplit; u.urlopen(u.Request('http://127.0.0.1:8000/healthz?live', headers={'Host': urlsplit(os.environ['SITE_URL']).netloc}), timeout=4)"]
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "8", "--access-logfile", "-"]
