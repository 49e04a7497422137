# The bot in a container: docs/install.md says how it is built and run.
# Built where npm and the compiler are; run where there is Node and nothing else: no shell, no package manager, and the user
# nonroot (65532). Node 24 is kept until April 2028 (nodejs.org/en/about/previous-releases).
ARG BUILD_IMAGE=docker.io/library/node:24-trixie-slim
ARG RUN_IMAGE=gcr.io/distroless/nodejs24-debian13:nonroot

FROM ${BUILD_IMAGE} AS built
WORKDIR /app
COPY package.json package-lock.json .npmrc tsconfig.json ./
RUN npm ci --no-audit --no-fund
COPY src src
COPY adapters adapters
RUN npm run build
# What the program needs to run, without what only compilers and debuggers read; npm installs libsql for musl, too.
RUN npm prune --omit=dev --no-audit --no-fund \
  && find node_modules dist -type f \( -name '*.map' -o -name '*.ts' -o -name '*.cts' -o -name '*.mts' -o -name '*.tsbuildinfo' \) -delete \
  && find node_modules -type d -name '*-musl' -prune -exec rm -r {} + \
  && mkdir -p /state && chown 65532:65532 /state

# The sentence encoder, where people type what no paper says in these words: docs/encoder.md.
FROM built AS encoder-fetched
ARG PAPERBOY_ENCODER_URL=https://huggingface.co
COPY data data
RUN PAPERBOY_STATE=/fetched PAPERBOY_ENV_FILE=/dev/null PAPERBOY_ENCODER_URL=${PAPERBOY_ENCODER_URL} \
  node dist/adapters/cli/main.js encoder install \
  && npm install --ignore-scripts --no-audit --no-fund --prefix /fetched/encoder onnxruntime-node@1.30.0 @huggingface/tokenizers@0.2.0 \
  && find /fetched/encoder/node_modules/onnxruntime-node/bin -mindepth 2 -maxdepth 2 -not -name linux -exec rm -r {} +

FROM ${RUN_IMAGE} AS bot
WORKDIR /app
COPY --from=built /app/package.json ./
COPY --from=built /app/node_modules node_modules
COPY --from=built /app/dist dist
COPY data data
COPY LICENSE ./
# The state is a volume; all else may be read only. The admin port is for the check below, and is not published.
COPY --from=built --chown=65532:65532 /state /state
VOLUME /state
ENV NODE_ENV=production PAPERBOY_STATE=/state PAPERBOY_ENV_FILE=/dev/null PAPERBOY_ADMIN_PORT=9464
USER 65532:65532
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s \
  CMD ["/nodejs/bin/node", "-e", "fetch(`http://127.0.0.1:${process.env.PAPERBOY_ADMIN_PORT}/livez`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["/nodejs/bin/node", "/app/dist/adapters/cli/main.js"]

# `docker build --target bot-with-encoder .`
FROM bot AS bot-with-encoder
COPY --from=encoder-fetched --chown=65532:65532 /fetched/encoder /encoder
ENV PAPERBOY_ENCODER=/encoder/model

# What `docker build .` gives.
FROM bot
