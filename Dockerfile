# One image, two programs, each the container's first process, which ends gracefully on SIGTERM:
#
#   docker run IMAGE                                                                       the web app
#   docker run IMAGE node --max-semi-space-size=8 app/jobs/worker.ts                       the worker
#   docker run --rm IMAGE node node_modules/prisma/build/index.js migrate deploy           before a new version of either
#
# The tag names the exact version. Whoever builds the image can pin it to what they have checked:
# `docker build --build-arg NODE_IMAGE=node:24.21.0-slim@sha256:...`.
ARG NODE_IMAGE=node:24.21.0-slim
FROM ${NODE_IMAGE} AS build
WORKDIR /app
ENV CHECKPOINT_DISABLE=1
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
# The Node that npm brings for machines with an older one is among the optional packages: the image has its own.
RUN npx prisma generate && npm run build && npm prune --omit=dev --omit=optional

FROM ${NODE_IMAGE}
WORKDIR /app
ENV NODE_ENV=production CHECKPOINT_DISABLE=1 PORT=3000
COPY --from=build --chown=node:node /app/package.json /app/prisma.config.ts ./
COPY --from=build --chown=node:node /app/node_modules ./node_modules
COPY --from=build --chown=node:node /app/build ./build
COPY --from=build --chown=node:node /app/prisma ./prisma
COPY --from=build --chown=node:node /app/app ./app
USER node
EXPOSE 3000
# Both programs answer it: the worker is healthy while it takes jobs.
HEALTHCHECK --start-period=30s CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/health').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
CMD ["node", "app/server/main.ts"]
