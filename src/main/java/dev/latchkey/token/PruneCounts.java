package dev.latchkey.token;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.stereotype.Component;

/**
 * How much the daily runs on this node have deleted, and when the last one ended.
 */
@Component
class PruneCounts implements MeterBinder {

	private final LongAdder deleted = new LongAdder();

	private final AtomicLong endedAt = new AtomicLong();

	private final Clock clock;

	PruneCounts(Clock clock) {
		this.clock = clock;
	}

	void deleted(long rows) {
		this.deleted.add(rows);
	}

	void ended() {
		this.endedAt.set(this.clock.instant().getEpochSecond());
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		FunctionCounter.builder("latchkey.prune.deleted", this.deleted, LongAdder::sum)
			.baseUnit("rows")
			.description("Old rows that the daily run on this node has deleted")
			.register(registry);
		Gauge.builder("latchkey.prune.last", this.endedAt, AtomicLong::get)
			.baseUnit("seconds")
			.description("When the daily run last ended on this node, in seconds since 1970; 0 for never")
			.register(registry);
	}

}
