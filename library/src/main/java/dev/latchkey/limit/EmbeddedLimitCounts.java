package dev.latchkey.limit;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

import dev.latchkey.limit.NetworkLimits.Door;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.stereotype.Component;

/**
 * How often the limits were hit that there are in an application that embeds this: those
 * of tokens, and by network where it says that addresses are its clients'.
 */
@Component
class EmbeddedLimitCounts implements MeterBinder {

	private static final String NAME = "latchkey.limits.exceeded";

	private static final String TAG = "limit";

	private static final String DESCRIPTION = "Requests that were one too many, by the limit that they hit";

	private final TokenLimits tokens;

	private final NetworkLimits networks;

	EmbeddedLimitCounts(TokenLimits tokens, NetworkLimits networks) {
		this.tokens = tokens;
		this.networks = networks;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		FunctionCounter.builder(NAME, this.tokens, TokenLimits::exceeded)
			.tag(TAG, "token")
			.description(DESCRIPTION)
			.register(registry);
		for (Door door : List.of(Door.DIAGNOSE, Door.REPORT, Door.CLIENT)) {
			FunctionCounter.builder(NAME, this.networks.exceeded(door), LongAdder::sum)
				.tag(TAG, door.name().toLowerCase(Locale.ROOT))
				.description(DESCRIPTION)
				.register(registry);
		}
	}

}
