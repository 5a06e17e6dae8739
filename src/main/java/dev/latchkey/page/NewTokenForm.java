package dev.latchkey.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.latchkey.language.Words;
import dev.latchkey.token.Expiry;
import dev.latchkey.token.NewToken;
import dev.latchkey.value.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * What somebody typed to make a token, as it was typed.
 *
 * @param form which form it is, so that it acts only once
 * @param name the name
 * @param description what is written about it
 * @param expiration a number of days, {@code date}, {@code never} or {@code default}
 * @param until the last day, where the choice is {@code date}
 * @param scopes what is ticked
 * @param allowedIps addresses and blocks, separated by white space or commas
 * @param rateLimit requests a minute
 */
record NewTokenForm(@Nullable String form, @Nullable String name, @Nullable String description,
		@Nullable String expiration, @Nullable String until, @Nullable List<String> scopes, @Nullable String allowedIps,
		@Nullable String rateLimit) {

	/** Neither days nor requests a minute. */
	private static final int NOT_ACCEPTABLE = 0;

	/**
	 * Returns the same with a number of its own.
	 * @param preselected the expiration, unless one was chosen
	 */
	NewTokenForm fresh(String preselected) {
		return new NewTokenForm(UUID.randomUUID().toString(), this.name, this.description,
				(this.expiration != null) ? this.expiration : preselected, this.until, this.scopes, this.allowedIps,
				this.rateLimit);
	}

	/**
	 * Returns whether nothing was filled in.
	 */
	boolean asksForNothing() {
		return Stream
			.of(this.name, this.description, this.expiration, this.until, this.scopes, this.allowedIps, this.rateLimit)
			.allMatch(Objects::isNull);
	}

	/**
	 * Returns the same with what a link may fill in.
	 */
	NewTokenForm asked(@Nullable String named, @Nullable String described, @Nullable String ending,
			List<String> ticked) {
		return new NewTokenForm(this.form, named, described, ending, this.until, ticked, this.allowedIps,
				this.rateLimit);
	}

	NewTokenForm withScopes(List<String> ticked) {
		return new NewTokenForm(this.form, this.name, this.description, this.expiration, this.until, ticked,
				this.allowedIps, this.rateLimit);
	}

	/**
	 * Returns the wish. What cannot be read is among the faults, and in the wish stands
	 * {@link #NOT_ACCEPTABLE} for it, so that it is refused with all else that is wrong.
	 */
	NewToken toNewToken(Map<String, String> faults) {
		String choice = (this.expiration != null) ? this.expiration : ExpirationChoices.DEFAULT;
		Expiry end = expiry(choice, faults);
		Integer days = isNumber(choice) ? Integer.valueOf(choice) : null;
		return new NewToken(this.name, (this.scopes != null) ? List.copyOf(this.scopes) : null, end,
				faults.isEmpty() ? days : Integer.valueOf(NOT_ACCEPTABLE), null, networks(), rate(faults),
				this.description, null);
	}

	private @Nullable Expiry expiry(String choice, Map<String, String> faults) {
		if (choice.equals(ExpirationChoices.NEVER)) {
			return Expiry.NEVER;
		}
		if (choice.equals(ExpirationChoices.DATE)) {
			return ExpirationChoices.endOf(this.until, faults);
		}
		if (!isNumber(choice) && !choice.equals(ExpirationChoices.DEFAULT)) {
			faults.put("expiration", Words.of("shared.choose-one"));
		}
		return null;
	}

	private @Nullable List<@Nullable String> networks() {
		List<@Nullable String> networks = entries(this.allowedIps);
		return networks.isEmpty() ? null : networks;
	}

	/**
	 * Returns the addresses and blocks that somebody typed. Only a field that is really
	 * empty means any address.
	 */
	static List<@Nullable String> entries(@Nullable String typed) {
		if (typed == null || typed.isEmpty()) {
			return List.of();
		}
		List<@Nullable String> entries = new ArrayList<>(
				Pattern.compile("[\\s,]+").splitAsStream(typed).filter((one) -> !one.isEmpty()).toList());
		return entries.isEmpty() ? Collections.singletonList(typed) : entries;
	}

	private @Nullable Integer rate(Map<String, String> faults) {
		if (this.rateLimit == null || this.rateLimit.isEmpty()) {
			return null;
		}
		if (!isNumber(this.rateLimit.strip())) {
			faults.put("rate_limit", Words.of("new.rate-fault"));
			return NOT_ACCEPTABLE;
		}
		return Integer.valueOf(this.rateLimit.strip());
	}

	private static boolean isNumber(String text) {
		return Numbers.parse(text).isPresent();
	}

}
