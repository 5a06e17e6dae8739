package dev.latchkey.demo;

import dev.latchkey.net.PublicNames;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Tells a newcomer where the server is and what to type next.
 */
@Component
@Profile("demo")
class DemoBanner {

	private final Environment environment;

	private final PublicNames names;

	DemoBanner(Environment environment, PublicNames names) {
		this.environment = environment;
		this.names = names;
	}

	@EventListener(ApplicationReadyEvent.class)
	void print() {
		// Past the log, which would put a date in front and mask the header of the
		// example.
		System.out.println(text(this.names.first()
			.orElseGet(() -> "http://127.0.0.1:" + this.environment.getRequiredProperty("local.server.port"))));
	}

	static String text(String address) {
		return """

				Latchkey is ready at %1$s (this machine alone; stop it with Ctrl-C)

				  account              password        roles       client
				  admin@latchkey.dev   latchkey-admin  SUPERUSER   admin / admin
				  test@latchkey.dev    latchkey-user   USER        frontend / frontend

				Make a token and call a protected route with it:

				TOKEN=$(curl -s %1$s/api/login -H 'Content-Type: application/json' -d '{"email":"test@latchkey.dev","password":"latchkey-user","token_name":"first try","scopes":["user:read","tokens:read"]}' | sed -n 's/.*"token":"\\([^"]*\\)".*/\\1/p')
				curl -s %1$s/api/user -H "Authorization: Bearer $TOKEN"
				"""
			.formatted(address);
	}

}
