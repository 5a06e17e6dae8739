# Latchkey's image: layers that change the less the further up they stand, and a cache of loaded classes that halves the start.
# deploy/image/steps takes these steps one by one where there is no engine; it knows the instructions that stand here, and no others.
ARG JAVA=eclipse-temurin:25-jre-noble

FROM maven:3.9.12-eclipse-temurin-17 AS build
WORKDIR /build
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY src src
# There is no repository here to ask which commit this is.
ARG REVISION=unknown
RUN [ "$REVISION" = unknown ] || printf 'git.commit.id=%s\n' "$REVISION" >src/main/resources/git.properties
# The tests want a database of their own and have run before: ./mvnw verify
RUN --mount=type=cache,target=/m2 \
	./mvnw -B -ntp -q package -Dmaven.repo.local=/m2 -Dmaven.test.skip=true \
	&& rm -f target/*.jar.original \
	&& mv target/latchkey-*.jar latchkey.jar

FROM ${JAVA} AS layers
WORKDIR /build
COPY --from=build /build/latchkey.jar ./
RUN java -Djarmode=tools -jar latchkey.jar extract --layers --destination extracted

FROM ${JAVA} AS runtime
RUN groupadd --gid 10001 latchkey \
	&& useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin latchkey
WORKDIR /app
COPY --from=layers /build/extracted/dependencies/ ./
COPY --from=layers /build/extracted/spring-boot-loader/ ./
COPY --from=layers /build/extracted/snapshot-dependencies/ ./
COPY --from=layers /build/extracted/application/ ./

# Starts the server once, on a database for the time being, and keeps what Java has learned: a cache that holds for these very
# files and this very Java.
FROM runtime AS training
RUN apt-get -qq update && apt-get -qq --yes --no-install-recommends install postgresql
COPY deploy/image/train /usr/local/bin/
RUN train /app/latchkey.aot

FROM runtime
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Latchkey" \
	org.opencontainers.image.description="Personal access tokens for any HTTP API" \
	org.opencontainers.image.version="${VERSION}" \
	org.opencontainers.image.revision="${REVISION}" \
	org.opencontainers.image.base.name="docker.io/library/eclipse-temurin:25-jre-noble"
COPY --from=training /app/latchkey.aot ./
USER 10001
EXPOSE 8080 8081
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --start-interval=1s \
	CMD ["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx16m", "-cp", "/app/latchkey.jar", "dev.latchkey.startup.HealthProbe"]
ENTRYPOINT ["java", "-XX:AOTCache=/app/latchkey.aot", "-XX:MaxRAMPercentage=50", "-jar", "/app/latchkey.jar"]
