package dev.latchkey.page;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.latchkey.language.Words;
import dev.latchkey.page.ExpirationChoices.Choice;
import dev.latchkey.token.Expiry;
import dev.latchkey.token.SuccessorEnd;
import org.jspecify.annotations.Nullable;

/**
 * What somebody chose to rotate a token, as it was sent.
 *
 * @param grace how many hours the old token lives on
 * @param expiration how long the new one lives: {@code same}, {@code same-date}, a number
 * of days, {@code date} or {@code never}
 * @param until the last day, where the choice is {@code date}
 */
record RotationForm(@Nullable String grace, @Nullable String expiration, @Nullable String until) {

	static final RotationForm EMPTY = new RotationForm(null, null, null);

	private static final String NO_GRACE = "0";

	/**
	 * What is left out is what stands there at first: a date that its owner chose stays,
	 * and otherwise the length of the life does.
	 */
	RotationForm orFresh(SuccessorEnd end) {
		String first = (end.chosenDate() != null) ? ExpirationChoices.SAME_DATE : ExpirationChoices.SAME;
		return new RotationForm((this.grace != null) ? this.grace : NO_GRACE,
				(this.expiration != null) ? this.expiration : first, this.until);
	}

	/**
	 * Returns the wish for an end, or null for a life as long as that of the old token.
	 * What was not offered, or cannot be read, is among the faults.
	 */
	@Nullable Expiry expiry(List<Choice> offered, SuccessorEnd end, Instant now, Map<String, String> faults) {
		String choice = String.valueOf(this.expiration);
		if (offered.stream().noneMatch((one) -> one.value().equals(choice))) {
			faults.put("expiration", Words.of("shared.choose-one"));
			return null;
		}
		return switch (choice) {
			case ExpirationChoices.SAME -> null;
			case ExpirationChoices.SAME_DATE -> new Expiry(end.chosenDate(), true);
			case ExpirationChoices.NEVER -> Expiry.NEVER;
			case ExpirationChoices.DATE -> ExpirationChoices.endOf(this.until, faults);
			default -> Expiry.after(Duration.ofDays(Integer.parseInt(choice)), now);
		};
	}

}
