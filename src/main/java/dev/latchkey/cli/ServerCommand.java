package dev.latchkey.cli;

import picocli.CommandLine.Command;

/**
 * Starts the server. With nothing but settings behind it, the word never comes here.
 */
@Command(name = "server", description = "Start the server; so does no command at all.",
		footer = { "", "Takes settings, as --name.of.setting=value, and nothing else." })
class ServerCommand implements Runnable {

	@Override
	public void run() {
		throw new IllegalStateException("The server is started elsewhere");
	}

}
