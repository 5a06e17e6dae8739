package host;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import dev.latchkey.embedded.OwnerChanged;
import dev.latchkey.token.TokenDetails;
import dev.latchkey.token.TokenState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * An application with no chain of its own: Spring Boot keeps it shut, and it stays so.
 */
class NoChainTests {

	private static Running shop;

	@BeforeAll
	static void start() {
		shop = Running.start(List.of(Shop.class));
	}

	@AfterAll
	static void stop() {
		shop.close();
	}

	@Test
	void whatWasShutStaysShut() {
		assertThat(shop.get("/").statusCode()).isEqualTo(401);
		assertThat(shop.get("/api/undecided").statusCode()).isEqualTo(401);
		assertThat(shop.get("/api/invoices").statusCode()).isEqualTo(401);
		assertThat(shop.context().getBeansOfType(SecurityFilterChain.class)).containsKeys("defaultSecurityFilterChain",
				"latchkeySecurityFilterChain");
	}

	@Test
	void aTokenOpensWhatItsScopesAreFor() {
		String token = shop.token("anna", "invoices:read");
		HttpResponse<String> answer = shop.get("/api/invoices", token);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).contains("\"user\":\"anna\"", "\"mayDelete\":false");
		assertThat(answer.headers().map()).doesNotContainKey("set-cookie").containsKey("ratelimit");
		assertThat(shop.post("/api/invoices", token).statusCode()).isEqualTo(200);
		assertThat(shop.get("/api/me", token).statusCode()).isEqualTo(200);
	}

	@Test
	void withoutTheScopeTheAnswerNamesIt() {
		HttpResponse<String> answer = shop.get("/api/invoices", shop.token("root", "tokens:read"));
		assertThat(answer.statusCode()).isEqualTo(403);
		assertThat(answer.body()).contains("\"code\":\"insufficient_scope\"", "invoices:read");
		assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow()).contains("insufficient_scope",
				"scope=\"invoices:read\"");
	}

	@Test
	void aScopeBeyondTheRoleOfTheOwnerOpensNothing() {
		assertThat(shop.post("/api/invoices/delete", shop.token("anna", "invoices:delete")).statusCode())
			.isEqualTo(403);
		assertThat(shop.post("/api/invoices/delete", shop.token("root", "invoices:delete")).statusCode())
			.isEqualTo(200);
	}

	@Test
	void whereNobodyHasDecidedAndElsewhereNoTokenOpensAnything() {
		String token = shop.token("root", "*");
		assertThat(shop.get("/api/undecided", token).statusCode()).isEqualTo(403);
		assertThat(shop.get("/reports", token).statusCode()).isEqualTo(403);
		assertThat(shop.get("/api/nothing", token).statusCode()).isEqualTo(403);
	}

	@Test
	void whatIsNoGoodTokenIs401() {
		assertThat(shop.get("/api/prices", "lkp_nonsense").statusCode()).isEqualTo(401);
		String token = shop.token("anna", "invoices:read");
		HttpResponse<String> twice = shop.send(shop.request("/api/invoices")
			.header("Authorization", "Bearer " + token)
			.header("Authorization", "Bearer " + token));
		assertThat(twice.statusCode()).isEqualTo(400);
	}

	@Test
	void aRevokedTokenIsOutAtOnce() {
		String token = shop.token("anna", "invoices:read");
		assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
		shop.tokens().revoke(token);
		assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(401);
	}

	@Test
	void aTokenOfWhichTheHashWasFoundIsOutAtOnce() throws Exception {
		String token = shop.token("anna", "invoices:read");
		byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
		assertThat(shop.tokens().revokeBySecret(HexFormat.of().formatHex(digest))).isTrue();
		assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(401);
		assertThat(shop.tokens().revokeBySecret("0".repeat(64))).isFalse();
		assertThatIllegalArgumentException().isThrownBy(() -> shop.tokens().revokeBySecret(token))
			.withMessageNotContaining(token);
	}

	@Test
	void tokensAreListedAndEndedForTheirOwner() {
		shop.users().put("lister", true, "ROLE_USER");
		String first = shop.token("lister", "invoices:read");
		shop.token("lister", "tokens:read");
		List<TokenDetails> listed = shop.tokens().of("lister");
		assertThat(listed).extracting((token) -> token.terms().scopes().toString())
			.containsExactly("tokens:read", "invoices:read");
		assertThat(shop.tokens().revoke("anna", listed.get(1).id())).isFalse();
		assertThat(shop.tokens().revoke("lister", listed.get(1).id())).isTrue();
		assertThat(shop.get("/api/invoices", first).statusCode()).isEqualTo(401);
		assertThat(shop.tokens().revokeAll("lister")).isEqualTo(1);
		assertThat(shop.tokens().of("lister")).extracting(TokenDetails::state).containsOnly(TokenState.REVOKED);
		assertThat(shop.tokens().of("nobody")).isEmpty();
	}

	@Test
	void anOldTokenThatLivesIsListedBehindManyThatHaveEnded() {
		shop.users().put("machine", true, "ROLE_USER");
		shop.token("machine", "invoices:read");
		TokenDetails old = shop.tokens().of("machine").get(0);
		shop.bean(JdbcTemplate.class).update("""
				insert into latchkey.api_token (id, owner_id, created_at, revoked_at, digest, kind, name, scopes)
				select gen_random_uuid(), owner_id, now(), now(), sha256(convert_to(n::text, 'UTF8')), kind, name,
				    scopes
				from latchkey.api_token, generate_series(1, 1000) n where id = ?
				""", old.id());
		assertThat(shop.tokens().of("machine")).hasSize(1001).last().extracting(TokenDetails::id).isEqualTo(old.id());
	}

	@Test
	void whoIsDisabledIsRefusedAndWhoIsEnabledAgainIsNot() {
		shop.users().put("changing", true, "ROLE_ADMIN");
		String token = shop.token("changing", "invoices:delete");
		assertThat(shop.post("/api/invoices/delete", token).statusCode()).isEqualTo(200);
		shop.users().put("changing", true, "ROLE_USER");
		shop.tokens().ownerChanged("changing");
		assertThat(shop.post("/api/invoices/delete", token).statusCode()).isEqualTo(403);
		shop.users().put("changing", false, "ROLE_ADMIN");
		shop.tokens().ownerChanged("changing");
		assertThat(shop.post("/api/invoices/delete", token).statusCode()).isEqualTo(401);
		shop.users().remove("changing");
		shop.tokens().ownerChanged("changing");
		assertThat(shop.post("/api/invoices/delete", token).statusCode()).isEqualTo(401);
		shop.users().put("changing", true, "ROLE_ADMIN");
		shop.tokens().ownerChanged("changing");
		assertThat(shop.post("/api/invoices/delete", token).statusCode()).isEqualTo(200);
		shop.tokens().ownerDeleted("changing");
		assertThat(shop.post("/api/invoices/delete", token).statusCode()).isEqualTo(401);
	}

	/** Anybody can type somebody's password wrongly, and would stop his jobs so. */
	@Test
	void whoIsLockedOutKeepsHisTokensAndWhoHasExpiredDoesNot() {
		shop.users().put(Shop.Users.named("locked").authorities("ROLE_USER"));
		String token = shop.token("locked", "invoices:read");
		shop.users().put(Shop.Users.named("locked").authorities("ROLE_USER").accountLocked(true));
		shop.tokens().ownerChanged("locked");
		assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
		assertThat(shop.get("/api/invoices", shop.token("locked", "invoices:read")).statusCode()).isEqualTo(200);
		shop.users().put(Shop.Users.named("locked").authorities("ROLE_USER").accountExpired(true));
		shop.tokens().ownerChanged("locked");
		assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(401);
		assertThatExceptionOfType(AccessDeniedException.class)
			.isThrownBy(() -> shop.tokens().create("locked", "For a test", "invoices:read"));
	}

	@Test
	void whatTheApplicationPublishesOfAUserIsHeardAtOnce() {
		shop.users().put("published", true, "ROLE_USER");
		String token = shop.token("published", "invoices:read");
		assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
		shop.users().put("published", false, "ROLE_USER");
		assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
		shop.context().publishEvent(OwnerChanged.of("published"));
		assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(401);
		shop.users().put("published", true, "ROLE_USER");
		shop.context().publishEvent(OwnerChanged.of("published"));
		assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
		shop.context().publishEvent(OwnerChanged.of("somebody without tokens"));
		shop.context().publishEvent(OwnerChanged.deleted("published"));
		assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(401);
		assertThat(shop.tokens().of("published")).extracting(TokenDetails::state).containsOnly(TokenState.REVOKED);
	}

	@Test
	void whatIsPublishedInATransactionStandsOrFallsWithIt() {
		shop.users().put("leaving", true, "ROLE_USER");
		String token = shop.token("leaving", "invoices:read");
		assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
		TransactionTemplate transaction = new TransactionTemplate(shop.bean(PlatformTransactionManager.class));
		transaction.executeWithoutResult((status) -> {
			shop.context().publishEvent(OwnerChanged.deleted("leaving"));
			status.setRollbackOnly();
		});
		assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
		transaction.executeWithoutResult((status) -> shop.context().publishEvent(OwnerChanged.deleted("leaving")));
		assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(401);
	}

	@Test
	void aDirectoryThatDoesNotAnswerIs503() {
		shop.users().put("away", true, "ROLE_USER");
		String token = shop.token("away", "invoices:read");
		assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
		shop.users().away = true;
		try {
			assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
			shop.tokens().ownerChanged("away");
			HttpResponse<String> answer = shop.get("/api/invoices", token);
			assertThat(answer.statusCode()).isEqualTo(503);
			assertThat(answer.headers().firstValue("Retry-After")).isPresent();
		}
		finally {
			shop.users().away = false;
		}
		assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
	}

	@Test
	void whatIsMadeInATransactionThatIsTakenBackIsNoToken() {
		shop.users().put("undecided", true, "ROLE_USER");
		TransactionTemplate transaction = new TransactionTemplate(shop.bean(PlatformTransactionManager.class));
		String[] raw = new String[1];
		transaction.executeWithoutResult((status) -> {
			raw[0] = shop.token("undecided", "invoices:read");
			status.setRollbackOnly();
		});
		assertThat(shop.get("/api/invoices", raw[0]).statusCode()).isEqualTo(401);
		assertThat(shop.tokens().of("undecided")).isEmpty();
	}

	@Test
	void nobodyButAUserGetsAToken() {
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> shop.tokens().create("nobody", "For a test", "invoices:read"));
		shop.users().put("disabled", false, "ROLE_USER");
		assertThatExceptionOfType(AccessDeniedException.class)
			.isThrownBy(() -> shop.tokens().create("disabled", "For a test", "invoices:read"));
	}

	@Test
	void theTablesStandInASchemaOfTheirOwn() {
		JdbcTemplate jdbc = shop.bean(JdbcTemplate.class);
		assertThat(jdbc.queryForList("select distinct table_schema from information_schema.tables"
				+ " where table_schema not in ('pg_catalog', 'information_schema')", String.class))
			.containsExactly("latchkey");
		assertThat(jdbc.queryForObject("show search_path", String.class)).isEqualTo("\"$user\", public");
	}

	/** A bean of a type that others look for makes those back off. */
	@Test
	void theApplicationSeesFewBeansAndNoneThatOthersLookFor() {
		try (Running everything = Running.start(
				List.of(Shop.class, IntrospectionTests.Services.class, NeighboursTests.Persistent.class,
						NeighboursTests.Publishing.class),
				Running.EVERYTHING, "spring.jpa.hibernate.ddl-auto=create", "latchkey.routes.forward-auth=true",
				"latchkey.routes.introspection=true", "latchkey.routes.administration=true",
				"latchkey.routes.pages=true", "latchkey.limits.by-network=true")) {
			ConfigurableListableBeanFactory beans = everything.context().getBeanFactory();
			assertThat(Stream.of(beans.getBeanDefinitionNames(), beans.getSingletonNames())
				.flatMap(Stream::of)
				.distinct()
				.filter((name) -> maker(beans, name).startsWith("dev.latchkey."))
				.map((name) -> name.replaceFirst(".*\\.", "") + " " + type(beans, name)))
				.containsExactlyInAnyOrder("latchkeyCore LatchkeyCore", "latchkeyTokens LatchkeyTokens",
						"latchkeyOwnerListener OwnerListener", "latchkeyHostRights HostRights",
						"latchkeyPresentedTokens PresentedTokens", "latchkeyRouteInterceptor MappedInterceptor",
						"latchkeyRouteScopes RouteScopes", "latchkeyCallerArgument ", "latchkeyOwnRoutes OwnRoutes",
						"latchkeyMetrics LatchkeyMetrics", "latchkeyHealthIndicator LatchkeyHealth",
						"latchkeyPublishedRepositories LatchkeyDataRestAutoConfiguration",
						"latchkeyOwnRoutesMapping OwnRoutesMapping",
						"latchkeySecurityFilterChain DefaultSecurityFilterChain",
						"LatchkeyAutoConfiguration LatchkeyAutoConfiguration",
						"LatchkeyDataRestAutoConfiguration LatchkeyDataRestAutoConfiguration",
						"LatchkeyHealthAutoConfiguration LatchkeyHealthAutoConfiguration",
						"LatchkeyRoutesAutoConfiguration LatchkeyRoutesAutoConfiguration",
						"LatchkeySecurityAutoConfiguration LatchkeySecurityAutoConfiguration",
						"LatchkeyWebAutoConfiguration LatchkeyWebAutoConfiguration",
						"EmbeddedProperties EmbeddedProperties");
		}
	}

	/** A lambda is called by the class in which it stands. */
	private static String type(ConfigurableListableBeanFactory beans, String name) {
		return beans.getType(name).getSimpleName().replaceFirst("\\$\\$.*", "");
	}

	/** Returns of which class the configuration is that makes it, or it itself. */
	private static String maker(ConfigurableListableBeanFactory beans, String name) {
		if (!beans.containsBeanDefinition(name)) {
			return beans.getSingleton(name).getClass().getName();
		}
		BeanDefinition definition = beans.getBeanDefinition(name);
		return (definition instanceof AnnotatedBeanDefinition annotated && annotated.getFactoryMethodMetadata() != null)
				? annotated.getFactoryMethodMetadata().getDeclaringClassName()
				: String.valueOf(definition.getBeanClassName());
	}

}
