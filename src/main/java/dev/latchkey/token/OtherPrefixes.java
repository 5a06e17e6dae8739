package dev.latchkey.token;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Says at the start that there are tokens of another prefix: a new one ends them all,
 * which nobody expects of a setting about looks. Only the oldest and the newest are
 * looked at, so that it takes no longer where there are millions.
 */
@Component
class OtherPrefixes {

	private static final Logger log = LoggerFactory.getLogger(OtherPrefixes.class);

	private static final String HINTS = """
			(select hint, revoked_at from api_token order by id limit 100)
			union all (select hint, revoked_at from api_token order by id desc limit 100)
			""";

	private final JdbcClient jdbc;

	private final String prefix;

	OtherPrefixes(JdbcClient jdbc, TokenProperties properties) {
		this.jdbc = jdbc;
		this.prefix = properties.prefix();
	}

	@EventListener(ApplicationReadyEvent.class)
	void warn() {
		List<String> others = find();
		if (!others.isEmpty()) {
			log.warn(
					"latchkey.tokens.prefix is {}, and there are tokens whose prefix is {}: they are refused until it is set back",
					this.prefix, String.join(", ", others));
		}
	}

	/** The kind's letter is the last before the underscore. */
	List<String> find() {
		return this.jdbc
			.sql("select distinct left(split_part(hint, '_', 1), -1) as prefix from (" + HINTS
					+ ") looked_at where revoked_at is null and hint like '%\\_%' order by prefix")
			.query(String.class)
			.list()
			.stream()
			.filter((other) -> !other.equals(this.prefix))
			.toList();
	}

}
