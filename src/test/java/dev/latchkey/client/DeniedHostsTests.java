package dev.latchkey.client;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.scope.Scopes;
import dev.latchkey.startup.StartupFailure;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.verification.Beliefs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Hosts whose clients are none.
 */
@LatchkeyTest
class DeniedHostsTests {

	@Autowired
	private ClientStore store;

	@Autowired
	private Beliefs beliefs;

	@ParameterizedTest
	@CsvSource({ "robot.example,https://robot.example/c,false", "robot.example,https://ROBOT.example:8443/c,false",
			"robot.example,https://robot.example./c,false", "robot.example:443,https://robot.example/c,false",
			"robot.example:8443,https://robot.example:8443/c,false", "robot.example:8443,https://robot.example/c,true",
			"robot.example,https://good.robot.example/c,true", "robot.example.,https://robot.example/c,false",
			"robot.example.:8443,https://robot.example:8443/c,false", "Robot.Example,https://robot.example/c,false" })
	void aHostIsNamedAsAmongTheAllowedOnesAndCountsBeforeThem(String denied, String client, boolean admitted) {
		ClientDocumentProperties properties = new ClientDocumentProperties(true, List.of("robot.example"),
				List.of(denied));
		assertThat(properties.admits(client)).isEqualTo(admitted);
	}

	@Test
	void aClientThatIsKnownIsNoneAnyMore() {
		String name = "https://robot.example/%s.json".formatted(UUID.randomUUID());
		ClientTerms terms = ClientTerms.ofApplication(Set.of(GrantType.AUTHORIZATION_CODE), Scopes.of("notes:read"),
				List.of("https://robot.example/back"));
		this.store.insertDocumented(new Client(UUID.randomUUID(), name, "Robot", false, terms, ClientAccount.NONE,
				ClientHistory.begin(Instant.now(), null)), Instant.now());
		assertThat(cache(List.of()).find(name)).isPresent();
		assertThat(cache(List.of("robot.example")).find(name)).isEmpty();
	}

	@Test
	void whatIsNoHostStopsTheStart() {
		assertThatExceptionOfType(StartupFailure.class)
			.isThrownBy(() -> new ClientDocumentProperties(true, List.of(), List.of("https://robot.example/")))
			.withMessageContaining("denied-hosts");
	}

	private ClientCache cache(List<String> denied) {
		return new ClientCache(this.store, this.beliefs, new ClientDocumentProperties(true, List.of(), denied));
	}

}
