package dev.latchkey.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Option;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A command that works on the database: reads what it is given, opens the context, does
 * its work, and closes all.
 */
abstract class DatabaseCommand implements Callable<Integer> {

	private final Terminal terminal;

	private final CommandContext context;

	@Option(names = "--json", description = "Write the result as JSON.")
	private boolean json;

	DatabaseCommand(Terminal terminal, CommandContext context) {
		this.terminal = terminal;
		this.context = context;
	}

	Terminal terminal() {
		return this.terminal;
	}

	/** Whether the result is to be read by machines. */
	boolean json() {
		return this.json;
	}

	/**
	 * Reads what comes from files or the standard input, so that what is wrong with it is
	 * said before anything starts.
	 */
	void read() {
	}

	/**
	 * Whether the work goes through Hibernate, as whatever changes an account or ends a
	 * token does. A command for which this is not so takes a third less.
	 */
	boolean needsEntities() {
		return false;
	}

	/**
	 * Does the work.
	 * @return the code with which to exit
	 */
	abstract int run(ApplicationContext beans);

	@Override
	public Integer call() {
		read();
		try (ConfigurableApplicationContext opened = open()) {
			return run(opened);
		}
	}

	private ConfigurableApplicationContext open() {
		return needsEntities() ? this.context.open() : this.context.openWithoutEntities();
	}

}
