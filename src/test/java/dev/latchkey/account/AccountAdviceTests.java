package dev.latchkey.account;

import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

class AccountAdviceTests {

	/** Contract 4: what cannot be decided is 503, with the time to wait. */
	@Test
	void aPasswordThatCannotBeCheckedNowIsForAnotherTime() {
		ResponseEntity<ProblemDetail> answer = new AccountAdvice().unchecked(new PasswordUncheckedException(),
				new MockHttpServletRequest("POST", "/api/users"));
		assertThat(answer.getStatusCode().value()).isEqualTo(503);
		assertThat(answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isNotBlank();
		assertThat(answer.getHeaders().getCacheControl()).isEqualTo("no-store");
	}

}
