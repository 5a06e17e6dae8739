package dev.latchkey.page;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs a test with the machine's own Chromium, skips it where there is none, and fails in
 * CI, where there has to be one.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({ WithChromium.Condition.class, Browsers.class })
@interface WithChromium {

	/** Looks for the programs. */
	class Condition implements ExecutionCondition {

		@Override
		public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
			if (Files.isExecutable(Chromium.PROGRAM) && Files.isExecutable(Chromium.DRIVER)) {
				return ConditionEvaluationResult.enabled("Chromium is here");
			}
			String reason = "%s and %s are not both here: install chromium and chromium-driver"
				.formatted(Chromium.PROGRAM, Chromium.DRIVER);
			if ("true".equals(System.getenv("CI"))) {
				throw new IllegalStateException(reason);
			}
			return ConditionEvaluationResult.disabled(reason);
		}

	}

}
