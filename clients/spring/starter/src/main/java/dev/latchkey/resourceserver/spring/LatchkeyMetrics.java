package dev.latchkey.resourceserver.spring;

import java.time.Duration;
import java.util.function.ToDoubleFunction;

import dev.latchkey.resourceserver.TokenVerifier;
import dev.latchkey.resourceserver.VerifierState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * What the verifier does, in numbers.
 */
class LatchkeyMetrics implements MeterBinder {

	private static final String PREFIX = "latchkey.resource.server.";

	private final TokenVerifier verifier;

	LatchkeyMetrics(TokenVerifier verifier) {
		this.verifier = verifier;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		counter(registry, "remembered", "Requests decided from memory", VerifierState::remembered);
		counter(registry, "questions", "Questions asked", VerifierState::asked);
		counter(registry, "refused", "Tokens that were not good", VerifierState::refused);
		counter(registry, "limited", "Tokens used too often", VerifierState::limited);
		counter(registry, "undecided", "Tokens about which nobody could tell", VerifierState::undecided);
		counter(registry, "streams", "Streams of changes opened", VerifierState::streams);
		gauge(registry, "kept", "Answers kept", VerifierState::kept);
		gauge(registry, "proof.age.seconds", "Age of the proof, NaN while nothing is believed",
				LatchkeyMetrics::seconds);
	}

	private static double seconds(VerifierState state) {
		Duration age = state.proofAge();
		return (age != null) ? age.toNanos() / 1e9 : Double.NaN;
	}

	private void counter(MeterRegistry registry, String name, String description,
			ToDoubleFunction<VerifierState> value) {
		FunctionCounter.builder(PREFIX + name, this.verifier, (source) -> value.applyAsDouble(source.state()))
			.description(description)
			.register(registry);
	}

	private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<VerifierState> value) {
		Gauge.builder(PREFIX + name, this.verifier, (source) -> value.applyAsDouble(source.state()))
			.description(description)
			.register(registry);
	}

}
