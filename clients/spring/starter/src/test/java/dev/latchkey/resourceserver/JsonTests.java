package dev.latchkey.resourceserver;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Answers are read strictly.
 */
class JsonTests {

	@Test
	void anObjectIsRead() throws UnreadableAnswerException {
		Json.Fields fields = Json
			.object("""
					 { "a" : "x\\u00e4\\n\\"", "b":-12, "c":[1,2], "d":null, "e":true, "f":1.5e3, "g":{"h":[]} , "i":["p","q"]}
					""");
		assertThat(fields.string("a")).contains("x\u00e4\n\"");
		assertThat(fields.number("b")).contains(-12L);
		assertThat(fields.numbers("c").orElseThrow()).containsExactly(1, 2);
		assertThat(fields.number("d")).isEmpty();
		assertThat(fields.requireBoolean("e")).isTrue();
		assertThat(fields.strings("i")).containsExactly("p", "q");
		assertThat(fields.strings("a")).hasSize(1);
		assertThat(fields.strings("none")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "{", "{}x", "{\"a\":}", "{\"a\":01}", "{'a':1}", "{\"a\":1,}", "{\"a\":\"\t\"}",
			"{\"a\":tru}", "{\"a\":\"\\x\"}", "null", "{\"a\" 1}", "{\"a\":\"\\u12\"}", "{\"a\":+1}" })
	void anythingElseIsNot(String text) {
		assertThatExceptionOfType(UnreadableAnswerException.class).isThrownBy(() -> Json.object(text));
	}

	@Test
	void depthHasAnEnd() {
		assertThatExceptionOfType(UnreadableAnswerException.class)
			.isThrownBy(() -> Json.object("{\"a\":" + "[".repeat(10_000)));
	}

	@Test
	void anotherKindIsNotTaken() throws UnreadableAnswerException {
		Json.Fields fields = Json.object("{\"a\":\"1\",\"b\":[1.5],\"c\":[3000000000]}");
		assertThatExceptionOfType(UnreadableAnswerException.class).isThrownBy(() -> fields.number("a"));
		assertThatExceptionOfType(UnreadableAnswerException.class).isThrownBy(() -> fields.numbers("b"));
		assertThatExceptionOfType(UnreadableAnswerException.class).isThrownBy(() -> fields.numbers("c"));
	}

}
