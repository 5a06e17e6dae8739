package dev.latchkey.token;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import dev.latchkey.startup.StartupFailure;
import dev.latchkey.value.FieldFault;
import dev.latchkey.value.FieldFaults;
import dev.latchkey.value.InvalidFieldsException;
import dev.latchkey.value.Times;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class LifetimeRulesTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	private final FieldFaults faults = new FieldFaults();

	@Test
	void aTokenMadeWithoutAnEndLivesForTheDefault() {
		assertThat(endOf("90d", "366d", wish(null, null), null)).isEqualTo(inDays(90));
	}

	@Test
	void theDefaultMayBeNever() {
		assertThat(endOf("never", "never", wish(null, null), null)).isNull();
	}

	@Test
	void aDefaultThatNobodySetIsCutToTheLongestLife() {
		assertThat(endOf(null, "30d", wish(null, null), null)).isEqualTo(inDays(30));
		assertThat(endOf(null, "never", wish(null, null), null)).isEqualTo(inDays(90));
	}

	@Test
	void aDefaultThatIsSetBeyondTheLongestLifeIsRefused() {
		assertThatExceptionOfType(StartupFailure.class).isThrownBy(() -> rules("never", "366d"))
			.withMessageContaining("latchkey.tokens.default-lifetime");
		assertThatExceptionOfType(StartupFailure.class).isThrownBy(() -> rules("367d", "366d"));
	}

	@Test
	void theDefaultIsCutToTheLifeOfTheTokenItIsMadeWith() {
		assertThat(endOf("90d", "366d", wish(null, null), inDays(7))).isEqualTo(inDays(7));
		assertThat(endOf("90d", "366d", wish(null, null), inDays(100))).isEqualTo(inDays(90));
	}

	@Test
	void aLifeWithoutALimitEndsWithTheLastMoment() {
		TokenTimes before = new TokenTimes(NOW, null, Times.LATEST, null, null);
		assertThat(rules("90d", "never").endOfSuccessor(before, null, null, NOW.plusSeconds(1), this.faults))
			.isEqualTo(Times.LATEST);
		Lifetime endless = new Lifetime(Duration.ofSeconds(Long.MAX_VALUE));
		assertThat(endless.endFrom(NOW)).isEqualTo(Times.LATEST);
		assertThat(endless.latestEndedStart(NOW)).isEqualTo(Instant.EPOCH);
	}

	@Test
	void theLongestLifeItselfMayBeAskedFor() {
		assertThat(endOf("90d", "366d", wish(Expiry.at(inDays(366)), null), null)).isEqualTo(inDays(366));
		assertThat(endOf("90d", "366d", wish(null, 366), null)).isEqualTo(inDays(366));
		assertThat(endOf("90d", "366d", wish(null, 7), inDays(7))).isEqualTo(inDays(7));
		this.faults.throwIfAny();
	}

	@Test
	void moreThanTheLongestLifeIsRefused() {
		endOf("90d", "366d", wish(Expiry.at(inDays(366).plus(1, ChronoUnit.MICROS)), null), null);
		assertThat(refused()).containsExactly("expires_at");
	}

	@Test
	void neverIsRefusedWhereThereIsALongestLife() {
		endOf("90d", "366d", wish(Expiry.NEVER, null), null);
		assertThat(refused()).containsExactly("expires_at");
	}

	@Test
	void neverIsGivenWhereThereIsNone() {
		assertThat(endOf("90d", "never", wish(Expiry.NEVER, null), null)).isNull();
		this.faults.throwIfAny();
	}

	@Test
	void anEndThatIsNowOrBeforeIsRefused() {
		endOf("90d", "366d", wish(Expiry.at(NOW), null), null);
		endOf("90d", "366d", wish(Expiry.at(NOW.minusSeconds(1)), null), null);
		assertThat(refused()).containsExactly("expires_at", "expires_at");
	}

	@Test
	void anEndAfterThatOfTheTokenItIsMadeWithIsRefused() {
		endOf("90d", "366d", wish(Expiry.at(inDays(8)), null), inDays(7));
		endOf("90d", "never", wish(Expiry.NEVER, null), inDays(7));
		assertThat(refused()).containsExactly("expires_at", "expires_at");
	}

	/** Whoever does as the refusal says is not refused again. */
	@Test
	void ofTwoLimitsTheEarlierIsNamed() {
		endOf("90d", "366d", wish(Expiry.NEVER, null), inDays(7));
		endOf("90d", "366d", wish(Expiry.NEVER, null), inDays(400));
		assertThat(catchThrowableOfType(InvalidFieldsException.class, this.faults::throwIfAny).faults())
			.extracting(FieldFault::message)
			.satisfiesExactly((own) -> assertThat(own).contains(inDays(7).toString()),
					(longest) -> assertThat(longest).contains(inDays(366).toString()));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1, 367, 36_501, Integer.MAX_VALUE, Integer.MIN_VALUE })
	void daysOutOfRangeAreRefused(int days) {
		endOf("90d", "366d", wish(null, days), null);
		assertThat(refused()).containsExactly("expires_in_days");
	}

	@Test
	void bothAtOnceAreRefused() {
		endOf("90d", "366d", wish(Expiry.at(inDays(1)), 1), null);
		assertThat(refused()).containsExactly("expires_in_days");
	}

	@Test
	void aSuccessorLivesAsLongAsTheTokenBeforeItDid() {
		TokenTimes before = new TokenTimes(NOW.minus(10, ChronoUnit.DAYS), null, inDays(20), null, null);
		assertThat(endOfSuccessor("366d", before, null)).isEqualTo(inDays(30));
		assertThat(endOfSuccessor("20d", before, null)).isEqualTo(inDays(20));
		assertThat(endOfSuccessor("366d", before, inDays(5))).isEqualTo(inDays(5));
	}

	@Test
	void aSuccessorOfATokenWithoutAnEndHasNone() {
		TokenTimes before = new TokenTimes(NOW, null, null, null, null);
		assertThat(endOfSuccessor("never", before, null)).isNull();
		assertThat(endOfSuccessor("366d", before, null)).isEqualTo(inDays(366));
	}

	@Test
	void whatASuccessorIsAskedForIsHeldToTheSameRules() {
		TokenTimes before = new TokenTimes(NOW, null, inDays(20), null, null);
		LifetimeRules rules = rules(null, "366d");
		assertThat(rules.endOfSuccessor(before, Expiry.at(inDays(3)), null, NOW, this.faults)).isEqualTo(inDays(3));
		this.faults.throwIfAny();
		rules.endOfSuccessor(before, Expiry.at(inDays(367)), null, NOW, this.faults);
		rules.endOfSuccessor(before, Expiry.NEVER, inDays(3), NOW, this.faults);
		assertThat(refused()).containsExactly("expires_at", "expires_at");
	}

	@Test
	void anEndIsAdmittedOnlyAsAWishWouldBe() {
		LifetimeRules rules = rules("90d", "366d");
		assertThat(rules.admitted(inDays(3), inDays(3), NOW)).isEqualTo(inDays(3));
		assertThat(rules.admitted(inDays(4), inDays(3), NOW)).isNull();
		assertThat(rules.admitted(inDays(367), null, NOW)).isNull();
		assertThat(rules.admitted(NOW, null, NOW)).isNull();
		assertThat(rules.admitted(null, null, NOW)).isNull();
	}

	@Test
	void aGracePeriodIsFromNothingToTheLongest() {
		LifetimeRules rules = rules("90d", "366d");
		assertThat(rules.graceOf(null, this.faults)).isZero();
		assertThat(rules.graceOf(Duration.ZERO, this.faults)).isZero();
		assertThat(rules.graceOf(Duration.ofDays(7), this.faults)).isEqualTo(Duration.ofDays(7));
		this.faults.throwIfAny();
		assertThat(rules.graceOf(Duration.ofDays(7).plusNanos(1), this.faults)).isZero();
		assertThat(rules.graceOf(Duration.ofNanos(-1), this.faults)).isZero();
		assertThat(refused()).containsExactly("grace_period", "grace_period");
	}

	@ParameterizedTest
	@CsvSource({ "366d, 366", "never, 36500", "PT36H, 1" })
	void howManyDaysThereAreAtTheMostIsSaid(String longest, int days) {
		endOf(null, longest, wish(null, 0), null);
		assertThat(catchThrowableOfType(InvalidFieldsException.class, this.faults::throwIfAny).faults())
			.extracting(FieldFault::message)
			.containsExactly("must be from 1 to " + days);
	}

	@Test
	void theMostDaysThereAreMayBeAskedFor() {
		assertThat(endOf("90d", "never", wish(null, 36_500), null)).isEqualTo(inDays(36_500));
		assertThat(endOf("90d", "never", wish(null, 1), null)).isEqualTo(inDays(1));
		this.faults.throwIfAny();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0d", "-1d", "PT0S", "soon", "", "90" })
	void aSettingThatIsNoLifeIsRefused(String setting) {
		assertThatIllegalArgumentException().isThrownBy(() -> Lifetime.of(setting));
	}

	@Test
	void aSettingIsADurationOrNever() {
		assertThat(Lifetime.of("90d").duration()).isEqualTo(Duration.ofDays(90));
		assertThat(Lifetime.of("PT12H").duration()).isEqualTo(Duration.ofHours(12));
		assertThat(Lifetime.of(" Never ").duration()).isNull();
	}

	private List<String> refused() {
		return catchThrowableOfType(InvalidFieldsException.class, this.faults::throwIfAny).faults()
			.stream()
			.map(FieldFault::field)
			.toList();
	}

	private Instant endOf(String usual, String longest, NewToken wish, Instant ceiling) {
		return rules(usual, longest).endOf(wish, ceiling, NOW, this.faults);
	}

	private Instant endOfSuccessor(String longest, TokenTimes before, Instant ceiling) {
		return rules(null, longest).endOfSuccessor(before, null, ceiling, NOW, this.faults);
	}

	private static LifetimeRules rules(String usual, String longest) {
		return new LifetimeRules(new TokenProperties("lk", (usual != null) ? Lifetime.of(usual) : null,
				Lifetime.of(longest), "new", Lifetime.of("never"), Duration.ofDays(7), false, 1000,
				new TokenProperties.Prune(false, "-", Duration.ofDays(30), 1000)));
	}

	private static NewToken wish(Expiry at, Integer days) {
		return new NewToken("x", List.of("notes:read"), at, days, null, null, null, null, null);
	}

	private static Instant inDays(int days) {
		return NOW.plus(days, ChronoUnit.DAYS);
	}

}
