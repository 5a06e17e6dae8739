package dev.latchkey.introspection;

import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import dev.latchkey.caller.User;
import dev.latchkey.client.ClientRegistrations;
import dev.latchkey.client.ClientSecret;
import dev.latchkey.limit.TokenLimits;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.ToldChanges;
import dev.latchkey.token.Lifetime;
import dev.latchkey.token.TokenLives;
import dev.latchkey.token.TokenProperties;
import dev.latchkey.verification.Beliefs;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

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

	@Test
	void everySettingMakesOtherRules() {
		Map<String, String> rules = new LinkedHashMap<>();
		Lifetime year = new Lifetime(Duration.ofDays(365));
		Lifetime never = new Lifetime(null);
		TokenLives lives = new TokenLives(year, Duration.ofDays(90), never);
		Scope scope = new Scope("notes:read", "d", Role.USER);
		rules.put("as they are", rules(List.of(scope), "lk", lives, true));
		rules.put("another prefix", rules(List.of(scope), "acme", lives, true));
		rules.put("no limits", rules(List.of(scope), "lk", lives, false));
		rules.put("another idle life",
				rules(List.of(scope), "lk", new TokenLives(never, Duration.ofDays(90), never), true));
		rules.put("another life of families",
				rules(List.of(scope), "lk", new TokenLives(year, Duration.ofDays(91), never), true));
		rules.put("another longest life",
				rules(List.of(scope), "lk", new TokenLives(year, Duration.ofDays(90), year), true));
		rules.put("another role", rules(List.of(new Scope("notes:read", "d", Role.ADMIN)), "lk", lives, true));
		rules.put("one more scope", rules(List.of(scope, new Scope("notes:write", "d", Role.USER)), "lk", lives, true));
		assertThat(rules.values()).doesNotHaveDuplicates();
		assertThat(rules(List.of(new Scope("notes:read", "another text", Role.USER)), "lk", lives, true))
			.isEqualTo(rules.get("as they are"));
	}

	private String rules(List<Scope> scopes, String prefix, TokenLives lives, boolean limits) {
		TokenLimits counting = mock(TokenLimits.class);
		given(counting.areOn()).willReturn(limits);
		TokenProperties tokens = new TokenProperties(prefix, null, this.properties.maxLifetime(), "new",
				this.properties.idleLifetime(), this.properties.maxGracePeriod(), false, 10, this.properties.prune());
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		scopes.forEach((scope) -> beans.registerSingleton(scope.name(), scope));
		beans.registerBeanDefinition("catalogue",
				BeanDefinitionBuilder.genericBeanDefinition(ScopeCatalogue.class)
					.setAutowireMode(AutowireCapableBeanFactory.AUTOWIRE_CONSTRUCTOR)
					.getBeanDefinition());
		return new AnswerRules(beans.getBean(ScopeCatalogue.class), tokens, lives, counting).hash();
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
