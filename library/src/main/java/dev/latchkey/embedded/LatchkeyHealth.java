package dev.latchkey.embedded;

import dev.latchkey.verification.Hearing;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Says whether changes are heard. Where they are not, each request asks the database: the
 * application is slower and not wrong, and so not unhealthy.
 */
class LatchkeyHealth implements HealthIndicator {

	private final LatchkeyCore core;

	LatchkeyHealth(LatchkeyCore core) {
		this.core = core;
	}

	@Override
	public Health health() {
		if (!this.core.isOn()) {
			return Health.unknown().withDetail("tokens", "off, as the start has said").build();
		}
		Hearing hearing = this.core.part(Hearing.class);
		if (!hearing.isWanted()) {
			return Health.up().withDetail("cache", "off").build();
		}
		return hearing.isFresh() ? Health.up().withDetail("cache", "believed").build()
				: Health.unknown().withDetail("cache", "not believed: changes are not heard").build();
	}

}
