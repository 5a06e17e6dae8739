package dev.latchkey.token;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Says on which days a token was used.
 */
@Service
public class TokenUsage {

	private static final int DAYS = 30;

	private static final String SELECT = "select day, minutes from token_use where token_id = :token and day > :before";

	private final JdbcClient jdbc;

	private final Clock clock;

	TokenUsage(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Returns the last 30 days, today last, each with its use or with none.
	 */
	public List<DailyUse> lastThirtyDays(UUID tokenId) {
		LocalDate before = LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC).minusDays(DAYS);
		Map<LocalDate, Integer> used = this.jdbc.sql(SELECT)
			.param("token", tokenId)
			.param("before", before)
			.query(DailyUse.class)
			.list()
			.stream()
			.collect(Collectors.toMap(DailyUse::day, DailyUse::minutes));
		return IntStream.rangeClosed(1, DAYS)
			.mapToObj(before::plusDays)
			.map((day) -> new DailyUse(day, used.getOrDefault(day, 0)))
			.toList();
	}

}
