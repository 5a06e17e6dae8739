package dev.latchkey.account;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.latchkey.value.EmailAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives keys, by which addresses are compared, to the accounts that have none: those from
 * before there were keys, and those whose address somebody changed by hand. A key that
 * has its domain as machines write it is replaced. Keys are made here and not by the
 * database, whose notion of case depends on its locale. At each start the log names the
 * accounts that share an address.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class SharedAddresses implements ApplicationRunner {

	private static final Logger log = LoggerFactory.getLogger(SharedAddresses.class);

	private static final int MAX_TOLD = 20;

	private final JdbcTemplate jdbc;

	SharedAddresses(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/** Two nodes that start at once do the same in the same order. */
	@Override
	@Transactional
	public void run(ApplicationArguments arguments) {
		List<Object[]> keys = this.jdbc.query("""
				select id, email from app_user
				where email_key is null or email_key ~ '[@.]xn--' order by id
				""", (row, number) -> {
			String key = EmailAddress.keyOf(row.getString("email"));
			return new Object[] { key, row.getObject("id", UUID.class), key };
		});
		this.jdbc.batchUpdate(
				"update app_user set email_key = ?, email_shared = true where id = ? and email_key is distinct from ?",
				keys);
		this.jdbc.update("""
				update app_user u set email_shared = false where email_shared
				    and not exists (select 1 from app_user o where o.email_key = u.email_key and o.id <> u.id)
				""");
		this.jdbc.update("""
				update app_user u set email_shared = true where not email_shared and exists
				    (select 1 from app_user o where o.email_key = u.email_key and o.id <> u.id and o.email_shared)
				""");
		warn();
	}

	private void warn() {
		List<String> shared = this.jdbc.query(
				"select id, email from app_user where email_shared order by email_key, id",
				(row, number) -> row.getString("id") + " " + visible(row.getString("email")));
		if (!shared.isEmpty()) {
			log.warn(
					"Accounts whose addresses are the same by today's rules sign in by the exact form alone, and nobody"
							+ " else can get such an address: {}{}",
					String.join(", ", shared.subList(0, Math.min(shared.size(), MAX_TOLD))),
					(shared.size() > MAX_TOLD) ? " and %d more".formatted(shared.size() - MAX_TOLD) : "");
		}
	}

	/** What looks the same in a log would not tell them apart. */
	private static String visible(String address) {
		return address.codePoints()
			.mapToObj((c) -> (c > ' ' && c < 0x7f) ? Character.toString(c) : "\\u{%x}".formatted(c))
			.collect(Collectors.joining());
	}

}
