package dev.latchkey.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/**
 * The word before all commands. By itself it starts the server, which happens before
 * anybody comes here.
 */
@Command(name = "latchkey", versionProvider = LatchkeyCommand.Version.class,
		description = "Starts the server, or does one thing and ends.",
		footer = { "",
				"Without a command it is the server. Settings come as for the server: from the environment, from",
				"application.yaml, or as --name.of.setting=value. Passwords and tokens come by standard input or",
				"from a file, never as an argument.", "",
				"Exit codes: 0 done (warnings too), 1 failed, 2 wrong usage." })
class LatchkeyCommand implements Runnable {

	@Override
	public void run() {
		throw new UsageException("Name a command, or call help.");
	}

	/** The version of the jar. */
	static class Version implements IVersionProvider {

		@Override
		public String[] getVersion() throws IOException {
			Properties build = new Properties();
			try (InputStream in = LatchkeyCommand.class.getResourceAsStream("/META-INF/build-info.properties")) {
				if (in != null) {
					build.load(in);
				}
			}
			return new String[] { "latchkey " + build.getProperty("build.version", "(not built as a jar)") };
		}

	}

}
