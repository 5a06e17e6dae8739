package dev.latchkey.introspection;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.latchkey.caller.User;
import dev.latchkey.client.ClientRegistrations;
import dev.latchkey.client.ClientSecret;
import dev.latchkey.limit.TokenLimits;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.ToldChanges;
import dev.latchkey.token.TokenLives;
import dev.latchkey.token.TokenProperties;
import dev.latchkey.verification.Beliefs;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever an answer of introspection depends on is told of when it changes: as a mark
 * where a row has it, and as other rules where none has. A column that comes later is one
 * of them until somebody says here why it is not.
 */
@LatchkeyTest
class EverythingIsToldTests {

	/** What no answer depends on. */
	private static final Map<String, Set<String>> OF_NO_CONSEQUENCE = Map.of("api_token",
			Set.of("predecessor_id", "last_used_at", "last_used_ip", "revocation_reason", "imported_from",
					"imported_with", "outlived", "end_chosen"),
			// While there are tokens this cannot change.
			"token_owner", Set.of("id"));

	private static final String PREFIX = "latchkey.";

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	private static final Pattern RUNBOOK = Pattern.compile("--command=\"(delete from oauth_signing_key)(;[^\"]*)\"");

	/** Whatever stands between settings and rules, by the names of the beans. */
	private static final List<String> MADE_OF_SETTINGS = List.of("tokenConfiguration", "tokenLimits", "clientCache",
			"jwtIntrospection", "answerRules");

	/**
	 * The settings that answers depend on, each with another value, behind what it needs
	 * for that.
	 */
	private static final List<String> SETTINGS_TOLD = List.of("tokens.prefix=acme", "tokens.idle-lifetime=never",
			"tokens.max-lifetime-for=all", "tokens.max-lifetime-for=all tokens.max-lifetime=100d",
			"oauth.refresh-absolute-lifetime=91d", "oauth.client-documents.enabled=false",
			"oauth.client-documents.denied-hosts=app.example", "limits.enabled=false");

	/**
	 * The others, by why the answer about a token that exists depends on none of them.
	 * One that comes later is among neither until somebody says here which it is.
	 */
	private static final Map<String, String> SETTINGS_OF_NO_CONSEQUENCE = Map.of("what they do stands in rows", """
			admin.email admin.password audit.retention demo.directory
			passwords.haveibeenpwned passwords.min-length passwords.renew passwords.words
			resources tokens.revoke-family-on-reuse
			tokens.prune.batch-size tokens.prune.cron tokens.prune.enabled tokens.prune.retention
			""", "they are about what is yet to be made, which then stands in a row or in the JWT", """
			oauth.access-token-lifetime oauth.client-documents.allowed-hosts oauth.issuer
			oauth.key-encryption-key oauth.localhost-any-port oauth.refresh-retry-window
			oauth.refresh-token-lifetime oauth.signing-key-lifetime
			tokens.default-lifetime tokens.max-grace-period tokens.max-per-owner web.public-url
			""", "a node with another one does not start, or has not got to the same rows", """
			tokens.pepper tokens.retired-pepper
			""", "they are about how this node hears, and not about what it answers", """
			cache.enabled cache.listen-url cache.max-age cache.max-entries cache.max-staleness
			changes.max-streams changes.max-streams-per-caller
			""", "they are about who may ask, or about other routes", """
			import.max-size leaks.keys leaks.max-body-size limits.client-documents limits.clients
			limits.device-codes limits.diagnose limits.reports limits.sign-in
			limits.sign-in-elsewhere limits.token mail.from security.basic security.forwarded
			security.header security.trusted-proxies settings.lenient
			tracing.endpoint tracing.headers tracing.percent web.cors.allowed-origins
			web.max-body-size web.observations web.reauthenticate-after
			web.session.idle-timeout web.session.max-lifetime
			""");

	@Autowired
	private ConfigurableApplicationContext context;

	@Autowired
	private JdbcConnectionDetails database;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private People people;

	@Autowired
	private ClientRegistrations registrations;

	@Autowired
	private TokenProperties properties;

	@Test
	void everyColumnOfATokenIs() throws SQLException {
		assertThatAllAreTold("api_token", () -> this.people.token(this.people.user(), "notes:read").details().id(),
				Map.of("owner_id", "'" + this.people.user().id() + "'", "kind", "'o'", "revoked_at", "now()"));
	}

