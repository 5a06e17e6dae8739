package dev.latchkey.startup;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yaml.snakeyaml.error.YAMLException;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * Takes the place of Spring Boot's reporter, which is switched off in the logging
 * configuration and spreads the same over a dozen lines.
 */
class OneLineReporter implements FailureAnalysisReporter {

	static final String LOGGER = "dev.latchkey.Startup";

	private static final String OTHER = "org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter";

	private static final Logger logger = LoggerFactory.getLogger(LOGGER);

	@Override
	public void report(FailureAnalysis analysis) {
		FailureLines.of(analysis).forEach((line) -> logger.error("{}", line));
		// A file is read before the log is set up, which would print everything.
		if (analysis.getCause() instanceof YAMLException) {
			LoggingSystem.get(OneLineReporter.class.getClassLoader()).setLogLevel(OTHER, LogLevel.OFF);
		}
		else {
			logger.debug("The failure was", analysis.getCause());
		}
	}

}
