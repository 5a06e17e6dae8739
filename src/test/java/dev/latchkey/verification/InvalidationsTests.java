package dev.latchkey.verification;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.caller.Caller;
import dev.latchkey.caller.CurrentToken;
import dev.latchkey.caller.User;
import dev.latchkey.limit.TokenAllowance;
import dev.latchkey.net.Networks;
import dev.latchkey.scope.Resources;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.TokenKind;
import dev.latchkey.token.TokenTimes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was loaded is believed until something later is said of it.
 */
class InvalidationsTests {

	private final UUID token = UUID.randomUUID();

	private final UUID owner = UUID.randomUUID();

	private final Invalidations invalidations = new Invalidations();

	@Test
	void whatNothingWasSaidOfIsBelieved() {
		LoadedToken loaded = loaded(this.invalidations.moment());
		for (int i = 0; i < 100; i++) {
			this.invalidations.mark(new UUID(i, ~i));
		}
		assertThat(this.invalidations.haveReached(loaded)).isFalse();
	}

	@Test
	void aChangeOfTheTokenReachesIt() {
		LoadedToken loaded = loaded(this.invalidations.moment());
		this.invalidations.mark(this.token);
		assertThat(this.invalidations.haveReached(loaded)).isTrue();
	}

	@Test
	void aChangeOfItsOwnerReachesIt() {
		LoadedToken loaded = loaded(this.invalidations.moment());
		this.invalidations.mark(this.owner);
		assertThat(this.invalidations.haveReached(loaded)).isTrue();
	}

	@Test
	void aChangeOfAnythingReachesIt() {
		LoadedToken loaded = loaded(this.invalidations.moment());
		this.invalidations.markAll();
		assertThat(this.invalidations.haveReached(loaded)).isTrue();
	}

	/** What was found is not looked up again, until there is another change. */
	@Test
	void eachKindOfChangeReachesWhatWasLookedAtBefore() {
		for (Runnable change : List.<Runnable>of(() -> this.invalidations.mark(this.token),
				() -> this.invalidations.mark(this.owner), this.invalidations::markAll)) {
			LoadedToken loaded = loaded(this.invalidations.moment());
			assertThat(this.invalidations.haveReached(loaded)).isFalse();
			assertThat(this.invalidations.haveReached(loaded)).isFalse();
			change.run();
			assertThat(this.invalidations.haveReached(loaded)).isTrue();
			assertThat(this.invalidations.haveReached(loaded)).isTrue();
		}
	}

	@Test
	void aChangeDuringALoadWinsEvenIfTheLoadIsRememberedLater() {
		long before = this.invalidations.moment();
		this.invalidations.mark(this.token);
		assertThat(this.invalidations.haveReached(loaded(before))).isTrue();
		assertThat(this.invalidations.haveReached(loaded(this.invalidations.moment()))).isFalse();
	}

	/**
	 * Other nodes and the clients work it out, too ({@code docs/remote-verification.md}).
	 */
	@ParameterizedTest
	@CsvSource({ "00000000-0000-0000-0000-000000000001, 20251", "01a21c21-bf7c-7f3b-bd62-704e50169cee, 24723",
			"ffffffff-ffff-4fff-bfff-fffffffffffe, 243" })
	void anIdHasThePlaceThatEverybodyWorksOut(UUID id, int place) {
		assertThat(Invalidations.place(id)).isEqualTo(place);
	}

	private LoadedToken loaded(long moment) {
		User user = new User(this.owner, "a@example.com", "A", Set.of(Role.USER), true, Instant.EPOCH);
		CurrentToken current = new CurrentToken(this.token, "t", null, Scopes.of("user:read"), Resources.OWN,
				"lkp_…abcd", null, false);
		TokenTimes times = new TokenTimes(Instant.EPOCH, null, null, null, null);
		VerifiedToken good = new VerifiedToken(this.token, TokenKind.PERSONAL, null,
				new Caller(user, Set.of("user:read"), current), List.of(), times, Networks.ANY, null, null);
		return new LoadedToken(new StoredToken(good, false, new TokenAllowance(this.token, List.of())), moment, 0);
	}

}
