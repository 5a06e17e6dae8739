package dev.latchkey.embedded;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;

/**
 * Shows the meters of Latchkey's own contexts in the registries of the application, if it
 * has any.
 */
class LatchkeyMetrics implements MeterBinder {

	private final LatchkeyCore core;

	private final ObjectProvider<OwnRoutes> routes;

	LatchkeyMetrics(LatchkeyCore core, ObjectProvider<OwnRoutes> routes) {
		this.core = core;
		this.routes = routes;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		bind(this.core.context(), registry);
		this.routes.ifAvailable((own) -> bind(own.context(), registry));
	}

	private static void bind(@Nullable ApplicationContext within, MeterRegistry registry) {
		if (within != null) {
			within.getBeansOfType(MeterBinder.class).values().forEach((meters) -> meters.bindTo(registry));
		}
	}

}
