package dev.latchkey.verification;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import dev.latchkey.scope.ResourceScopes;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.verification.RightsPool.Source;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What scopes and roles come to, as they are written in a row.
 */
class RightsPoolTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	private static final Instant LATER = NOW.plusSeconds(60);

	private Map<String, Scope> others = Map.of("parcels:read",
			new Scope("parcels:read", "", Role.USER, false, "parcels", LATER));

	private final RightsPool pool = new RightsPool(catalogue());

	@Test
	void rolesBoundScopes() {
		assertThat(this.pool.of(source("*", "USER", null, null)).names()).containsExactly("notes:read");
		assertThat(this.pool.of(source("*", "ADMIN", null, null)).names()).containsExactlyInAnyOrder("notes:read",
				"users:read");
		Rights limited = this.pool.of(source("*", "ADMIN", "USER", null));
		assertThat(limited.names()).containsExactly("notes:read");
		assertThat(limited.authorities()).extracting(Object::toString)
			.containsExactlyInAnyOrder("SCOPE_notes:read", "ROLE_USER", "ROLE_GUEST");
	}

	@Test
	void aTokenOfBeforeOpensTheRouteThatRotatesItAndTellsNobody() {
		Rights rights = this.pool.of(new Source("notes:read", "USER", null, true, null));
		assertThat(rights.names()).containsExactly("notes:read");
		assertThat(rights.authorities()).extracting(Object::toString).contains("SCOPE_tokens:rotate");
	}

	@Test
	void alikeRowsShareWhatTheyComeTo() {
		Rights rights = this.pool.of(source("notes:read", "USER", null, null));
		assertThat(this.pool.of(source("notes:read", "USER", null, null))).isSameAs(rights);
		Rights everywhere = this.pool.everywhere(source("parcels:read", "USER", null, "parcels"), NOW);
		assertThat(this.pool.everywhere(source("parcels:read", "USER", null, "parcels"), NOW.plusSeconds(59)))
			.isSameAs(everywhere);
	}

	@Test
	void atThisServerATokenOfOthersHasNone() {
		assertThat(this.pool.of(source("notes:read", "USER", null, "parcels")).names()).isEmpty();
		assertThat(this.pool.of(source("notes:read", "USER", null, "latchkey parcels")).names())
			.containsExactly("notes:read");
		assertThat(source("notes:read", "USER", null, null).isOwn()).isTrue();
		assertThat(source("notes:read", "USER", null, "parcels").isOwn()).isFalse();
	}

	@Test
	void whatRetiresIsGoneFromThatMomentOn() {
		Source source = source("parcels:read", "USER", null, "parcels");
		assertThat(this.pool.everywhere(source, NOW).names()).containsExactly("parcels:read");
		assertThat(this.pool.everywhere(source, LATER).names()).isEmpty();
	}

	@Test
	void whatHasChangedElsewhereCountsAtOnce() {
		Source source = source("parcels:*", "USER", null, "parcels");
		assertThat(this.pool.everywhere(source, NOW).names()).containsExactly("parcels:read");
		Map<String, Scope> more = new HashMap<>(this.others);
		more.put("parcels:send", new Scope("parcels:send", "", Role.USER, false, "parcels", null));
		this.others = more;
		assertThat(this.pool.everywhere(source, NOW).names()).containsExactlyInAnyOrder("parcels:read", "parcels:send");
	}

	private ScopeCatalogue catalogue() {
		GenericApplicationContext context = new GenericApplicationContext();
		context.registerBean("read", Scope.class, () -> new Scope("notes:read", "", Role.USER));
		context.registerBean("users", Scope.class, () -> new Scope("users:read", "", Role.ADMIN));
		context.registerBean(ResourceScopes.class, Others::new);
		AnnotationConfigUtils.registerAnnotationConfigProcessors(context);
		context.registerBean(ScopeCatalogue.class);
		context.refresh();
		return context.getBean(ScopeCatalogue.class);
	}

	private static Source source(String scopes, String roles, String maxRole, String resources) {
		return new Source(scopes, roles, maxRole, false, resources);
	}

	/** Those of other services, as they are just then. */
	private final class Others implements ResourceScopes {

		@Override
		public Map<String, Scope> byName() {
			return RightsPoolTests.this.others;
		}

		@Override
		public Map<String, Scope> lockForShare() {
			return byName();
		}

	}

}
