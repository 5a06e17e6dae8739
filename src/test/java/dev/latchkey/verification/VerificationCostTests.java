package dev.latchkey.verification;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.User;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.StatementCounter;
import dev.latchkey.testing.TokenRequest;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.Lineage;
import dev.latchkey.token.TokenGrant;
import dev.latchkey.token.TokenIssuer;
import dev.latchkey.token.TokenKind;
import dev.latchkey.token.TokenTerms;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What it costs to find out whether a token is good.
 */
@LatchkeyTest
class VerificationCostTests {

	private static final InetAddress HERE = InetAddress.getLoopbackAddress();

	@Autowired
	private TokenVerifier verifier;

	@Autowired
	private TokenIssuer issuer;

	@Autowired
	private Clock clock;

	@Autowired
	private People people;

	@Autowired
	private JdbcTemplate jdbc;

	private User owner;

	@BeforeEach
	void makeOwner() {
		this.owner = this.people.user();
	}

	@Test
	void aVerificationCostsOneStatement() {
		String token = this.people.raw(this.owner, "notes:read");
		assertThat(StatementCounter.during(() -> verify(token))).hasSize(1).first().asString().startsWith("select");
	}

	@Test
	void anUnknownTokenCostsOneStatement() {
		IssuedToken issued = this.people.token(this.owner, "notes:read");
		this.jdbc.update("delete from api_token where id = ?", issued.details().id());
		List<String> statements = StatementCounter.during(() -> refusal(issued.raw().reveal()));
		assertThat(statements).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "lkp_", "lkp_0000000000000000000000000000000000000000000000000",
			"lkx_0000000000000000000000000000000000000000000000000", "abp_000000000000000000000000000000000000000000" })
	void whatIsNoTokenByItsFormCostsNone(String presented) {
		assertThat(costOfMalformed(presented)).isEmpty();
	}

	@Test
	void aChangeOfAnyOneCharacterCostsNone() {
		String token = this.people.raw(this.owner, "notes:read");
		for (int i = 0; i < token.length(); i++) {
			char other = (token.charAt(i) != 'a') ? 'a' : 'b';
			String changed = token.substring(0, i) + other + token.substring(i + 1);
			assertThat(costOfMalformed(changed)).isEmpty();
		}
	}

	@Test
	void aRefreshTokenOpensNoRoute() {
		IssuedToken refresh = this.issuer.issue(Actor.SERVER,
				new TokenGrant(TokenKind.REFRESH, this.owner.id(), null, "refresh", null,
						TokenTerms.of(this.people.token(this.owner, "notes:read").details().terms().scopes(), null),
						Lineage.NONE),
				this.clock.instant());
		assertThat(StatementCounter
			.during(() -> assertThat(refusal(refresh.raw().reveal())).isEqualTo(RefusalReason.WRONG_KIND))).isEmpty();
	}

	/**
	 * Without the question whether there are imported tokens, which is asked by one at a
	 * time, and only while what is known of them is not believed.
	 */
	private List<String> costOfMalformed(String presented) {
		return StatementCounter.during(() -> assertThat(refusal(presented)).isEqualTo(RefusalReason.MALFORMED))
			.stream()
			.filter((statement) -> !statement.contains("imported_from"))
			.toList();
	}

	private VerifiedToken verify(String token) {
		return this.verifier.verify(token, HERE, false);
	}

	private RefusalReason refusal(String token) {
		return catchThrowableOfType(TokenRefusedException.class, () -> verify(token)).reason();
	}

	private IssuedToken issue(Instant expiresAt, Instant notBefore) {
		return this.people.token(this.owner, TokenRequest.of("notes:read").endingAt(expiresAt).goodFrom(notBefore));
	}

}
