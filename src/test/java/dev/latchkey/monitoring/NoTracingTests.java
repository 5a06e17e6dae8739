package dev.latchkey.monitoring;

import java.util.Arrays;

import dev.latchkey.testing.LatchkeyTest;
import jakarta.servlet.ServletContext;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where nobody is named who takes traces, nothing is there that could make any.
 */
@LatchkeyTest
class NoTracingTests {

	@Test
	void noComponentIsOfTracing(@Autowired ApplicationContext beans) {
		assertThat(Arrays.stream(beans.getBeanDefinitionNames()).map(beans::getType)).isNotEmpty()
			.filteredOn((type) -> type != null)
			.noneMatch((type) -> type.getName().startsWith("io.opentelemetry.")
					|| type.getName().startsWith("io.micrometer.tracing.") || type.equals(Traces.class)
					|| type.equals(TracingFilter.class) || type.equals(TracingProperties.class)
					|| type.equals(TracingConfiguration.class));
	}

	@Test
	void noFilterIsInTheWay(@Autowired ServletContext container) {
		assertThat(container.getFilterRegistrations().values()).isNotEmpty()
			.noneMatch((filter) -> filter.getClassName().contains("Tracing"));
	}

}