	@Test
	void everyColumnOfAnOwnerIs() throws SQLException {
		assertThatAllAreTold("token_owner", () -> this.people.user().id(), Map.of("roles", "'GUEST'"));
	}

	@Test
	void everyColumnOfAClientIs() throws SQLException {
		User user = this.people.user();
		assertThatAllAreTold("oauth_client", () -> {
			String name = "rs-" + UUID.randomUUID();
			this.registrations.registerOwn(name, new ClientSecret("secret"), Role.USER, user.id());
			return this.jdbc.queryForObject("select id from oauth_client where client_id = ?", UUID.class, name);
		}, Map.of("account_id", "null", "max_role", "'GUEST'", "serves_role", "'ADMIN'"));
	}

	@Test
	void whateverChangesOfResourcesIs() throws SQLException {
		String everything = Beliefs.RESOURCES.toString();
		assertThat(told(
				"insert into protected_resource (name, address, created_at) values ('told', 'https://told.example', now())"))
			.containsExactly(everything);
		try {
			assertThat(told("insert into resource_scope (name, resource, position, description, role)"
					+ " values ('told:read', 'told', 0, 'd', 'USER')"))
				.containsExactly(everything);
			for (String change : List.of("role = 'ADMIN'", "retired_at = now()", "description = 'e'")) {
				assertThat(told("update resource_scope set " + change + " where name = 'told:read'")).as(change)
					.containsExactly(everything);
			}
			assertThat(told("update protected_resource set address = 'https://b.example' where name = 'told'"))
				.containsExactly(everything);
		}
		finally {
			assertThat(told("delete from protected_resource where name = 'told'")).containsExactly(everything);
		}
	}

	/** By whoever takes it out, as the runbook has it. */
	@Test
	void aSigningKeyThatIsTakenOutIs() throws Exception {
		Matcher command = RUNBOOK.matcher(Files.readString(Path.of("docs/operations.md")));
		assertThat(command.find()).isTrue();
		// Other tests sign with those that there are.
		assertThat(told(command.group(1) + " where kid = 'none'" + command.group(2))).containsExactly("*");
	}

	@Test
	void everySettingIsToldOrOfNoConsequence() throws IOException {
		Set<String> known = new TreeSet<>();
		for (URL metadata : Collections.list(getClass().getClassLoader().getResources(METADATA))) {
			try (InputStream in = metadata.openStream()) {
				JsonMapper.shared()
					.readTree(in)
					.path("properties")
					.forEach((setting) -> known.add(setting.path("name").asString()));
			}
		}
		known.removeIf((name) -> !name.startsWith(PREFIX));
		List<String> explained = Stream
			.concat(SETTINGS_TOLD.stream().map((setting) -> setting.replaceAll(".* |=.*", "")),
					SETTINGS_OF_NO_CONSEQUENCE.values().stream().flatMap((names) -> Stream.of(names.split("\\s+"))))
			.map(PREFIX::concat)
			.toList();
		assertThat(known).hasSizeGreaterThan(60);
		assertThat(explained).as("Each setting says here whether answers depend on it")
			.containsExactlyInAnyOrderElementsOf(known);
	}

	@Test
	void everySettingThatIsToldMakesOtherRules() {
		Map<String, String> rules = new LinkedHashMap<>();
		rules.put("", rules(Map.of()));
		for (String settings : SETTINGS_TOLD) {
			rules.put(settings,
					rules(Arrays.stream(settings.split(" "))
						.map((setting) -> setting.split("="))
						.collect(Collectors.toMap((setting) -> PREFIX + setting[0], (setting) -> setting[1]))));
		}
		assertThat(rules.values()).doesNotHaveDuplicates();
		assertThat(rules(Map.of("latchkey.oauth.client-documents.allowed-hosts", "app.example")))
			.isEqualTo(rules.get(""));
	}

	@Test
	void everyScopeOfThisServerMakesOtherRules() {
		Scope scope = new Scope("notes:read", "d", Role.USER);
		Map<String, String> rules = new LinkedHashMap<>();
		rules.put("as it is", rules(List.of(scope)));
		rules.put("another role", rules(List.of(new Scope("notes:read", "d", Role.ADMIN))));
		rules.put("one more", rules(List.of(scope, new Scope("notes:write", "d", Role.USER))));
		assertThat(rules.values()).doesNotHaveDuplicates();
		assertThat(rules(List.of(new Scope("notes:read", "another text", Role.USER)))).isEqualTo(rules.get("as it is"));
	}

