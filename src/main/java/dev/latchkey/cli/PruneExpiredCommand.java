package dev.latchkey.cli;

import java.time.Duration;
import java.util.Map;

import dev.latchkey.token.TokenProperties;
import dev.latchkey.token.TokenPruner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import org.springframework.context.ApplicationContext;

/**
 * Deletes tokens whose end lies some time back, batch after batch.
 */
@Command(name = "prune-expired", description = "Delete tokens that ended some time ago.",
		footer = { "", "The server does so by itself once a day (latchkey.tokens.prune)." })
class PruneExpiredCommand extends DatabaseCommand {

	/** A hundred years. */
	private static final int MOST = 876_000;

	@Option(names = "--hours", paramLabel = "<n>",
			description = "How many hours ago they must have ended, 0 to 876000; latchkey.tokens.prune.retention where it is left out.")
	private @Nullable Integer hours;

	PruneExpiredCommand(Terminal terminal, CommandContext context) {
		super(terminal, context);
	}

	@Override
	void read() {
		if (this.hours != null && (this.hours < 0 || this.hours > MOST)) {
			throw new UsageException("--hours has to be a number from 0 to %d.".formatted(MOST));
		}
	}

	@Override
	int run(ApplicationContext beans) {
		Duration retention = (this.hours != null) ? Duration.ofHours(this.hours)
				: beans.getBean(TokenProperties.class).prune().retention();
		TokenPruner pruner = beans.getBean(TokenPruner.class);
		long pruned = Progress.during(terminal(), "Pruning", () -> pruner.prune(retention));
		if (json()) {
			terminal().printJson(Map.of("pruned", pruned));
		}
		else {
			terminal().print("Pruned %d tokens".formatted(pruned));
		}
		return Commands.DONE;
	}

}
