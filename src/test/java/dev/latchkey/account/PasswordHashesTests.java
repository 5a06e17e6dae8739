package dev.latchkey.account;

import java.text.Normalizer;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How passwords are kept, and that hashes which exist go on working.
 */
class PasswordHashesTests {

	private static final String LONG = "correct horse battery, ".repeat(8);

	private final PasswordHashes usual = new PasswordHashes(new PasswordProperties(15, false, false, List.of()));

	private final PasswordHashes renewing = new PasswordHashes(new PasswordProperties(15, false, true, List.of()));

	@Test
	void everyCharacterCounts() {
		for (PasswordHashes hashes : new PasswordHashes[] { this.usual, this.renewing }) {
			String hash = hashes.make(new RawPassword(LONG));
			assertThat(hashes.matches(new RawPassword(LONG), hash)).isTrue();
			assertThat(hashes.matches(new RawPassword(LONG + "x"), hash)).isFalse();
			assertThat(hashes.matches(new RawPassword(LONG.substring(0, 72)), hash)).isFalse();
			assertThat(hashes.matches(new RawPassword(LONG.substring(0, 183) + "x"), hash)).isFalse();
		}
	}

	/**
	 * As the version before compared: what is longer than 72 bytes as if it were empty.
	 */
	@Test
	void aNodeOfTheVersionBeforeReadsNewHashes() {
		var before = PasswordEncoderFactories.createDelegatingPasswordEncoder();
		assertThat(before.matches("correct horse battery", this.usual.make(new RawPassword("correct horse battery"))))
			.isTrue();
		assertThat(before.matches("", this.usual.make(new RawPassword(LONG)))).isFalse();
	}

	@Test
	void hashesThatExistGoOnWorking() {
		String existing = "{bcrypt}" + new BCryptPasswordEncoder().encode("password");
		for (PasswordHashes hashes : new PasswordHashes[] { this.usual, this.renewing }) {
			assertThat(hashes.matches(new RawPassword("password"), existing)).isTrue();
			assertThat(hashes.matches(new RawPassword("passwort"), existing)).isFalse();
		}
		assertThat(this.usual.isOutdated(existing)).isFalse();
		assertThat(this.renewing.isOutdated(existing)).isTrue();
		String renewed = this.renewing.make(new RawPassword("password"));
		assertThat(this.renewing.isOutdated(renewed)).isFalse();
		assertThat(this.usual.matches(new RawPassword("password"), renewed)).isTrue();
	}

	@Test
	void theSameTextIsTheSamePassword() {
		String composed = "déjà vu à l'école";
		String apart = Normalizer.normalize(composed, Normalizer.Form.NFD);
		String hash = this.usual.make(new RawPassword(apart));
		assertThat(this.usual.matches(new RawPassword(composed), hash)).isTrue();
		assertThat(this.usual.matches(new RawPassword(apart), hash)).isTrue();
		String fromBefore = "{bcrypt}" + new BCryptPasswordEncoder().encode(apart);
		assertThat(this.usual.matches(new RawPassword(apart), fromBefore)).isTrue();
		assertThat(this.usual.matches(new RawPassword(" " + composed), hash)).isFalse();
		assertThat(this.usual.matches(new RawPassword(composed + "\0"), hash)).isFalse();
	}

}
