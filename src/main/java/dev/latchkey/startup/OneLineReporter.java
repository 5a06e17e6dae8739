package dev.latchkey.startup;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;
import org.springframework.util.StringUtils;

/**
 * Takes the place of Spring Boot's reporter, which is switched off in the settings and
 * spreads the same over a dozen lines.
 */
class OneLineReporter implements FailureAnalysisReporter {

	private static final Logger logger = LoggerFactory.getLogger("dev.latchkey.Startup");

	@Override
	public void report(FailureAnalysis analysis) {
		String action = analysis.getAction();
		logger.error(StringUtils.hasText(action) ? "{} {}" : "{}", analysis.getDescription().strip(), action);
		logger.debug("The failure was", analysis.getCause());
	}

}
