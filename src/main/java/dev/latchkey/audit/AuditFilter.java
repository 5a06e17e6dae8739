package dev.latchkey.audit;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.latchkey.caller.AuditAction;
import dev.latchkey.problem.ProblemException;
import dev.latchkey.value.InvalidValueException;
import dev.latchkey.value.Texts;
import dev.latchkey.value.Times;
import org.jspecify.annotations.Nullable;

/**
 * Which events are wanted; null wants all.
 *
 * @param actor the id or the address of the account that did it
 * @param action what happened
 * @param from from when on
 * @param to before when
 * @param request by which request, as its answer's header says
 */
record AuditFilter(@Nullable String actor, @Nullable String action, @Nullable Instant from, @Nullable Instant to,
		@Nullable String request) {

	/**
	 * Reads the parameters of a request.
	 * @throws ProblemException if a time is none, there is no such action, or the actor
	 * is nobody
	 */
	static AuditFilter of(@Nullable String actor, @Nullable String action, @Nullable String from, @Nullable String to) {
		return new AuditFilter(known(actor), action(action), time("from", from), time("to", to), null);
	}

	/**
	 * Returns the conditions that are asked for, and no others: each has an index, which
	 * a condition that may be absent could not use.
	 */
	String where() {
		List<String> conditions = new ArrayList<>(List.of("true"));
		if (this.actor != null) {
			conditions.add(AccountIds.condition(this.actor));
		}
		if (this.action != null) {
			conditions.add("action = :action");
		}
		if (this.from != null) {
			conditions.add("at >= :from");
		}
		if (this.to != null) {
			conditions.add("at < :to");
		}
		if (this.request != null) {
			conditions.add("request_id = :request");
		}
		return " where " + String.join(" and ", conditions);
	}

	Map<String, @Nullable Object> parameters() {
		Map<String, @Nullable Object> parameters = new HashMap<>();
		parameters.put("actor", this.actor);
		parameters.put("action", this.action);
		parameters.put("from", (this.from != null) ? Timestamp.from(this.from) : null);
		parameters.put("to", (this.to != null) ? Timestamp.from(this.to) : null);
		parameters.put("request", this.request);
		return parameters;
	}

	static @Nullable String actor(@Nullable String given) {
		return (given != null) ? AccountIds.read(given) : null;
	}

	private static @Nullable String known(@Nullable String actor) {
		if (actor != null && Texts.strip(actor).isEmpty()) {
			throw ProblemException.invalid("actor", "must be the id or the e-mail address of an account");
		}
		return actor(actor);
	}

	private static @Nullable String action(@Nullable String given) {
		if (given != null && AuditAction.find(given).isEmpty()) {
			throw ProblemException.invalid("action", "must be one of " + String.join(", ", AuditAction.names()));
		}
		return given;
	}

	private static @Nullable Instant time(String field, @Nullable String given) {
		if (given == null) {
			return null;
		}
		try {
			return Times.parse(given);
		}
		catch (InvalidValueException ex) {
			throw ProblemException.invalid(field, ex.rule());
		}
	}

}
