package dev.latchkey.resourceserver.spring;

import dev.latchkey.resourceserver.TokenVerifier;
import dev.latchkey.resourceserver.VerifierState;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down while nobody can tell whether a token is good. A service that is only slower,
 * since it asks about each, is up and says so.
 */
class LatchkeyHealth implements HealthIndicator {

	private final TokenVerifier verifier;

	LatchkeyHealth(TokenVerifier verifier) {
		this.verifier = verifier;
	}

	@Override
	public Health health() {
		VerifierState state = this.verifier.state();
		Health.Builder health = this.verifier.isAble() ? Health.up() : Health.down();
		return health.withDetail("following", state.isFollowing()).withDetail("kept", state.kept()).build();
	}

}
