package dev.latchkey.token;

import javax.sql.DataSource;

import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import net.javacrumbs.shedlock.spring.annotation.EnableSchedulerLock;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Prunes once a day, on one node at a time.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableSchedulerLock(defaultLockAtMostFor = "PT1H")
class PruneSchedule {

	@Bean
	LockProvider lockProvider(DataSource dataSource) {
		return new JdbcTemplateLockProvider(JdbcTemplateLockProvider.Configuration.builder()
			.withJdbcTemplate(new JdbcTemplate(dataSource))
			.usingDbTime()
			.build());
	}

	/**
	 * The daily run.
	 */
	@Component
	@ConditionalOnProperty(name = "latchkey.tokens.prune.enabled", matchIfMissing = true)
	static class DailyPrune {

		private final TokenPruner pruner;

		private final TokenProperties properties;

		DailyPrune(TokenPruner pruner, TokenProperties properties) {
			this.pruner = pruner;
			this.properties = properties;
		}

		@Scheduled(cron = "${latchkey.tokens.prune.cron:0 17 3 * * *}")
		@SchedulerLock(name = "prune-tokens", lockAtLeastFor = "PT1M")
		void prune() {
			this.pruner.prune(this.properties.prune().retention());
		}

	}

}
