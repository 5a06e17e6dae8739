package dev.latchkey.verification;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.stereotype.Component;

/**
 * How many presented tokens were let in, how many were good and used too often, how many
 * were not good and why, and of how many nobody could tell.
 */
@Component
class VerificationCounts implements MeterBinder {

	private final LongAdder accepted = new LongAdder();

	private final LongAdder limited = new LongAdder();

	private final LongAdder undecided = new LongAdder();

	private final Map<RefusalReason, LongAdder> refused = new EnumMap<>(RefusalReason.class);

	VerificationCounts() {
		for (RefusalReason reason : RefusalReason.values()) {
			this.refused.put(reason, new LongAdder());
		}
	}

	void accepted() {
		this.accepted.increment();
	}

	void limited() {
		this.limited.increment();
	}

	void undecided() {
		this.undecided.increment();
	}

	void refused(RefusalReason reason) {
		LongAdder counted = this.refused.get(reason);
		if (counted != null) {
			counted.increment();
		}
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		count(registry, "accepted", "none", this.accepted);
		count(registry, "limited", "none", this.limited);
		count(registry, "undecided", "none", this.undecided);
		this.refused.forEach((reason, counted) -> count(registry, "refused", reason.value(), counted));
	}

	private static void count(MeterRegistry registry, String outcome, String reason, LongAdder counted) {
		FunctionCounter.builder("latchkey.verifications", counted, LongAdder::sum)
			.tag("outcome", outcome)
			.tag("reason", reason)
			.description("Presented tokens, by what was found")
			.register(registry);
	}

}
