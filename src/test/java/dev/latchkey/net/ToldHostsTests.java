package dev.latchkey.net;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Odd names are told of each once an hour, and few in all.
 */
class ToldHostsTests {

	private Instant now = Instant.parse("2026-01-01T00:00:00Z");

	private final ToldHosts told = new ToldHosts(new Clock() {

		@Override
		public ZoneOffset getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return ToldHostsTests.this.now;
		}

	});

	@Test
	void eachIsToldOnceAnHour() {
		assertThat(this.told.isNew("a b")).isTrue();
		assertThat(this.told.isNew("a b")).isFalse();
		this.now = this.now.plus(ToldHosts.PERIOD.minus(Duration.ofNanos(1)));
		assertThat(this.told.isNew("a b")).isFalse();
		this.now = this.now.plusNanos(1);
		assertThat(this.told.isNew("a b")).isTrue();
	}

	@Test
	void whoMakesManyUpSilencesTheOthersForAnHourAtMost() {
		for (int i = 0; i < ToldHosts.MOST; i++) {
			assertThat(this.told.isNew("junk " + i)).isTrue();
		}
		assertThat(this.told.isNew("latchkey app")).isFalse();
		this.now = this.now.plus(ToldHosts.PERIOD);
		assertThat(this.told.isNew("latchkey app")).isTrue();
	}

}
