package dev.latchkey.cli;

import java.util.Objects;

import dev.latchkey.account.RawPassword;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;

/**
 * A command that is given a password, which it reads before anything starts.
 */
abstract class PasswordCommand extends DatabaseCommand {

	@ArgGroup(multiplicity = "1")
	private PasswordSource source = new PasswordSource();

	private @Nullable RawPassword password;

	PasswordCommand(Terminal terminal, CommandContext context) {
		super(terminal, context);
	}

	@Override
	final void read() {
		this.password = this.source.read(terminal());
	}

	/** An account is changed through Hibernate. */
	@Override
	final boolean needsEntities() {
		return true;
	}

	/** The password, once it has been read. */
	final RawPassword password() {
		return Objects.requireNonNull(this.password);
	}

}
