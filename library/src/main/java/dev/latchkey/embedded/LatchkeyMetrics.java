package dev.latchkey.embedded;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.context.ApplicationContext;

/**
 * Shows the meters of Latchkey's own context in the registries of the application, if it
 * has any.
 */
class LatchkeyMetrics implements MeterBinder {

	private final LatchkeyCore core;

	LatchkeyMetrics(LatchkeyCore core) {
		this.core = core;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		ApplicationContext within = this.core.context();
		if (within != null) {
			within.getBeansOfType(MeterBinder.class).values().forEach((meters) -> meters.bindTo(registry));
		}
	}

}
