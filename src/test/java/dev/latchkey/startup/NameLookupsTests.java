package dev.latchkey.startup;

import java.security.Security;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A name that is there again, or elsewhere, is found within the time in which all is to
 * be well again.
 */
class NameLookupsTests {

	private static final String FOUND = "networkaddress.cache.ttl";

	private static final String NOT_FOUND = "networkaddress.cache.negative.ttl";

	private final String found = Security.getProperty(FOUND);

	private final String notFound = Security.getProperty(NOT_FOUND);

	@AfterEach
	void putBack() {
		Security.setProperty(FOUND, (this.found != null) ? this.found : "5");
		Security.setProperty(NOT_FOUND, this.notFound);
	}

	@Test
	void areForgottenSoon() {
		Security.setProperty(NOT_FOUND, "10");
		NameLookups.forgetSoon();
		assertThat(Integer.parseInt(Security.getProperty(NOT_FOUND))).isLessThan(5);
	}

	@ParameterizedTest
	@CsvSource({ FOUND + ", 7", NOT_FOUND + ", 3", NOT_FOUND + ", 0" })
	void areLeftAsTheOperatorWantsThem(String name, String seconds) {
		Security.setProperty(name, seconds);
		NameLookups.forgetSoon();
		assertThat(Security.getProperty(name)).isEqualTo(seconds);
	}

}
