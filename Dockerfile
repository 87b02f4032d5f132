# syntax=docker/dockerfile:1
# One image for bot and worker. Pin the base by digest for a build that can be repeated byte for byte:
#   docker buildx imagetools inspect node:24-slim --format '{{.Manifest.Digest}}'
#   docker buildx build --build-arg NODE_IMAGE=node:24-slim@sha256:… --build-arg SOURCE_DATE_EPOCH=0 \
#     --output type=image,name=ftm-check,rewrite-timestamp=true .
#   buildah build --build-arg NODE_IMAGE=node:24-slim@sha256:… --timestamp 0 -t ftm-check .
ARG NODE_IMAGE=node:24-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
# Package scripts do not run: nothing is compiled, and only files of the registry are installed.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json ./
COPY handlers handlers
COPY src src
COPY scripts scripts
RUN npm run build

FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund
# Of the font's 18 styles the program uses two.
RUN find node_modules/@expo-google-fonts/inter -name '*.ttf*' ! -name Inter_400Regular.ttf ! -name Inter_600SemiBold.ttf -delete \
  && rm node_modules/@expo-google-fonts/inter/font-family.png
# Otherwise npm reports omitted packages as missing. Fixed values make the file reproducible.
RUN npm pkg delete devDependencies \
  && npm sbom --sbom-format cyclonedx > sbom.json \
  && node -e "const bom = JSON.parse(fs.readFileSync('sbom.json')); delete bom.serialNumber; delete bom.metadata.timestamp; fs.writeFileSync('sbom.json', JSON.stringify(bom, null, 2))"

FROM ${NODE_IMAGE}
# Of the release: `--build-arg VERSION=$(node -p "require('./package.json').version") --build-arg REVISION=$(git rev-parse HEAD)`.
ARG VERSION=""
ARG REVISION=""
ARG SOURCE=""
LABEL org.opencontainers.image.title="ftm-check" \
      org.opencontainers.image.description="Finds out why a VPN login fails on a FortiGate: password, directory, SAML, group, policy, IPsec, and the FortiToken push behind it." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="${SOURCE}"
WORKDIR /app
# Without the threshold, glibc keeps the memory of large texts that were freed (docs/how-to/operations.md, "Memory").
ENV NODE_ENV=production \
    MALLOC_MMAP_THRESHOLD_=262144 \
    FTM_CHECK_DATA=/tmp/ftm-check \
    FTM_CHECK_INTERNAL_PORT=9464
COPY LICENSE package.json ./
COPY schema schema
COPY --from=packages /app/sbom.json sbom.json
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
# A volume mounted here gets the same owner.
RUN install -d -o 65532 -g 65532 -m 0700 /var/log/ftm-check
# Numeric, so that Kubernetes can verify that it is not root. The user owns no files, and writes only to /tmp and /var/log/ftm-check.
USER 65532:65532
EXPOSE 3000 9464
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:9464/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Otherwise the space for short-lived objects grows to 64 MB and more while a large inventory is read, and stays (docs/how-to/operations.md).
ENTRYPOINT ["node", "--max-semi-space-size=8", "dist/src/cli/launch.cjs"]
CMD ["serve"]
