package dev.latchkey.resourceserver;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is made of an answer.
 */
class AnswerTests {

	private static final String TERMS = ",\"now\":1000,\"places\":[1,2],\"rules\":\"r\",\"address_bound\":true,\"rate_limit\":5,\"believe_s\":60";

	@Test
	void anActiveOneWithItsTerms() throws UnreadableAnswerException {
		Answer.Active active = active("\"exp\":1030" + TERMS);
		assertThat(active.token().scopes()).containsExactlyInAnyOrder("a:b", "c");
		assertThat(active.addressBound()).isTrue();
		assertThat(active.rateLimit()).isEqualTo(5);
		assertThat(active.terms()).isEqualTo(TestTokens.terms("r", 30, 1, 2));
	}

	@Test
	void withoutAnEndItIsKeptAsLongAsTheServerSays() throws UnreadableAnswerException {
		assertThat(active(TERMS.substring(1)).terms()).extracting("life").isEqualTo(Duration.ofSeconds(60));
	}

	@Test
	void withoutTermsItIsNotKept() throws UnreadableAnswerException {
		assertThat(active("\"exp\":1000" + TERMS).terms()).isNull();
		assertThat(active("\"exp\":1030").terms()).isNull();
		assertThat(active(TERMS.substring(1).replace("[1,2]", "[40000]")).terms()).isNull();
	}

	@Test
	void whatDoesNotSayThatItHoldsEverywhereHoldsForOneAddress() throws UnreadableAnswerException {
		assertThat(active("\"exp\":1030").addressBound()).isTrue();
		assertThat(active("\"address_bound\":false").addressBound()).isFalse();
	}

	@Test
	void aRefreshTokenIsNotGood() throws UnreadableAnswerException {
		assertThat(Answer.read("{\"active\":true,\"sub\":\"s\",\"token_type\":\"refresh_token\"}"))
			.isEqualTo(new Answer.Inactive());
		assertThat(Answer.read("{\"active\":false}")).isEqualTo(new Answer.Inactive());
	}

	@Test
	void whatSaysNothingIsNoAnswer() {
		assertThatExceptionOfType(UnreadableAnswerException.class).isThrownBy(() -> Answer.read("{\"active\":true}"));
		for (String body : new String[] { "<html>", "{}", "{\"error\":\"x\"}", "{\"active\":null}",
				"{\"active\":\"false\"}" }) {
			assertThatExceptionOfType(UnreadableAnswerException.class).as(body).isThrownBy(() -> Answer.read(body));
		}
	}

	private static Answer.Active active(String more) throws UnreadableAnswerException {
		return (Answer.Active) Answer.read(
				"{\"active\":true,\"sub\":\"s\",\"scope\":\"a:b c\",\"aud\":\"https://parcels.example\"," + more + "}");
	}

}
