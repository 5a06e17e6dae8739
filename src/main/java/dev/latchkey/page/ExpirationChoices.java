package dev.latchkey.page;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.latchkey.language.Words;
import dev.latchkey.token.Expiry;
import dev.latchkey.token.Lifetime;
import dev.latchkey.token.SuccessorEnd;
import dev.latchkey.token.TokenProperties;
import dev.latchkey.value.InvalidValueException;
import dev.latchkey.value.Numbers;
import dev.latchkey.value.Times;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Offers how long a token may live, within what the settings allow.
 */
@Component
class ExpirationChoices {

	static final String DATE = "date";

	static final String NEVER = "never";

	static final String DEFAULT = "default";

	/** As long as the token before it; for successors. */
	static final String SAME = "same";

	/** When the token before it would have; for successors. */
	static final String SAME_DATE = "same-date";

	private static final int[] DAYS = { 7, 30, 60, 90 };

	private final TokenProperties properties;

	private final TimeFormatter moments;

	ExpirationChoices(TokenProperties properties, TimeFormatter moments) {
		this.properties = properties;
		this.moments = moments;
	}

	List<Choice> all() {
		List<Choice> choices = new ArrayList<>();
		if (preselected().equals(DEFAULT)) {
			Duration life = this.properties.defaultLifetime().duration();
			choices.add(new Choice(DEFAULT,
					(life != null) ? until(TimeFormatter.span(life), life) : Words.of("expiration.never")));
		}
		for (int days : DAYS) {
			if (allows(Duration.ofDays(days))) {
				choices.add(new Choice(String.valueOf(days),
						until(TimeFormatter.span(Duration.ofDays(days)), Duration.ofDays(days))));
			}
		}
		choices.add(new Choice(DATE, Words.of("expiration.until-a-date")));
		if (longest().duration() == null) {
			choices.add(new Choice(NEVER, Words.of("expiration.never")));
		}
		return choices;
	}

	/**
	 * Returns the choices, and among them the days that were chosen by a link.
	 */
	List<Choice> all(@Nullable String chosen) {
		List<Choice> choices = new ArrayList<>(all());
		if (chosen != null && isDays(chosen) && choices.stream().noneMatch((one) -> one.value().equals(chosen))) {
			Duration life = Duration.ofDays(Integer.parseInt(chosen));
			choices.add(0, new Choice(chosen, until(TimeFormatter.span(life), life)));
		}
		return choices;
	}

	/**
	 * Returns whether somebody could choose this, or that number of days.
	 */
	boolean offers(String chosen) {
		return isDays(chosen) || all().stream().anyMatch((one) -> one.value().equals(chosen));
	}

	/**
	 * Returns the choices for a successor. First stands what happens without a choice.
	 * @param end when it ends then
	 */
	List<Choice> ofSuccessor(SuccessorEnd end) {
		List<Choice> choices = new ArrayList<>();
		Instant date = end.chosenDate();
		if (date != null) {
			choices.add(new Choice(SAME_DATE, Words.of("expiration.same-date", TimeFormatter.day(date))));
		}
		choices.add(new Choice(SAME, sameLife(end.ofSameLife().at())));
		all().stream().filter((choice) -> !choice.value().equals(DEFAULT)).forEach(choices::add);
		return choices;
	}

	/**
	 * Returns the choice that stands for the server's default life.
	 */
	String preselected() {
		Duration life = this.properties.defaultLifetime().duration();
		for (int days : DAYS) {
			if (Duration.ofDays(days).equals(life) && allows(Duration.ofDays(days))) {
				return String.valueOf(days);
			}
		}
		return (life == null && longest().duration() == null) ? NEVER : DEFAULT;
	}

	private String sameLife(@Nullable Instant end) {
		if (end == null) {
			return Words.of("expiration.same-never");
		}
		Duration life = Duration.between(this.moments.now(), end);
		return Words.of("expiration.same", until(TimeFormatter.span(life), life));
	}

	/** Says on which day a life ends that begins now. */
	private String until(String span, Duration life) {
		return Words.of("expiration.until", span, TimeFormatter.day(this.moments.now().plus(life)));
	}

	LocalDate firstDay() {
		return LocalDate.ofInstant(this.moments.now(), ZoneOffset.UTC);
	}

	/**
	 * Returns the last day that can be chosen, or null where there is none.
	 */
	@Nullable LocalDate lastDay() {
		Instant end = longest().endFrom(this.moments.now());
		return (end != null) ? LocalDate.ofInstant(end, ZoneOffset.UTC).minusDays(1) : null;
	}

	/**
	 * Returns the end of the day that somebody typed, or null if it is none, which is
	 * then among the faults.
	 */
	static @Nullable Expiry endOf(@Nullable String until, Map<String, String> faults) {
		try {
			return Expiry.at(Times.endOf(Times.parseDay((until != null) ? until : "")));
		}
		catch (InvalidValueException ex) {
			faults.put("expiration", Words.of("expiration.choose-day"));
			return null;
		}
	}

	private boolean isDays(String chosen) {
		int days = Numbers.parse(chosen).orElse(0);
		return days > 0 && String.valueOf(days).equals(chosen) && allows(Duration.ofDays(days));
	}

	private boolean allows(Duration life) {
		Duration limit = longest().duration();
		return limit == null || limit.compareTo(life) >= 0;
	}

	private Lifetime longest() {
		return this.properties.maxLifetime();
	}

	/** An entry of the list: what is sent, and what is read. */
	record Choice(String value, String label) {

	}

}
