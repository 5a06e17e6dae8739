package dev.latchkey.limit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.stereotype.Component;

/**
 * How often a token was used more than it may be: the one limit that there is in an
 * application that embeds this.
 */
@Component
class EmbeddedLimitCounts implements MeterBinder {

	private final TokenLimits tokens;

	EmbeddedLimitCounts(TokenLimits tokens) {
		this.tokens = tokens;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		FunctionCounter.builder("latchkey.limits.exceeded", this.tokens, TokenLimits::exceeded)
			.tag("limit", "token")
			.description("Requests that were one too many, by the limit that they hit")
			.register(registry);
	}

}
