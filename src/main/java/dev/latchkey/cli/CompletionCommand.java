package dev.latchkey.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Prints what a shell needs to complete commands and options.
 */
@Command(name = "generate-completion", description = "Print the completion of commands and options for bash and zsh.",
		footer = { "", "Load it by: source <(java -jar latchkey.jar generate-completion)" })
class CompletionCommand implements Runnable {

	private final Terminal terminal;

	private final CommandLine all;

	CompletionCommand(Terminal terminal, CommandLine all) {
		this.terminal = terminal;
		this.all = all;
	}

	@Override
	public void run() {
		this.terminal.print(AutoComplete.bash(this.all.getCommandName(), this.all));
	}

}
