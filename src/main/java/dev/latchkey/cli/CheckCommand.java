package dev.latchkey.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.latchkey.startup.DatabaseCheck;
import dev.latchkey.startup.SettingsCheck;
import dev.latchkey.startup.StartupFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;

/**
 * Looks at all on which the server depends, and says of each what is wrong and what to
 * do.
 */
@Command(name = "check",
		description = "Look at settings, database, schema, clock, keys and pepper: what is wrong, and what to do.",
		footer = { "", "Brings the schema up to date first, as the server does at its start." })
class CheckCommand implements Callable<Integer> {

	private final Terminal terminal;

	private final CommandContext context;

	@Option(names = "--json", description = "Write the result as JSON.")
	private boolean json;

	CheckCommand(Terminal terminal, CommandContext context) {
		this.terminal = terminal;
		this.context = context;
	}

	@Override
	public Integer call() {
		List<Finding> findings = look();
		boolean failed = findings.stream().anyMatch(Finding::isFailure);
		if (this.json) {
			Map<String, Object> result = new LinkedHashMap<>();
			result.put("ok", !failed);
			result.put("checks", findings.stream().map(Finding::json).toList());
			this.terminal.printJson(result);
		}
		else {
			findings.forEach((finding) -> this.terminal.print(finding.line()));
		}
		if (failed) {
			this.terminal.say("The check has found what has to be mended.");
		}
		return failed ? Commands.FAILED : Commands.DONE;
	}

	private List<Finding> look() {
		List<Finding> findings = new ArrayList<>();
		try (ConfigurableApplicationContext opened = this.context.openWithoutEntities(new Preflight(findings))) {
			findings.addAll(new ServerChecks(opened).all());
		}
		catch (RuntimeException ex) {
			// What the preflight has found has ended the start.
			if (findings.stream().noneMatch(Finding::isFailure)) {
				Failures.lines(ex).forEach((line) -> findings.add(Finding.failure("start", line)));
			}
		}
		return findings;
	}

	/**
	 * Looks at settings and database before anything starts, at the one whatever is wrong
	 * with the other.
	 */
	private static final class Preflight
			implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

		private final List<Finding> findings;

		private Preflight(List<Finding> findings) {
			this.findings = findings;
		}

		@Override
		public int getOrder() {
			return HIGHEST_PRECEDENCE;
		}

		@Override
		public void initialize(ConfigurableApplicationContext context) {
			boolean good = look("settings", "All that are set can be read", new SettingsCheck(), context);
			good &= look("database", "PostgreSQL answers, and takes writes", new DatabaseCheck(), context);
			if (!good) {
				throw new StartupFailure("The check has found what keeps the server from starting.");
			}
		}

		private boolean look(String subject, String good,
				ApplicationContextInitializer<ConfigurableApplicationContext> check,
				ConfigurableApplicationContext context) {
			try {
				check.initialize(context);
				this.findings.add(Finding.ok(subject, good));
				return true;
			}
			catch (StartupFailure ex) {
				ex.lines().forEach((line) -> this.findings.add(Finding.failure(subject, line)));
				return false;
			}
		}

	}

}
