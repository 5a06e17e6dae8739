package dev.latchkey.introspection;

import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CacheControlTests {

	@ParameterizedTest
	@ValueSource(strings = { "no-cache", "No-Cache", " no-cache ", "max-age=0, no-cache", "no-cache,no-store",
			"x=\"a,b\" , no-cache", "no-cache=\"x\"", ",,no-cache", "x=\"\\\"\",no-cache" })
	void theDirectiveIsRead(String header) {
		assertThat(isNoCache(header)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "no-store", "max-age=0", "no-cache-please", "x=no-cache", "x=\"no-cache\"",
			"x=\"a,no-cache\"", "x=\"a\\\",no-cache\"", "no cache" })
	void whatIsNoneIsNone(String header) {
		assertThat(isNoCache(header)).isFalse();
	}

	@Test
	void itMayStandInAnyOfSeveralHeaders() {
		assertThat(isNoCache("max-age=0", "no-cache")).isTrue();
		assertThat(isNoCache()).isFalse();
	}

	private static boolean isNoCache(String... headers) {
		return CacheControl.isNoCache(Collections.enumeration(List.of(headers)));
	}

}
