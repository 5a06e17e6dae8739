package dev.latchkey.testing;

import dev.latchkey.caller.Caller;
import dev.latchkey.scope.Public;
import dev.latchkey.scope.RequiresScope;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A feature as somebody else would write it.
 */
@TestConfiguration(proxyBeanMethods = false)
@Import({ SampleFeature.Reports.class, SampleFeature.ReportRoutes.class })
public class SampleFeature {

	@RestController
	@RequestMapping("/api/reports")
	static class ReportRoutes {

		private final Reports reports;

		ReportRoutes(Reports reports) {
			this.reports = reports;
		}

		@Public
		@GetMapping("/yearly")
		String yearly() {
			return this.reports.yearly();
		}

		@GetMapping("/daily")
		@RequiresScope(anyOf = { "notes:read", "notes:write" })
		String daily(@AuthenticationPrincipal Caller caller) {
			return caller.can("notes:write") + " " + caller.cannot("notes:write") + " "
					+ caller.currentToken().orElseThrow().name() + " " + this.reports.reader();
		}

		@Public
		@GetMapping("/origin")
		String origin(HttpServletRequest request) {
			return request.getRemoteAddr() + " " + request.isSecure();
		}

	}

	@Service
	static class Reports {

		@RequiresScope({ "notes:read", "notes:write" })
		String yearly() {
			return "the year";
		}

		String reader() {
			return Caller.current().orElseThrow().user().email();
		}

	}

}
