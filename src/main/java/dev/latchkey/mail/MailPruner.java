package dev.latchkey.mail;

import java.sql.Timestamp;
import java.time.Clock;

import dev.latchkey.token.Prunable;
import dev.latchkey.token.PruneBatches;
import dev.latchkey.token.PruneBatches.Done;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Deletes mails, sent or not, once they are so old that none of them would be put into
 * the queue a second time. It does so where mail was switched off since, too.
 */
@Component
class MailPruner implements Prunable {

	private static final String BATCH = """
			delete from queued_mail where id = any(array(
			    select id from queued_mail q where at <= least(:now, now()) - interval '30 days'
			        and not (kind = 'token-too-long'
			            and exists (select from api_token t where q.once = 'token-too-long:' || t.id and t.owner_id = q.owner_id))
			    order by at, id limit :size for update skip locked))
			""";

	private final JdbcClient jdbc;

	private final PruneBatches batches;

	private final Clock clock;

	MailPruner(JdbcClient jdbc, PruneBatches batches, Clock clock) {
		this.jdbc = jdbc;
		this.batches = batches;
		this.clock = clock;
	}

	@Override
	public long prune() {
		return this.batches.run((size) -> Done
			.all(this.jdbc.sql(BATCH).param("now", Timestamp.from(this.clock.instant())).param("size", size).update()));
	}

}
