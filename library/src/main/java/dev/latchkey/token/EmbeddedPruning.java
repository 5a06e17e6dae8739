package dev.latchkey.token;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Deletes once a day what is old enough, on one node at a time, as the server's schedule
 * does; without its library for locks, of which the application may have another version
 * and a table of its own.
 */
@Component
class EmbeddedPruning implements SchedulingConfigurer {

	private static final Logger log = LoggerFactory.getLogger(EmbeddedPruning.class);

	/** By the database's clock: those of nodes may differ by more than a run takes. */
	private static final String BEGIN = """
			insert into pruning (one, begun_at) values (true, now()) on conflict (one) do update set begun_at = excluded.begun_at
			where pruning.begun_at < now() - interval '1 hour'
			""";

	private final TokenProperties.Prune settings;

	private final List<Prunable> all;

	private final PruneCounts counts;

	private final JdbcTemplate jdbc;

	EmbeddedPruning(TokenProperties properties, List<Prunable> all, PruneCounts counts, JdbcTemplate jdbc) {
		this.settings = properties.prune();
		this.all = all;
		this.counts = counts;
		this.jdbc = jdbc;
	}

	@Override
	public void configureTasks(ScheduledTaskRegistrar tasks) {
		if (this.settings.enabled()) {
			tasks.addCronTask(this::prune, this.settings.cron());
		}
	}

	/** What one of them cannot do keeps the others from nothing. */
	void prune() {
		if (!begins()) {
			return;
		}
		for (Prunable prunable : this.all) {
			try {
				this.counts.deleted(prunable.prune());
			}
			catch (DataAccessException | TransactionException ex) {
				log.warn("{} could not do its work; it tries again at the next run: {}",
						prunable.getClass().getSimpleName(), ex.getClass().getSimpleName());
			}
		}
		this.counts.ended();
	}

	private boolean begins() {
		try {
			return this.jdbc.update(BEGIN) > 0;
		}
		catch (DataAccessException ex) {
			log.warn("It cannot be found out whether another node deletes what is old: {}",
					ex.getClass().getSimpleName());
			return false;
		}
	}

}
