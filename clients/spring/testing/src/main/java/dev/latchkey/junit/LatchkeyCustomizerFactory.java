package dev.latchkey.junit;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Puts the server into the application contexts of tests that want it, where it is the
 * connection that the starter uses.
 */
class LatchkeyCustomizerFactory implements ContextCustomizerFactory {

	LatchkeyCustomizerFactory() {
	}

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> test,
			List<ContextConfigurationAttributes> attributes) {
		return SharedServers.isWanted(test) ? new Connecting(test, SharedServers.settings(test)) : null;
	}

	/** Contexts with the same settings are one. */
	private record Connecting(Class<?> test, List<String> settings) implements ContextCustomizer {

		@Override
		public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration merged) {
			context.getBeanFactory().registerSingleton("latchkeyServer", SharedServers.of(this.test));
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Connecting connecting && this.settings.equals(connecting.settings);
		}

		@Override
		public int hashCode() {
			return this.settings.hashCode();
		}

	}

}
