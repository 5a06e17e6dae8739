package dev.latchkey.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.latchkey.token.PepperReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import org.springframework.context.ApplicationContext;

/**
 * Makes the next pepper, if one may come now, and says what to do with it. The settings
 * of the nodes are nobody's but the operator's to change.
 */
@Command(name = "rotate-pepper", description = "Make the next pepper and say what to set where.",
		footer = { "", "Refuses while tokens still rest under an older one than the present: they would end." })
class RotatePepperCommand extends DatabaseCommand {

	private static final FileAttribute<?> OWNER_ALONE = PosixFilePermissions
		.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

	@Option(names = "--status", description = "Say under which pepper how many tokens rest, and make none.")
	private boolean status;

	@Option(names = "--file", paramLabel = "<file>",
			description = "Write the pepper to a new file that its owner alone may read, and not to the standard output.")
	private @Nullable Path file;

	RotatePepperCommand(Terminal terminal, CommandContext context) {
		super(terminal, context);
	}

	@Override
	int run(ApplicationContext beans) {
		PepperReport peppers = beans.getBean(PepperReport.class);
		PepperReport.State state = Progress.during(terminal(), "Counting tokens", peppers::look);
		if (this.status) {
			show(state);
			return Commands.DONE;
		}
		requireReady(state);
		hand(peppers.make(), steps(state));
		return Commands.DONE;
	}

	private void show(PepperReport.State state) {
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("set", state.set());
		result.put("retired_set", state.retiredSet());
		result.put("without_pepper", state.plain());
		result.put("under_present", state.present());
		result.put("under_older", state.older());
		if (json()) {
			terminal().printJson(result);
		}
		else {
			terminal().print(state.set() ? "A pepper is set" : "No pepper is set");
			terminal().print("%d tokens without one, %d under the present, %d under an older one"
				.formatted(state.plain(), state.present(), state.older()));
			if (state.retiredSet() && state.older() == 0) {
				terminal().print("latchkey.tokens.retired-pepper is not needed any more");
			}
		}
	}

	private static void requireReady(PepperReport.State state) {
		if (state.set() && !state.begun()) {
			throw new CommandFailure("New tokens are not written with latchkey.tokens.pepper yet, since some node has"
					+ " another one or none. They are once every node has it; rotate then.");
		}
		if (state.set() && state.plain() > 0) {
			throw new CommandFailure("Tokens are still being moved to latchkey.tokens.pepper (%d are not). It ends by"
				.formatted(state.plain()) + " itself once every node has it; rotate then.");
		}
		if (state.older() > 0) {
			throw new CommandFailure("%d tokens still rest under the pepper before the present one. They would end:"
				.formatted(state.older()) + " rotate when they were used or have ended, or revoke them.");
		}
	}

	private static List<String> steps(PepperReport.State state) {
		return state.set()
				? List.of("Set latchkey.tokens.retired-pepper to the present pepper on every node.",
						"Set latchkey.tokens.pepper to the new one, and restart the nodes one after another.",
						"Tokens follow as they are used; rotate-pepper --status says how many have not.",
						"Remove latchkey.tokens.retired-pepper when none is left under an older one.")
				: List.of("Set latchkey.tokens.pepper to it on every node, and restart the nodes one after another.",
						"Keep it where the database is not: without it no token of a backup is good.",
						"Tokens are moved once every node has it; rotate-pepper --status says how many are not.");
	}

	private void hand(String pepper, List<String> steps) {
		if (this.file != null) {
			write(this.file, pepper);
		}
		if (json()) {
			Map<String, Object> result = new LinkedHashMap<>();
			if (this.file == null) {
				result.put("pepper", pepper);
			}
			result.put("steps", steps);
			terminal().printJson(result);
			return;
		}
		if (this.file == null) {
			terminal().print(pepper);
		}
		for (int i = 0; i < steps.size(); i++) {
			terminal().say("%d. %s".formatted(i + 1, steps.get(i)));
		}
	}

	private static void write(Path file, String pepper) {
		try {
			Files.createFile(file, OWNER_ALONE);
			Files.writeString(file, pepper + "\n", StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
		}
		catch (FileAlreadyExistsException ex) {
			throw new CommandFailure("The file is there already, and was left as it is.");
		}
		catch (IOException | UnsupportedOperationException ex) {
			throw new CommandFailure("The file cannot be written.");
		}
	}

}
