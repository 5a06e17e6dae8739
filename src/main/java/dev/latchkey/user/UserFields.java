package dev.latchkey.user;

import java.util.Set;
import java.util.regex.Pattern;

import dev.latchkey.scope.Role;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of an account may hold.
 */
final class UserFields {

	private static final int MAX_EMAIL = 254;

	private static final int MAX_NAME = 100;

	/** Only the shape: whether the address exists, a mail alone can tell. */
	private static final Pattern EMAIL = Pattern.compile("[^\\s@\\p{Cntrl}]{1,64}@[^\\s@\\p{Cntrl}]{1,189}");

	private UserFields() {
	}

	static String email(@Nullable String given) {
		String email = (given != null) ? given.strip() : "";
		if (email.length() > MAX_EMAIL || !EMAIL.matcher(email).matches()) {
			throw new UserRejectedException("email", "must be an e-mail address");
		}
		return email;
	}

	static String name(@Nullable String given) {
		String name = (given != null) ? given.strip() : "";
		int length = name.codePointCount(0, name.length());
		if (length < 1 || length > MAX_NAME || name.codePoints().anyMatch(Character::isISOControl)) {
			throw new UserRejectedException("name", "must have 1 to 100 characters, none of them a control character");
		}
		return name;
	}

	static RawPassword password(@Nullable RawPassword given) {
		if (given == null || !given.isLongEnough()) {
			throw new UserRejectedException("password", "must have at least 8 characters");
		}
		if (!given.isShortEnough()) {
			throw new UserRejectedException("password", "must have at most 72 bytes");
		}
		return given;
	}

	static Set<Role> roles(@Nullable Set<Role> given) {
		if (given == null) {
			return Set.of(Role.USER);
		}
		if (given.isEmpty()) {
			throw new UserRejectedException("roles", "must name at least one role");
		}
		return Set.copyOf(given);
	}

}