	/** Those of other services retire, and an answer ends then at the latest. */
	@Test
	void aScopeOfThisServerIsNotRetired() {
		Scope retired = new Scope("notes:read", "d", Role.USER, false, null, Instant.EPOCH);
		ScopeCatalogue catalogue = catalogue(List.of(retired));
		assertThat(catalogue.effective(Scopes.of("notes:read"), Set.of(Role.USER), Set.of(Scope.THIS_SERVER),
				Instant.now()))
			.containsExactly("notes:read");
		assertThat(rules(List.of(retired))).isEqualTo(rules(List.of(new Scope("notes:read", "d", Role.USER))));
	}

	private String rules(List<Scope> scopes) {
		return new AnswerRules(catalogue(scopes), this.properties, this.context.getBean(TokenLives.class),
				this.context.getBean(TokenLimits.class), this.context.getBeanProvider(SignedTokens.class))
			.hash();
	}

	private static ScopeCatalogue catalogue(List<Scope> scopes) {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		scopes.forEach((scope) -> beans.registerSingleton(scope.name(), scope));
		beans.registerBeanDefinition("catalogue",
				BeanDefinitionBuilder.genericBeanDefinition(ScopeCatalogue.class)
					.setAutowireMode(AutowireCapableBeanFactory.AUTOWIRE_CONSTRUCTOR)
					.getBeanDefinition());
		return beans.getBean(ScopeCatalogue.class);
	}

	/** Of a node that has these settings, too. */
	private String rules(Map<String, Object> settings) {
		try (AnnotationConfigApplicationContext other = new AnnotationConfigApplicationContext()) {
			other.setParent(this.context);
			other.getEnvironment().getPropertySources().addFirst(new MapPropertySource("other", settings));
			// Those that the parent's environment brings along look at its settings
			// alone.
			MutablePropertySources sources = other.getEnvironment().getPropertySources();
			sources.remove("configurationProperties");
			Binder binder = new Binder(ConfigurationPropertySources.from(sources),
					new PropertySourcesPlaceholdersResolver(sources));
			this.context.getBeansWithAnnotation(ConfigurationProperties.class).forEach((name, bound) -> {
				if (bound instanceof Record) {
					String prefix = bound.getClass().getAnnotation(ConfigurationProperties.class).value();
					other.getBeanFactory().registerSingleton(name, binder.bindOrCreate(prefix, bound.getClass()));
				}
			});
			MADE_OF_SETTINGS.forEach((name) -> other.register(this.context.getType(name)));
			other.refresh();
			return other.getBean(AnswerRules.class).hash();
		}
	}

	private void assertThatAllAreTold(String table, Rows rows, Map<String, String> values) throws SQLException {
		List<Map<String, Object>> columns = this.jdbc.queryForList("""
				select column_name as name, data_type as type from information_schema.columns
				where table_schema = 'public' and table_name = ?
				""", table);
		Set<String> silent = new TreeSet<>();
		for (Map<String, Object> column : columns) {
			String name = (String) column.get("name");
			if (!OF_NO_CONSEQUENCE.getOrDefault(table, Set.of()).contains(name)) {
				UUID id = rows.one();
				String value = values.getOrDefault(name, another((String) column.get("type"), name));
				if (!told("update %s set %s = %s where id = '%s'".formatted(table, name, value, id))
					.contains(id.toString())) {
					silent.add(name);
				}
				// Whoever reads all rows could not read this one any more.
				this.jdbc.update("delete from %s where id = ?".formatted(table.replace("token_owner", "app_user")), id);
			}
		}
		assertThat(columns).hasSizeGreaterThan(4);
		assertThat(silent).isEmpty();
	}

	private static String another(String type, String column) {
		return switch (type) {
			case "uuid" -> "gen_random_uuid()";
			case "boolean" -> "not coalesce(" + column + ", false)";
			case "bytea" -> "sha256(gen_random_uuid()::text::bytea)";
			case "timestamp with time zone" -> "coalesce(" + column + ", now()) + interval '1 day'";
			case "text", "character varying" -> "left(gen_random_uuid()::text, 20)";
			default -> "coalesce(" + column + ", 0) + 7";
		};
	}

	/** What is told from before a change until after its commit. */
	private List<String> told(String change) throws SQLException {
		return ToldChanges.during(this.database, (statement) -> statement.executeUpdate(change));
	}

	@FunctionalInterface
	private interface Rows {

		UUID one();

	}

}
