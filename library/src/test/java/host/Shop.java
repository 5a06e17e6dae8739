package host;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.latchkey.caller.Caller;
import dev.latchkey.embedded.CurrentCaller;
import dev.latchkey.scope.AnyToken;
import dev.latchkey.scope.Public;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application as people have them: users, a few routes, two scopes.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(Shop.Routes.class)
class Shop {

	@Bean
	Users users() {
		return new Users();
	}

	@Bean
	Scope readInvoices() {
		return new Scope("invoices:read", "See invoices", Role.USER);
	}

	@Bean
	Scope deleteInvoices() {
		return new Scope("invoices:delete", "Delete invoices", Role.ADMIN);
	}

	/** What an interface says holds for who implements it. */
	interface Invoices {

		@RequiresScope("invoices:read")
		@GetMapping("/api/invoices")
		Object list(@CurrentCaller @Nullable Caller caller, @AuthenticationPrincipal UserDetails user);

	}

	@RestController
	static class Routes implements Invoices {

		@Override
		public Object list(@Nullable Caller caller, UserDetails user) {
			return Map.of("user", user.getUsername(), "mayDelete", caller != null && caller.can("invoices:delete"));
		}

		@RequiresScope("invoices:read")
		@PostMapping("/api/invoices")
		Object make() {
			return Map.of("made", true);
		}

		@RequiresScope("invoices:delete")
		@PostMapping("/api/invoices/delete")
		Object delete() {
			return Map.of("deleted", true);
		}

		@AnyToken
		@GetMapping("/api/me")
		Object me() {
			return Map.of("me", true);
		}

		@Public
		@GetMapping("/api/prices")
		Object prices() {
			return Map.of("prices", true);
		}

		@GetMapping("/api/undecided")
		Object undecided() {
			return Map.of("undecided", true);
		}

		@AnyToken
		@GetMapping("/reports")
		Object elsewhere() {
			return Map.of("reports", true);
		}

		@AnyToken
		@GetMapping("/api/admin")
		Object admin() {
			return Map.of("admin", true);
		}

		@AnyToken
		@GetMapping("/api/broken")
		Object broken() {
			throw new IllegalStateException("This route is broken");
		}

	}

	/** Users that a test can change. */
	static class Users implements UserDetailsService {

		private final Map<String, UserDetails> all = new ConcurrentHashMap<>();

		volatile boolean away;

		volatile int asked;

		/** Runs in whoever asks, before the answer. */
		volatile Runnable beforeAnswer = () -> {
		};

		Users() {
			put("anna", true, "ROLE_USER");
			put("root", true, "ROLE_ADMIN");
			put("boss", true, "ROLE_BOSS");
		}

		void put(String name, boolean enabled, String... authorities) {
			put(named(name).authorities(authorities).disabled(!enabled));
		}

		void put(User.UserBuilder user) {
			UserDetails built = user.build();
			this.all.put(built.getUsername(), built);
		}

		/** With a password, and so far without an authority. */
		static User.UserBuilder named(String name) {
			return User.withUsername(name).password("{noop}secret");
		}

		void remove(String name) {
			this.all.remove(name);
		}

		Set<String> names() {
			return this.all.keySet();
		}

		@Override
		public UserDetails loadUserByUsername(String username) {
			this.asked++;
			this.beforeAnswer.run();
			if (this.away) {
				throw new IllegalStateException("The directory does not answer");
			}
			UserDetails user = this.all.get(username);
			if (user == null) {
				throw new UsernameNotFoundException("There is no such user");
			}
			// The framework forgets the password of what it was given.
			return User.withUserDetails(user).build();
		}

	}

}
