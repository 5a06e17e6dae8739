package dev.latchkey.scope;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What an annotation asks, and what is told to those who do not have it.
 */
class AccessRuleTests {

	private final ScopeAuthorizationManager manager = new ScopeAuthorizationManager(
			new ScopeCatalogue(List.of(new Scope("notes:read", "", Role.USER), new Scope("notes:write", "", Role.USER),
					new Scope("users:read", "", Role.ADMIN)), Map::of));

	@Test
	void allOfSeveralMeansEveryOne() {
		assertThatCode(() -> check("all", caller(Role.USER, "notes:read", "notes:write"))).doesNotThrowAnyException();
		assertThatExceptionOfType(ScopeDeniedException.class)
			.isThrownBy(() -> check("all", caller(Role.USER, "notes:read")))
			.satisfies((denial) -> assertThat(denial.required()).containsExactly("notes:read", "notes:write"))
			.satisfies((denial) -> assertThat(denial.needed()).isEqualTo(denial.required()))
			.satisfies((denial) -> assertThat(denial.choices()).isEmpty())
			.satisfies((denial) -> assertThat(denial.inWords()).contains("the scope this route asks for"));
	}

	@Test
	void anyOfSeveralMeansOne() {
		assertThatCode(() -> check("any", caller(Role.USER, "notes:write"))).doesNotThrowAnyException();
		assertThatCode(() -> check("any", caller(Role.ADMIN, "users:read"))).doesNotThrowAnyException();
		assertThatExceptionOfType(ScopeDeniedException.class).isThrownBy(() -> check("any", caller(Role.USER)))
			.satisfies((denial) -> assertThat(denial.required()).containsExactly("users:read", "notes:write"))
			.satisfies((denial) -> assertThat(denial.needed()).isEmpty())
			.satisfies((denial) -> assertThat(denial.choices()).containsExactly(denial.required()))
			.satisfies((denial) -> assertThat(denial.inWords()).contains("one of: users:read notes:write."));
	}

	@Test
	void whatOpensIsAllThatIsAskedForOrWhatOneHasOfIt() {
		AccessRule any = AccessRule.of(method("any"), Routes.class);
		assertThat(ScopeAuthorizationManager.opening(caller(Role.ADMIN, "users:read"), any))
			.containsExactly("users:read");
		assertThat(ScopeAuthorizationManager.opening(caller(Role.ADMIN, "users:read", "notes:write"), any))
			.containsExactly("users:read", "notes:write");
		AccessRule all = AccessRule.of(method("all"), Routes.class);
		assertThat(ScopeAuthorizationManager.opening(caller(Role.USER), all)).isEqualTo(all.scopes());
	}

	@Test
	void aLackingRoleIsNoLackingScope() {
		assertThatExceptionOfType(AccessDeniedException.class)
			.isThrownBy(() -> check("admin", caller(Role.USER, "notes:read")))
			.isNotInstanceOf(ScopeDeniedException.class);
		assertThatExceptionOfType(ScopeDeniedException.class)
			.isThrownBy(() -> check("admin", caller(Role.SUPERUSER, "notes:read")));
	}

	@Test
	void ofSeveralScopesNoneOfWhichTheRoleAllowsNoneIsLacking() {
		assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> check("any", caller(Role.GUEST)))
			.isNotInstanceOf(ScopeDeniedException.class);
	}

	@Test
	void anyTokenMeansSignedIn() {
		assertThatCode(() -> check("signedIn", caller(Role.GUEST))).doesNotThrowAnyException();
		assertThatExceptionOfType(InsufficientAuthenticationException.class).isThrownBy(() -> check("signedIn", null));
		assertThatExceptionOfType(InsufficientAuthenticationException.class)
			.isThrownBy(() -> check("signedIn", new AnonymousAuthenticationToken("key", "anonymous",
					AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS", "SCOPE_notes:read"))));
		Authentication unproven = new TestingAuthenticationToken("caller", "");
		unproven.setAuthenticated(false);
		assertThatExceptionOfType(InsufficientAuthenticationException.class)
			.isThrownBy(() -> check("signedIn", unproven));
	}

	@Test
	void publicMeansEverybody() {
		assertThatCode(() -> check("everybody", null)).doesNotThrowAnyException();
	}

	@Test
	void aGuestIsAskedToSignInAndNotTold() {
		assertThatExceptionOfType(InsufficientAuthenticationException.class).isThrownBy(() -> check("all", null));
	}

	@Test
	void theMethodsAnnotationGoesBeforeTheClasss() {
		assertThat(AccessRule.of(method("inherited"), Routes.class))
			.isEqualTo(new AccessRule(AccessRule.Kind.ALL_OF, List.of("notes:read")));
		assertThat(AccessRule.of(method("everybody"), Routes.class).kind()).isEqualTo(AccessRule.Kind.EVERYBODY);
		assertThat(AccessRule.of(method("inherited"), Object.class)).isNull();
	}

	@Test
	void annotationsThatContradictEachOtherAreRefused() {
		assertThatIllegalStateException().isThrownBy(() -> AccessRule.of(method("both"), Routes.class));
		assertThatIllegalStateException().isThrownBy(() -> AccessRule.of(method("empty"), Routes.class));
		assertThatIllegalStateException().isThrownBy(() -> AccessRule.of(method("allAndAny"), Routes.class));
	}

	private void check(String name, Authentication caller) {
		this.manager.verify(() -> caller, AccessRule.of(method(name), Routes.class));
	}

	private static Authentication caller(Role role, String... scopes) {
		return new TestingAuthenticationToken("caller", "", ScopeAuthorities.of(Set.of(scopes), List.of(role)));
	}

	private static Method method(String name) {
		try {
			return Routes.class.getDeclaredMethod(name);
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@RequiresScope("notes:read")
	abstract static class Routes {

		abstract void inherited();

		@RequiresScope({ "notes:read", "notes:write" })
		abstract void all();

		@RequiresScope(anyOf = { "users:read", "notes:write" })
		abstract void any();

		@RequiresScope("users:read")
		abstract void admin();

		@AnyToken
		abstract void signedIn();

		@Public
		abstract void everybody();

		@Public
		@AnyToken
		abstract void both();

		@RequiresScope
		abstract void empty();

		@RequiresScope(value = "notes:read", anyOf = "notes:write")
		abstract void allAndAny();

	}

}
