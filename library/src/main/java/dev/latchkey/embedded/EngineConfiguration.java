package dev.latchkey.embedded;

import java.time.Clock;
import java.time.Duration;

import dev.latchkey.web.EmbeddedJson;
import io.github.bucket4j.TimeMeter;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.web.bind.annotation.RestController;

/**
 * The context of Latchkey's own. What it switches on holds for its own beans, and wakes
 * nothing that lies dormant in the application.
 */
@Configuration(proxyBeanMethods = false)
@EnableTransactionManagement(proxyTargetClass = true)
@EnableResilientMethods(proxyTargetClass = true)
@EnableScheduling
@ComponentScan(basePackages = "dev.latchkey.audit",
		excludeFilters = @ComponentScan.Filter(type = FilterType.ANNOTATION, classes = RestController.class))
@ComponentScan({ "dev.latchkey.scope", "dev.latchkey.caller", "dev.latchkey.token", "dev.latchkey.limit",
		"dev.latchkey.verification" })
@ConfigurationPropertiesScan({ "dev.latchkey.limit", "dev.latchkey.verification" })
class EngineConfiguration {

	private static final int THREADS = 3;

	/** As precise as the database. */
	@Bean
	Clock clock() {
		return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1000));
	}

	@Bean
	JsonMapper json() {
		return EmbeddedJson.mapper();
	}

	@Bean
	TimeMeter limitTime() {
		return TimeMeter.SYSTEM_NANOTIME;
	}

	@Bean
	ThreadPoolTaskScheduler taskScheduler() {
		ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
		scheduler.setPoolSize(THREADS);
		scheduler.setDaemon(true);
		scheduler.setThreadNamePrefix("latchkey-");
		return scheduler;
	}

}
