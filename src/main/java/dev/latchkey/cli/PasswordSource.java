package dev.latchkey.cli;

import java.nio.file.Path;

import dev.latchkey.account.RawPassword;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * From where a command reads a password.
 */
class PasswordSource {

	@Option(names = "--password-stdin", required = true, description = "Read the password from the standard input.")
	private boolean stdin;

	@Option(names = "--password-file", required = true, paramLabel = "<file>",
			description = "Read the password from a file of one line.")
	private @Nullable Path file;

	RawPassword read(Terminal terminal) {
		return new RawPassword(terminal.readSecret(this.stdin ? null : this.file));
	}

}
