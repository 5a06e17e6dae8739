package dev.latchkey.net;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.latchkey.caller.User;
import dev.latchkey.problem.ServicePaths;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What answers under any name looks at no cookie: asked of every such door there is.
 */
@LatchkeyTest
class CookielessDoorsTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private ServicePaths services;

	@Test
	void whoIsSignedInAtThePagesIsAnsweredAsAGuest() {
		User user = this.people.superuser();
		Visitor visitor = new Visitor(this.http.base());
		visitor.signIn(user.email(), People.PASSWORD);
		Map<String, List<String>> signedIn = Map.of("Cookie", List.of("latchkey_session=" + visitor.session()));
		assertThat(this.http.send("GET", "/api/user", null, signedIn).status()).as("the session is one").isEqualTo(200);
		Set<String> doors = new TreeSet<>(MisdirectedFilter.UNDER_ANY_NAME);
		doors.addAll(this.services.all());
		doors.add("/forward-auth/x");
		assertThat(doors).contains("/oauth2/introspect", "/changes", "/forward-auth");
		for (String door : doors) {
			for (String method : List.of("GET", "POST", "DELETE")) {
				Answer guest = this.http.send(method, door, null, Map.of());
				Answer answer = this.http.send(method, door, null, signedIn);
				assertThat(answer.status()).as("%s %s", method, door).isEqualTo(guest.status());
				assertThat(answer.body()).as("%s %s", method, door).isEqualTo(guest.body());
			}
		}
	}

}
