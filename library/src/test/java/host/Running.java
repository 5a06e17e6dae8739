package host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

import dev.latchkey.embedded.LatchkeyTokens;
import dev.latchkey.token.IssuedToken;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * An application that runs, on a port and a database of its own.
 */
final class Running implements AutoCloseable {

	private static final EmbeddedPostgres POSTGRES = postgres();

	/**
	 * What is on the path for some of these applications, and in none unless it is asked
	 * for.
	 */
	private static final String WITHOUT_JPA = "spring.autoconfigure.exclude="
			+ "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration,"
			+ "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration";

	private static final String WITHOUT_DATA = WITHOUT_JPA
			+ ",org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration,"
			+ "org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration";

	private static final String WITHOUT = WITHOUT_DATA
			+ ",org.springframework.boot.thymeleaf.autoconfigure.ThymeleafAutoConfiguration";

	/** Asks for what writes pages. */
	static final String PAGES = WITHOUT_DATA;

	/**
	 * Asks for what makes tables, without JPA, for which everybody waits who has its
	 * transactions, and which waits for the tables.
	 */
	static final String MIGRATIONS = WITHOUT_JPA;

	/** Asks for all of that. */
	static final String EVERYTHING = "spring.autoconfigure.exclude=";

	private static int databases;

	private final ConfigurableApplicationContext context;

	private final HttpClient client = HttpClient.newHttpClient();

	private Running(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Starts one on an empty database.
	 */
	static Running start(List<Class<?>> sources, String... settings) {
		return startOn(newDatabase(), sources, settings);
	}

	/**
	 * Starts one on that database.
	 */
	static Running startOn(String url, List<Class<?>> sources, String... settings) {
		return new Running(new SpringApplicationBuilder(sources.toArray(Class[]::new)).web(WebApplicationType.SERVLET)
			.properties("server.port=0", "spring.datasource.url=" + url, "spring.datasource.username=postgres",
					"latchkey.owners.username-is-id=true", "spring.main.banner-mode=off", "spring.jmx.enabled=false",
					"spring.flyway.enabled=false", "spring.liquibase.enabled=false", WITHOUT)
			.run(Stream.of(settings).map((setting) -> "--" + setting).toArray(String[]::new)));
	}

	/**
	 * Makes an empty database and returns its address.
	 */
	static synchronized String newDatabase() {
		String name = "host_" + databases++;
		try (Connection connection = POSTGRES.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("create database " + name);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return POSTGRES.getJdbcUrl("postgres", name);
	}

	private static EmbeddedPostgres postgres() {
		try {
			return EmbeddedPostgres.builder().setServerConfig("unix_socket_directories", "").start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	LatchkeyTokens tokens() {
		return bean(LatchkeyTokens.class);
	}

	Shop.Users users() {
		return bean(Shop.Users.class);
	}

	/** Makes a token and returns its raw form. */
	String token(String user, String... scopes) {
		IssuedToken issued = tokens().create(user, "For a test", scopes);
		return issued.raw().reveal();
	}

	HttpResponse<String> get(String path, String token) {
		return send(request(path).header("Authorization", "Bearer " + token));
	}

	HttpResponse<String> get(String path) {
		return send(request(path));
	}

	HttpResponse<String> post(String path, String token) {
		return send(request(path).header("Authorization", "Bearer " + token).POST(HttpRequest.BodyPublishers.noBody()));
	}

	/** Signs somebody in by the form, and returns the cookie of the session. */
	String signIn(String user) {
		HttpResponse<String> form = send(request("/login").header("Accept", "text/html"));
		String csrf = form.body().replaceAll("(?s).*name=\"_csrf\"[^>]*value=\"([^\"]+)\".*", "$1");
		HttpResponse<String> answer = send(request("/login").header("Cookie", cookie(form))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString("username=" + user + "&password=secret&_csrf=" + csrf)));
		if (answer.statusCode() != 302) {
			throw new IllegalStateException("Not signed in: " + answer.statusCode());
		}
		return cookie(answer);
	}

	private static String cookie(HttpResponse<String> answer) {
		return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
	}

	HttpRequest.Builder request(String path) {
		String prefix = this.context.getBean(Environment.class).getProperty("server.servlet.context-path", "");
		String port = this.context.getBean(Environment.class).getRequiredProperty("local.server.port");
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + prefix + path));
	}

	HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

}
