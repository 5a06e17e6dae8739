package dev.latchkey.token;

import java.util.List;

import javax.sql.DataSource;

import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import net.javacrumbs.shedlock.spring.annotation.EnableSchedulerLock;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Prunes once a day, on one node at a time.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableSchedulerLock(defaultLockAtMostFor = "PT1H")
class PruneSchedule implements SchedulingConfigurer {

	private static final Logger log = LoggerFactory.getLogger(PruneSchedule.class);

	private final TokenProperties.Prune settings;

	private final DailyPrune daily;

	PruneSchedule(TokenProperties properties, DailyPrune daily) {
		this.settings = properties.prune();
		this.daily = daily;
	}

	/** The run that is called here holds the lock. */
	@Override
	public void configureTasks(ScheduledTaskRegistrar tasks) {
		if (this.settings.enabled()) {
			tasks.addCronTask(this.daily::prune, this.settings.cron());
		}
	}

	@Bean
	static LockProvider lockProvider(DataSource dataSource) {
		return new JdbcTemplateLockProvider(JdbcTemplateLockProvider.Configuration.builder()
			.withJdbcTemplate(new JdbcTemplate(dataSource))
			.usingDbTime()
			.build());
	}

	/**
	 * The daily run.
	 */
	@Component
	static class DailyPrune {

		private final List<Prunable> all;

		private final PruneCounts counts;

		DailyPrune(List<Prunable> all, PruneCounts counts) {
			this.all = all;
			this.counts = counts;
		}

		/** What one of them cannot do keeps the others from nothing. */
		@SchedulerLock(name = "prune-tokens", lockAtLeastFor = "PT1M")
		void prune() {
			for (Prunable prunable : this.all) {
				try {
					this.counts.deleted(prunable.prune());
				}
				catch (DataAccessException | TransactionException ex) {
					log.warn("{} could not do its work; it tries again tomorrow: {}",
							prunable.getClass().getSimpleName(), ex.getClass().getSimpleName());
				}
			}
			this.counts.ended();
		}

	}

}
