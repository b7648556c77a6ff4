# The service in one image: the packages of a lock, Kaikaku itself, a user without rights, one volume (/data).
# requirements.lock has the extras mcp, openai, postgres and slack; requirements-dev.lock has all, and the tools of tests.
FROM python:3.11-slim AS build
ARG LOCK=requirements.lock
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/kaikaku && python -m venv /opt/build
COPY requirements.lock requirements-dev.lock requirements-build.lock /src/
RUN /opt/build/bin/pip install --require-hashes -r /src/requirements-build.lock
RUN /opt/kaikaku/bin/pip install --require-hashes -r /src/${LOCK}
COPY pyproject.toml README.md LICENSE NOTICE /src/
COPY ingest /src/ingest
COPY vectorstore /src/vectorstore
COPY assistant /src/assistant
COPY prompts /src/prompts
# Built without isolation: what builds is locked too, and stays out of the image.
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /dist /src \
    && /opt/kaikaku/bin/pip install --no-deps --no-index /dist/*.whl

# The Sudachi synonym dictionary; an image built where npm's registry is out of reach goes without it.
FROM node:22-slim AS words
WORKDIR /words
RUN npm pack --silent sudachi-synonyms-dictionary@18.0.0 \
    && tar -xzf sudachi-synonyms-dictionary-18.0.0.tgz \
    && mv package/sudachi-synonyms-dictionary.json . \
    || touch none

FROM python:3.11-slim
ENV PATH=/opt/kaikaku/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    KAIKAKU_DATA=/data \
    KAIKAKU_HOST=0.0.0.0 \
    KAIKAKU_PORT=8000 \
    LANGSMITH_TRACING=false \
    ANONYMIZED_TELEMETRY=False
# /chroma is for the Chroma server of docker-compose.yml, which runs from this image too.
RUN useradd --system --uid 10001 --home-dir /data --create-home kaikaku \
    && install --directory --owner kaikaku /chroma
COPY --from=build /opt/kaikaku /opt/kaikaku
COPY samples /samples
COPY --from=words /words /words
USER kaikaku
WORKDIR /data
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
# /readyz also asks whether the stores answer; the first start builds the index, hence the start period.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
ENTRYPOINT ["kaikaku"]
CMD ["serve"]
