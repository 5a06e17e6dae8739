package dev.latchkey.limit;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.latchkey.net.Arrival;
import dev.latchkey.net.IpAddress;
import dev.latchkey.net.IpNetwork;
import dev.latchkey.problem.TooManyException;
import dev.latchkey.testing.AtOnce;
import dev.latchkey.testing.LatchkeyTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Contract 4, Limits: what counts as a failed sign-in, against whom, and for how long.
 */
@LatchkeyTest
class SignInLimitsTests {

	private static final String HERE = "192.0.2.1";

	private static final Runnable NOTHING = () -> {
	};

	@Autowired
	private SignInStore store;

	@Autowired
	private JdbcTemplate jdbc;

	private final String address = UUID.randomUUID() + "@example.com";

	private SignInLimits limits;

	@BeforeEach
	void make() {
		this.limits = new SignInLimits(this.store, new LimitProperties(true, 600, 10, 100, 60, 60, 60, 60, 60));
	}

	@AfterEach
	void leave() {
		RequestContextHolder.resetRequestAttributes();
	}

	@Test
	void tenFailuresCloseANetworkAndNoOther() {
		fail(10, HERE);
		prolong(pair(HERE));
		assertThat(isOpen("192.0.2.200")).isFalse();
		assertThat(isOpen("192.0.3.1")).isTrue();
		fail(10, "2001:db8:1:2::1");
		prolong(pair("2001:db8:1:2::1"));
		assertThat(isOpen("2001:db8:1:2:ffff::9")).isFalse();
		assertThat(isOpen("2001:db8:1:3::1")).isTrue();
	}

