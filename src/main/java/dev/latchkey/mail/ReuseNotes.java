package dev.latchkey.mail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Remembers which rotated tokens were used, until that is put into the queue off the
 * request's way: whoever has a dead token may come again and again. Its owner is told
 * once of each.
 */
class ReuseNotes {

	private static final Logger log = LoggerFactory.getLogger(ReuseNotes.class);

	private static final int MOST = 1000;

	private final Cache<UUID, Note> notes = Caffeine.newBuilder()
		.maximumSize(MOST)
		.expireAfterWrite(Duration.ofHours(1))
		.build();

	private final MailQueue queue;

	ReuseNotes(MailQueue queue) {
		this.queue = queue;
	}

	@EventListener
	void on(AuditedAct act) {
		UUID token = act.tokenId();
		if (act.action() == AuditAction.TOKEN_REUSE_DETECTED && token != null) {
			this.notes.asMap().putIfAbsent(token, new Note(act.actor().ip(), false));
		}
	}

	/** What cannot be put now is put the next time. */
	@Scheduled(fixedDelay = 1000)
	void put() {
		List<Map.Entry<UUID, Note>> waiting = new ArrayList<>(this.notes.asMap().entrySet());
		waiting.removeIf((entry) -> entry.getValue().put());
		try {
			for (Map.Entry<UUID, Note> entry : waiting) {
				String ip = entry.getValue().ip();
				UUID token = entry.getKey();
				this.queue.putAboutToken(MailKind.TOKEN_REUSED, token, true, "reuse:" + token, ip);
				this.notes.put(token, new Note(ip, true));
			}
		}
		catch (DataAccessException ex) {
			log.warn("A mail about a reused token waits for the database: {}", ex.getClass().getSimpleName());
		}
	}

	/** From where a token came, and whether its owner is being told. */
	private record Note(@Nullable String ip, boolean put) {

	}

}
