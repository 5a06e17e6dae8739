package dev.latchkey.junit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.latchkey.resourceserver.spring.LatchkeyConnectionDetails;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;

/**
 * A Latchkey in a process of its own, on a PostgreSQL of its own, with an administrator
 * and a client that may ask about tokens. Its jar is what the system property
 * {@code latchkey.jar} names, else the one on the class path.
 */
public final class LatchkeyServer implements LatchkeyConnectionDetails, AutoCloseable {

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	private static final Duration PATIENCE = Duration.ofMinutes(4);

	private static final String ADMINISTRATOR = "admin@latchkey.test";

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final String password = "between tests " + UUID.randomUUID();

	private final String clientId = "service-" + UUID.randomUUID();

	private final EmbeddedPostgres database;

	private final List<Process> nodes = new ArrayList<>();

	private final URI address;

	private final String clientSecret;

	private LatchkeyServer(String... settings) {
		try {
			this.database = EmbeddedPostgres.builder().setServerConfig("unix_socket_directories", "").start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		try {
			this.address = startNode(settings);
			String client = post("/api/clients", token("*"),
					"""
							{"client_id":"%s","name":"Service under test","grant_types":["client_credentials"],"scopes":["user:read"]}"""
						.formatted(this.clientId));
			this.clientSecret = field(client, "client_secret");
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	/**
	 * Starts one and waits until it serves.
	 * @param settings settings, each as {@code name=value}
	 */
	public static LatchkeyServer start(String... settings) {
		return new LatchkeyServer(settings);
	}

	/**
	 * Starts another node on the same database.
	 * @return its address
	 */
	public URI startNode(String... settings) {
		try {
			Path log = Files.createTempFile("latchkey", ".log");
			List<String> command = new ArrayList<>(
					List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
							"-XX:TieredStopAtLevel=1", "-jar", jar(), "--server.address=127.0.0.1", "--server.port=0",
							"--management.server.port=0", "--management.server.address=127.0.0.1"));
			Arrays.stream(settings).map((setting) -> "--" + setting).forEach(command::add);
			ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
			builder.environment()
				.putAll(Map.of("SPRING_DATASOURCE_URL",
						"jdbc:postgresql://127.0.0.1:%d/postgres".formatted(this.database.getPort()),
						"SPRING_DATASOURCE_USERNAME", "postgres", "SPRING_DATASOURCE_PASSWORD", "postgres",
						"LATCHKEY_ADMIN_EMAIL", ADMINISTRATOR, "LATCHKEY_ADMIN_PASSWORD", this.password));
			Process node = builder.start();
			this.nodes.add(node);
			return URI.create("http://127.0.0.1:" + port(node, log));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String port(Process node, Path log) throws IOException {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (System.nanoTime() < end) {
			String said = Files.readString(log, StandardCharsets.ISO_8859_1);
			Matcher port = PORT.matcher(said);
			if (said.contains("Started LatchkeyApplication") && port.find()) {
				return port.group(1);
			}
			if (!node.isAlive()) {
				throw new IllegalStateException("Latchkey has not started:\n" + said);
			}
			await(node);
		}
		throw new IllegalStateException("Latchkey has not started in " + PATIENCE + ", see " + log);
	}

	private static void await(Process node) {
		try {
			node.waitFor(100, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static String jar() {
		String named = System.getProperty("latchkey.jar");
		return (named != null) ? named
				: Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
					.filter((entry) -> entry.matches(".*[/\\\\]latchkey-[0-9][^/\\\\]*\\.jar"))
					.findFirst()
					.orElseThrow(() -> new IllegalStateException(
							"Set the system property latchkey.jar to Latchkey's jar, or put it on the class path"));
	}

	@Override
	public URI address() {
		return this.address;
	}

	@Override
	public String clientId() {
		return this.clientId;
	}

	@Override
	public String clientSecret() {
		return this.clientSecret;
	}

	/**
	 * Makes a token of the administrator.
	 */
	public String token(String... scopes) {
		String named = Arrays.stream(scopes).map("\"%s\""::formatted).collect(Collectors.joining(","));
		return field(post("/api/login", null, """
				{"email":"%s","password":"%s","token_name":"test","scopes":[%s]}""".formatted(ADMINISTRATOR,
				this.password, named)), "token");
	}

	/**
	 * Revokes a token by possession.
	 */
	public void revoke(String token) {
		post("/api/tokens/revoke", null, "{\"tokens\":[\"%s\"]}".formatted(token));
	}

	private String post(String path, @Nullable String token, String body) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.address.resolve(path))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(body));
		if (token != null) {
			request.header("Authorization", "Bearer " + token);
		}
		try {
			HttpResponse<String> response = this.http.send(request.build(), BodyHandlers.ofString());
			if (response.statusCode() / 100 != 2) {
				throw new IllegalStateException("%s: %d %s".formatted(path, response.statusCode(), response.body()));
			}
			return response.body();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static String field(String body, String name) {
		Matcher field = Pattern.compile("\"%s\":\"([^\"]*)\"".formatted(name)).matcher(body);
		if (!field.find()) {
			throw new IllegalStateException("No " + name + " in the answer");
		}
		return field.group(1);
	}

	@Override
	public void close() {
		this.nodes.forEach(Process::destroy);
		this.nodes.forEach((node) -> {
			try {
				if (!node.waitFor(30, TimeUnit.SECONDS)) {
					node.destroyForcibly();
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		try {
			this.database.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
