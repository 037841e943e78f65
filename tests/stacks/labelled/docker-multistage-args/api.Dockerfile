from python:3.12-slim as base
COPY --from=ghcr.io/astral-sh/uv:0.4 /uv /bin/uv
RUN uv sync
