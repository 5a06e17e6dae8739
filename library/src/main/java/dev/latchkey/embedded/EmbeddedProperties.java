package dev.latchkey.embedded;

import java.time.Duration;
import java.util.List;

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
 * @param owners whose tokens they are
 * @param scopes what tokens can be given, beside beans of type {@code Scope}
 */
@ConfigurationProperties("latchkey")
record EmbeddedProperties(@DefaultValue("/api/**") List<String> paths, @DefaultValue Schema schema,
		@DefaultValue Owners owners, @DefaultValue List<NamedScope> scopes) {

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
