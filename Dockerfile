FROM maven:3.9.12-eclipse-temurin-17 AS build
WORKDIR /build
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY src src
# The tests want a database of their own and have run before: ./mvnw verify
RUN --mount=type=cache,target=/m2 \
	./mvnw -B -ntp -q package -Dmaven.repo.local=/m2 -Dmaven.test.skip=true \
	&& rm -f target/*.jar.original \
	&& java -Djarmode=tools -jar target/latchkey-*.jar extract --layers --launcher --destination extracted

FROM eclipse-temurin:25-jre-noble
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin latchkey
WORKDIR /app
# From what seldom changes to what always does, so that an update moves kilobytes.
COPY --from=build /build/extracted/dependencies/ ./
COPY --from=build /build/extracted/spring-boot-loader/ ./
COPY --from=build /build/extracted/snapshot-dependencies/ ./
COPY --from=build /build/extracted/application/ ./
USER 10001
EXPOSE 8080
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "org.springframework.boot.loader.launch.JarLauncher"]
