package dev.latchkey.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Shows what there is, or how one command is called.
 */
@Command(name = "help", description = "Show this help, or that of a command.")
class HelpCommand implements Runnable {

	private final Terminal terminal;

	private final CommandLine all;

	@Parameters(arity = "0..1", paramLabel = "<command>", description = "Whose help to show.")
	private @Nullable String command;

	HelpCommand(Terminal terminal, CommandLine all) {
		this.terminal = terminal;
		this.all = all;
	}

	@Override
	public void run() {
		CommandLine asked = (this.command != null) ? this.all.getSubcommands().get(this.command) : this.all;
		if (asked == null) {
			throw new UsageException(UsageErrors.unknownCommand(this.all, String.valueOf(this.command)));
		}
		asked.usage(this.terminal.out());
	}

}