	@Test
	void theTimeBeginsWithASecondAndDoublesToAQuarterOfAnHour() {
		List<Long> seconds = new ArrayList<>();
		fail(9, HERE);
		for (int i = 0; i < 12; i++) {
			fail(1, HERE);
			seconds.add(Math.round(this.jdbc.queryForObject(
					"select extract(epoch from blocked_until - changed_at) from sign_in_failure where key = ?",
					Double.class, pair(HERE))));
			this.jdbc.update("update sign_in_failure set blocked_until = clock_timestamp() where key = ?", pair(HERE));
		}
		assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 900L, 900L);
	}

	@Test
	void whoIsRefusedHearsWhenToComeAgain() {
		failedLongBefore(18, HERE);
		fail(1, HERE);
		assertThatExceptionOfType(TooManyException.class).isThrownBy(() -> begin(HERE))
			.satisfies((refusal) -> assertThat(refusal.retryAfter()).isBetween(1L, 512L));
	}

	@Test
	void aSuccessClearsTheCountOfThePair() {
		for (int i = 0; i < 3; i++) {
			fail(9, HERE);
			succeed(HERE);
		}
		fail(9, HERE);
		assertThat(isOpen(HERE)).isTrue();
	}

	/** The first is where everybody begins; where he was last is known for longer. */
	@Test
	void aNetworkThatIsNewIsToldOnceAndNeverTheFirst() {
		assertThat(isElsewhere(HERE)).isFalse();
		assertThat(isElsewhere("198.51.100.1")).isTrue();
		assertThat(isElsewhere("198.51.100.2")).isFalse();
		this.jdbc.update("update sign_in_network set seen_at = seen_at - interval '90 days' where account_key = ?",
				SignInKeys.of(this.address, null).account());
		this.store.prune();
		assertThat(isElsewhere("198.51.100.1")).isFalse();
		assertThat(isElsewhere(HERE)).isTrue();
		this.limits = new SignInLimits(this.store, new LimitProperties(false, 600, 10, 100, 60, 60, 60, 60, 60));
		assertThat(isElsewhere("203.0.113.1")).as("without limits").isTrue();
	}

	private boolean isElsewhere(String from) {
		AtomicBoolean told = new AtomicBoolean();
		try (SignInAttempt attempt = begin(from)) {
			attempt.succeeded(() -> told.set(true));
		}
		return told.get();
	}

	@Test
	void anAttemptThatIsNotDecidedCountsAsNone() {
		for (int i = 0; i < 30; i++) {
			begin(HERE).close();
		}
		fail(9, HERE);
		assertThat(isOpen(HERE)).isTrue();
	}

	@Test
	void manyAtOnceAreNoMoreTriesThanOneAfterAnother() throws Exception {
		failedLongBefore(16, HERE);
		List<Boolean> tried = AtOnce.call(25, () -> {
			try (SignInAttempt attempt = begin(HERE)) {
				attempt.failed();
				return true;
			}
			catch (TooManyException ex) {
				return false;
			}
		});
		assertThat(tried).containsOnlyOnce(true);
	}

	@Test
	void goodOnesAtOnceWaitForEachOtherAndAreAllGood() throws Exception {
		failedLongBefore(9, HERE);
		assertThat(AtOnce.call(12, () -> {
			try (SignInAttempt attempt = begin(HERE)) {
				attempt.succeeded(NOTHING);
				return true;
			}
		})).hasSize(12).containsOnly(true);
	}

	@Test
	void theEleventhWaitsUntilTheOthersAreDecided() {
		failedLongBefore(7, HERE);
		List<SignInAttempt> three = List.of(begin(HERE), begin(HERE), begin(HERE));
		CompletableFuture<Boolean> further = CompletableFuture.supplyAsync(() -> isOpen(HERE));
		assertThat(further).isNotDone();
		three.get(0).succeeded(NOTHING);
		assertThat(further.join()).isTrue();
		three.get(1).close();
		three.get(2).close();
	}

	@Test
	void whatANodeLeftUndecidedThatDiedIsAFailure() {
		failedLongBefore(9, HERE);
		begin(HERE);
		this.jdbc.update("update sign_in_failure set pending_since = clock_timestamp() - interval '31 seconds'"
				+ " where key = ?", pair(HERE));
		fail(1, HERE);
		assertThat(this.jdbc.queryForObject("select failures from sign_in_failure where key = ?", Integer.class,
				pair(HERE)))
			.isEqualTo(11);
	}

	/** Nobody keeps an owner out from elsewhere. */
	@Test
	void aHundredFailuresCloseEveryNetworkButThoseThatSignedIn() {
		succeed(HERE);
		succeed("198.51.100.1");
		for (int i = 0; i < 20; i++) {
			fail(5, "203.0." + i + ".1");
		}
		prolong(keys(HERE).account());
		assertThat(isOpen("203.0.200.1")).isFalse();
		assertThat(isOpen(HERE)).isTrue();
		assertThat(isOpen("198.51.100.9")).isTrue();
		this.jdbc.update("update sign_in_network set seen_at = seen_at - interval '30 days' where account_key = ?"
				+ " and network = '198.51.100.0/24'", keys(HERE).account());
		assertThat(isOpen("198.51.100.9")).isFalse();
	}

	@Test
	void whatFailsInANetworkThatIsKnownDoesNotCountElsewhere() {
		succeed(HERE);
		fail(10, HERE);
		assertThat(this.jdbc.queryForList("select failures from sign_in_failure where key = ? and failures > 0",
				keys(HERE).account()))
			.isEmpty();
	}

	@Test
	void anAddressThatCannotBeReadIsNeverKnown() {
		RequestContextHolder.resetRequestAttributes();
		try (SignInAttempt attempt = this.limits.begin(this.address)) {
			attempt.succeeded(NOTHING);
		}
		assertThat(this.jdbc.queryForList("select network from sign_in_network where account_key = ?",
				keys(HERE).account()))
			.isEmpty();
	}

	/** All of its clients seem to come from one network, which says nothing of them. */
	@Test
	void behindAProxyThatNobodyNamedTheHundredCountAlone() {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setAttribute(Arrival.class.getName(),
				new Arrival(IpAddress.parse("10.0.0.1").orElseThrow(), false, "a", 80, false, true));
		RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
		try (SignInAttempt attempt = this.limits.begin(this.address)) {
			attempt.succeeded(NOTHING);
		}
		for (int i = 0; i < 100; i++) {
			this.limits.begin(this.address).failed();
		}
		prolong(keys(HERE).account());
		assertThatExceptionOfType(TooManyException.class).isThrownBy(() -> this.limits.begin(this.address));
	}

	@Test
	void withoutLimitsNothingIsCounted() {
		SignInLimits off = new SignInLimits(this.store, new LimitProperties(false, 600, 1, 1, 1, 1, 1, 1, 1));
		enter(HERE);
		for (int i = 0; i < 5; i++) {
			off.begin(this.address).failed();
		}
		assertThat(rows()).isEmpty();
	}

	@Test
	void whatWasTypedIsKeptNowhere() {
		fail(3, HERE);
		assertThat(rows()).hasSize(2);
		assertThat(this.jdbc.queryForList("select * from sign_in_failure").toString()).doesNotContain(this.address);
	}

	@Test
	void whatIsOldIsForgotten() {
		fail(3, HERE);
		succeed("198.51.100.1");
		this.store.prune();
		assertThat(rows()).isNotEmpty();
		this.jdbc.update(
				"update sign_in_failure set changed_at = changed_at - interval '1 day',"
						+ " pending_since = pending_since - interval '1 day' where key in (?, ?, ?)",
				keys(HERE).account(), pair(HERE), pair("198.51.100.1"));
		this.jdbc.update("update sign_in_network set seen_at = seen_at - interval '400 days' where account_key = ?",
				keys(HERE).account());
		this.store.prune();
		assertThat(rows()).isEmpty();
		assertThat(this.jdbc.queryForList("select 1 from sign_in_network where account_key = ?", keys(HERE).account()))
			.isEmpty();
	}

	@Test
	void anAccountHasAHundredNetworks() {
		for (int i = 0; i < 105; i++) {
			succeed("203.0." + i + ".1");
		}
		assertThat(this.jdbc.queryForObject("select count(*) from sign_in_network where account_key = ?", Integer.class,
				keys(HERE).account()))
			.isEqualTo(100);
		assertThat(this.store.standing(keys("203.0.104.1")).known()).isTrue();
		assertThat(this.store.standing(keys("203.0.0.1")).known()).isFalse();
	}

	private void fail(int times, String from) {
		for (int i = 0; i < times; i++) {
			try (SignInAttempt attempt = begin(from)) {
				attempt.failed();
			}
		}
	}

	private void succeed(String from) {
		try (SignInAttempt attempt = begin(from)) {
			attempt.succeeded(NOTHING);
		}
	}

	private boolean isOpen(String from) {
		try {
			begin(from).close();
			return true;
		}
		catch (TooManyException ex) {
			return false;
		}
	}

	private SignInAttempt begin(String from) {
		enter(from);
		return this.limits.begin(this.address);
	}

	private static void enter(String from) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setRemoteAddr(from);
		RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
	}

	/** However slow this machine is, the time is not over. */
	private void prolong(String key) {
		assertThat(this.jdbc.update("update sign_in_failure set blocked_until = blocked_until + interval '1 hour'"
				+ " where key = ? and blocked_until is not null", key))
			.isEqualTo(1);
	}

	/** Failures after which nobody waits any more. */
	private void failedLongBefore(int times, String from) {
		this.jdbc.update("insert into sign_in_failure values (?, ?, 0, clock_timestamp(), null, clock_timestamp())",
				pair(from), times);
	}

	private List<?> rows() {
		return this.jdbc.queryForList("select * from sign_in_failure where key in (?, ?)", keys(HERE).account(),
				pair(HERE));
	}

	private SignInKeys keys(String from) {
		InetAddress client = IpAddress.parse(from).orElseThrow();
		return SignInKeys.of(this.address, IpNetwork.around(client).toString());
	}

	private String pair(String from) {
		return keys(from).pair();
	}

}
