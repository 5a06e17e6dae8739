package dev.latchkey.scope;

import dev.latchkey.LatchkeyApplication;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * The server does not start with a route about which nobody has decided.
 */
@ExtendWith(OutputCaptureExtension.class)
class UndecidedRouteTests {

	@Test
	void everyRouteThatIsWrongIsNamed(CapturedOutput output) {
		JdbcConnectionDetails database = TestDatabase.create();
		SpringApplication application = new SpringApplication(LatchkeyApplication.class, HalfDone.class);
		Throwable failure = catchThrowable(() -> application
			.run("--server.port=0", "--management.server.port=0", "--spring.datasource.url=" + database.getJdbcUrl(),
					"--spring.datasource.username=" + database.getUsername(),
					"--spring.datasource.password=" + database.getPassword())
			.close());
		assertThat(failure).isInstanceOf(UndecidedRouteException.class)
			.hasMessageContaining("GET [/api/undecided]")
			.hasMessageContaining("has none of @RequiresScope, @AnyToken and @Public")
			.hasMessageContaining("POST [/api/invented]")
			.hasMessageContaining("'invented:scope'")
			.hasMessageContaining("POST [/api/gifts]")
			.hasMessageContaining("POST [/gifts]")
			.hasMessageContaining("has neither @GivesRight nor @GivesNoRight")
			.message()
			.doesNotContain("/api/decided", "/elsewhere", "/api/notes", "/api/thefts", "/api/things");
		assertThat(output.getAll()).contains("/api/undecided");
	}

	@RestController
	static class HalfDone {

		@GetMapping("/api/undecided")
		String undecided() {
			return "";
		}

		@PostMapping("/api/invented")
		@RequiresScope({ "notes:read", "invented:scope" })
		String invented() {
			return "";
		}

		@PostMapping("/api/gifts")
		@RequiresScope("tokens:write")
		String gift() {
			return "";
		}

		@AnyToken
		@PostMapping("/gifts")
		String giftOfAPage() {
			return "";
		}

		@GivesNoRight
		@PostMapping("/api/thefts")
		@RequiresScope("tokens:write")
		String theft() {
			return "";
		}

		@PostMapping("/api/things")
		@RequiresScope("notes:write")
		String ofAFeature() {
			return "";
		}

		@Public
		@GetMapping("/api/decided")
		String decided() {
			return "";
		}

		@GetMapping("/elsewhere")
		String elsewhere() {
			return "";
		}

	}

}
