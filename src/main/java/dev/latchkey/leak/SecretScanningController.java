package dev.latchkey.leak;

import java.security.PublicKey;
import java.util.Collections;
import java.util.List;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.CurrentActor;
import dev.latchkey.leak.LeakReports.Feedback;
import dev.latchkey.limit.NetworkLimits;
import dev.latchkey.limit.NetworkLimits.Door;
import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemException;
import dev.latchkey.scope.GivesNoRight;
import dev.latchkey.scope.Public;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.context.annotation.Conditional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes the reports of GitHub's secret scanning, in the form of its partner programme. A
 * report is believed if its very bytes are signed with one of the keys of the settings;
 * nothing is fetched.
 */
@RestController
@Conditional(OnScannerKeys.class)
class SecretScanningController {

	static final String PATH = "/secret-scanning/alerts";

	private static final String IDENTIFIER = "Github-Public-Key-Identifier";

	private static final String SIGNATURE = "Github-Public-Key-Signature";

	private final ScannerKeys keys;

	private final LeakReports reports;

	private final NetworkLimits limits;

	SecretScanningController(LeakProperties properties, LeakReports reports, NetworkLimits limits) {
		this.keys = ScannerKeys.of(properties.keys());
		this.reports = reports;
		this.limits = limits;
	}

	@Public
	@PostMapping(PATH)
	@GivesNoRight
	List<Feedback> take(@CurrentActor Actor actor, HttpServletRequest request, @RequestBody byte[] body) {
		String signature = only(request, SIGNATURE);
		PublicKey key = this.keys.find(only(request, IDENTIFIER));
		if (key == null) {
			throw refusal("The header %s names no key of the setting latchkey.leaks.keys.".formatted(IDENTIFIER));
		}
		if (!ScannerKeys.isSigned(body, signature, key)) {
			throw refusal("The header %s is no signature of this body by that key.".formatted(SIGNATURE));
		}
		return this.reports.take(actor, body);
	}

	private String only(HttpServletRequest request, String header) {
		List<String> values = Collections.list(request.getHeaders(header));
		if (values.size() != 1) {
			throw refusal("The header %s has to be there, once.".formatted(header));
		}
		return values.get(0).strip();
	}

	/**
	 * Who is believed may report as much as he finds, from wherever others report what is
	 * not believed; that is counted.
	 */
	private ProblemException refusal(String detail) {
		this.limits.count(Door.REPORT, PATH);
		return new ProblemException(ProblemCode.FORBIDDEN, detail);
	}

}
