package dev.latchkey.mail;

import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How many mails wait, as of the last half minute: whoever reads meters asks no database.
 * Without a mail server none do.
 */
@Component
class MailCounts implements MeterBinder {

	/** More is much, however many. */
	private static final int COUNTED = 10_000;

	private final @Nullable MailQueue queue;

	private final AtomicLong waiting = new AtomicLong();

	MailCounts(ObjectProvider<MailQueue> queue) {
		this.queue = queue.getIfAvailable();
	}

	@Scheduled(fixedDelay = 30_000)
	void count() {
		if (this.queue == null) {
			return;
		}
		try {
			this.waiting.set(this.queue.waiting(COUNTED));
		}
		catch (DataAccessException ex) {
			// What was known before stands; that the database is away is said elsewhere.
		}
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("latchkey.mail.waiting", this.waiting, AtomicLong::get)
			.description("Mails that wait to be sent, on all nodes, up to 10,000")
			.register(registry);
	}

}
