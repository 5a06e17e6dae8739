package dev.latchkey.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.latchkey.scope.Role;
import dev.latchkey.startup.SettingFaults;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the application says about its tokens. What verification and tokens themselves can
 * be told stands under the names that it has in the server, {@code latchkey.tokens},
 * {@code latchkey.cache} and {@code latchkey.limits}.
 *
 * @param paths where tokens are taken; anywhere else one is refused
 * @param schema how the tables come to be
 * @param routes Latchkey's own routes in the application
 * @param limits what is counted beside the uses of a token
 * @param owners whose tokens they are
 * @param scopes what tokens can be given, beside beans of type {@code Scope}
 */
@ConfigurationProperties("latchkey")
record EmbeddedProperties(@DefaultValue("/api/**") List<String> paths, @DefaultValue Schema schema,
		@DefaultValue Routes routes, @DefaultValue Limits limits, @DefaultValue Owners owners,
		@DefaultValue List<NamedScope> scopes) {

	/**
	 * Returns where tokens are taken, at Latchkey's own routes among others.
	 */
	List<String> tokenPaths() {
		return this.routes.enabled() ? Stream.concat(this.paths.stream(), this.routes.programs().stream()).toList()
				: this.paths;
	}

	/**
	 * Latchkey's own routes in the application.
	 *
	 * @param enabled whether there are any
	 * @param prefix what stands before {@code /api/tokens} and the others
	 * @param forwardAuth whether proxies that stand before other services are answered
	 * @param introspection whether services may ask what a token is good for, and hear of
	 * changes
	 * @param administration whether administrators get to everybody's tokens, by scopes
	 * that are called {@code users:read} and {@code users:write}
	 * @param pages whether whoever is signed in to the application has pages with his own
	 * tokens
	 * @param layout the application's view into which they are put, or empty for a plain
	 * one
	 * @param signIn where in the application somebody signs in again
	 */
	record Routes(@DefaultValue("true") boolean enabled, @DefaultValue("") String prefix,
			@DefaultValue("false") boolean forwardAuth, @DefaultValue("false") boolean introspection,
			@DefaultValue("false") boolean administration, @DefaultValue("false") boolean pages,
			@DefaultValue("") String layout, @DefaultValue("/login") String signIn) {

		private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._~-]+)*");

		Routes {
			new SettingFaults("latchkey.routes")
				.require(PREFIX.matcher(prefix).matches(), "prefix",
						"empty, or a path that begins with a slash and ends with none")
				.require(signIn.startsWith("/") && !signIn.startsWith("//"), "sign-in",
						"a path of the application that begins with a slash")
				.raise();
		}

		/**
		 * Returns their paths: with two stars at the end, everything beneath is theirs,
		 * too.
		 */
		List<String> patterns() {
			Stream<String> people = this.pages ? Stream.of(this.prefix + OwnPaths.PAGES + "/**") : Stream.empty();
			return Stream.concat(programs().stream(), people).toList();
		}

		/**
		 * Returns likewise those at which tokens are taken, which the pages are not.
		 */
		List<String> programs() {
			List<String> own = new ArrayList<>(List.of("/api/tokens/**", "/api/scopes", "/api/audit-events"));
			if (this.forwardAuth) {
				own.add(OwnPaths.PROXIES + "/**");
			}
			if (this.introspection) {
				own.addAll(List.of(OwnPaths.SERVICES, OwnPaths.CHANGES));
			}
			if (this.administration) {
				own.addAll(List.of("/api/admin/tokens", "/api/users/*/tokens/**"));
			}
			return own.stream().map((path) -> this.prefix + path).toList();
		}

	}

	/**
	 * What is counted beside the uses of a token.
	 *
	 * @param byNetwork whether the address that a request says is its client's, so that
	 * what fails can be counted by it
	 */
	record Limits(@DefaultValue("false") boolean byNetwork) {

	}

	/**
	 * How the tables come to be.
	 *
	 * @param initialize {@code always} makes what is missing, {@code validate} stops the
	 * start where something is, {@code never} looks at nothing
	 */
	record Schema(@DefaultValue("always") Initialize initialize) {

	}

	/** Who makes the tables. */
	enum Initialize {

		/** Latchkey, at the start. */
		ALWAYS,

		/** Somebody else, and Latchkey looks at the start. */
		VALIDATE,

		/** Somebody else. */
		NEVER

	}

	/**
	 * Whose tokens they are.
	 *
	 * @param maxStaleness for how long is believed what the application said of a user
	 * @param usernameIsId whether no user name is ever given to somebody else, so that
	 * the application's {@code UserDetailsService} can say whose a token is
	 * @param administrator the authority of users who may use scopes of administrators
	 * @param superuser the authority of users who may use every scope
	 */
	record Owners(@DefaultValue("60s") Duration maxStaleness, @DefaultValue("false") boolean usernameIsId,
			@DefaultValue("ROLE_ADMIN") String administrator, @DefaultValue("ROLE_SUPERUSER") String superuser) {

		Owners {
			new SettingFaults("latchkey.owners")
				.require(!maxStaleness.isNegative() && !maxStaleness.isZero(), "max-staleness", "more than nothing")
				.raise();
		}

	}

	/**
	 * A scope.
	 *
	 * @param name for example {@code invoices:read}
	 * @param description what it allows, in a few words
	 * @param role the lowest role whose holders may use it
	 */
	record NamedScope(String name, String description, @DefaultValue("user") Role role) {

	}

}
