package dev.latchkey.embedded;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * How Latchkey fares, in an application that shows its health.
 */
@AutoConfiguration(after = LatchkeyAutoConfiguration.class)
@ConditionalOnClass(HealthIndicator.class)
@ConditionalOnBean(LatchkeyCore.class)
class LatchkeyHealthAutoConfiguration {

	@Bean
	LatchkeyHealth latchkeyHealthIndicator(LatchkeyCore core) {
		return new LatchkeyHealth(core);
	}

}
