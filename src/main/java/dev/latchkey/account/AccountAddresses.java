package dev.latchkey.account;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

import dev.latchkey.value.EmailAddress;
import dev.latchkey.value.Texts;

import org.springframework.stereotype.Component;

/**
 * Finds accounts by their address. Accounts from before addresses were brought into one
 * form may share one; each of them is found by the form that it has, and none by another.
 */
@Component
class AccountAddresses {

	private final AppUserRepository users;

	AccountAddresses(AppUserRepository users) {
		this.users = users;
	}

	/**
	 * Returns the account that has this address as it was typed, or the only one whose
	 * address it is in any form.
	 */
	Optional<AppUser> find(String typed) {
		return find(typed, this.users::findByAddress, (user) -> user.toUser().email());
	}

	/**
	 * Returns it likewise, in whichever form accounts are read.
	 * @param search finds those that may be meant, by what all forms have in common and
	 * by the form that was typed
	 */
	static <T> Optional<T> find(String typed, BiFunction<String, String, List<T>> search, Function<T, String> address) {
		String exact = Texts.strip(typed);
		if (exact.indexOf('\0') >= 0) {
			return Optional.empty();
		}
		List<T> found = search.apply(EmailAddress.keyOf(exact), exact);
		boolean certain = found.size() == 1 && EmailAddress.find(exact).isPresent();
		return found.stream().filter((one) -> certain || address.apply(one).equals(exact)).findFirst();
	}

	/**
	 * Returns what all forms of an address have in common.
	 */
	static String keyOf(String typed) {
		return EmailAddress.keyOf(Texts.strip(typed));
	}

	/**
	 * Returns whether an account has the address, in whichever form.
	 */
	boolean isTaken(EmailAddress address) {
		return !this.users.findByAddress(address.key(), address.value()).isEmpty();
	}

}
