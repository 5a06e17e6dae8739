package dev.latchkey.startup;

import org.yaml.snakeyaml.constructor.DuplicateKeyException;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says in which line a file of settings is not YAML, and repeats nothing of it.
 */
class UnreadableFileAnalyzer extends AbstractFailureAnalyzer<YAMLException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, YAMLException cause) {
		Mark mark = (cause instanceof MarkedYAMLException marked) ? marked.getProblemMark() : null;
		String where = (mark != null) ? " in line %d, column %d".formatted(mark.getLine() + 1, mark.getColumn() + 1)
				: "";
		String what = (cause instanceof DuplicateKeyException) ? "a key is given twice"
				: "look for tabs, quotes and indentation";
		return new FailureAnalysis("A file of settings cannot be read%s: %s.".formatted(where, what), null, cause);
	}

}
