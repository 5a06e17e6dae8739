package dev.latchkey.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.latchkey.caller.Actor;
import dev.latchkey.moving.ImportReport;
import dev.latchkey.moving.ImportSource;
import dev.latchkey.moving.MovingIn;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import org.springframework.context.ApplicationContext;

/**
 * Takes in tokens that another system gave out, from a file that it writes.
 */
@Command(name = "import-tokens", description = "Take in tokens of Sanctum or Shield, hashes or raw keys, as CSV.",
		footer = { "", "All lines that can be taken are, in one transaction; the others are listed with the reason.",
				"Lines that were not taken are no failure: read what is said of them." })
class ImportTokensCommand extends DatabaseCommand {

	/** As much as latchkey.import.max-size may say. */
	private static final int MOST = 512 * 1024 * 1024;

	@Option(names = "--from", required = true, paramLabel = "<source>",
			description = "sanctum, shield, hashes or keys.")
	private ImportSource source = ImportSource.HASHES;

	@Option(names = "--file", paramLabel = "<file>",
			description = "The table; the standard input where it is left out.")
	private @Nullable Path file;

	@Option(names = "--scopes", paramLabel = "<old=new,...>",
			description = "Which of its scopes is which of this server's.")
	private @Nullable String scopes;

	private byte[] table = new byte[0];

	ImportTokensCommand(Terminal terminal, CommandContext context) {
		super(terminal, context);
	}

	@Override
	void read() {
		this.table = terminal().read(this.file, MOST);
	}

	@Override
	int run(ApplicationContext beans) {
		MovingIn moving = beans.getBean(MovingIn.class);
		ImportReport report = Progress.during(terminal(), "Taking in %d bytes".formatted(this.table.length),
				() -> moving.take(Actor.COMMAND_LINE, this.source, this.table, this.scopes));
		if (json()) {
			List<Map<String, Object>> refused = report.refused()
				.stream()
				.map((one) -> Map.<String, Object>of("line", one.line(), "reason", one.reason()))
				.toList();
			terminal()
				.printJson(Map.of("imported", report.imported(), "unchanged", report.unchanged(), "refused", refused));
		}
		else {
			terminal().print("Imported %d, unchanged %d, refused %d".formatted(report.imported(), report.unchanged(),
					report.refused().size()));
			report.refused().forEach((one) -> terminal().say("Line %d: %s".formatted(one.line(), one.reason())));
		}
		return Commands.DONE;
	}

}
