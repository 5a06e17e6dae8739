package dev.latchkey.startup;

import java.util.List;
import java.util.Objects;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.util.StringUtils;

/**
 * Says in a line for each fault why something did not start.
 */
public final class FailureLines {

	private static final List<FailureAnalyzer> OWN = List.of(new StartupFailureAnalyzer(),
			new MigrationFailureAnalyzer(), new SettingFailureAnalyzer(), new UnreadableFileAnalyzer());

	private FailureLines() {
	}

	/**
	 * Returns the lines, or none where this package does not know the failure.
	 */
	public static List<String> of(Throwable failure) {
		return OWN.stream()
			.map((analyzer) -> analyzer.analyze(failure))
			.filter(Objects::nonNull)
			.findFirst()
			.map(FailureLines::of)
			.orElse(List.of());
	}

	static List<String> of(FailureAnalysis analysis) {
		if (analysis.getCause() instanceof StartupFailure failure) {
			return failure.lines();
		}
		String action = analysis.getAction();
		String description = inOneLine(analysis.getDescription());
		return List
			.of((action != null && StringUtils.hasText(action)) ? description + " " + inOneLine(action) : description);
	}

	private static String inOneLine(String text) {
		return text.strip().replaceAll("\\s*\\R\\s*", " ");
	}

}
