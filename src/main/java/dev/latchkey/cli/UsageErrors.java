package dev.latchkey.cli;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.latchkey.startup.NearestName;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says in one line what is wrong with a call. Of what was typed it repeats names of
 * options and words that look like commands: anything else may be a token or a password.
 */
class UsageErrors implements IParameterExceptionHandler {

	private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]{0,30}|-[a-z]");

	private static final Pattern WORD = Pattern.compile("[a-z]{1,12}(-[a-z]{1,12}){0,2}");

	/** No name is meant that differs in more characters, or in half of them. */
	private static final int FAR = 3;

	private static final Set<String> SECRETS = Set.of("--password", "--token", "--pepper", "--secret", "--key");

	private final Terminal terminal;

	UsageErrors(Terminal terminal) {
		this.terminal = terminal;
	}

	@Override
	public int handleParseException(ParameterException failure, String[] args) {
		String name = failure.getCommandLine().getCommandSpec().qualifiedName();
		this.terminal.say("%s See '%s --help'.".formatted(line(failure), name));
		return Commands.BAD_USAGE;
	}

	private static String line(ParameterException failure) {
		if (failure instanceof UnmatchedArgumentException unmatched) {
			return unmatched(unmatched.getCommandLine(), unmatched.getUnmatched());
		}
		if (failure instanceof MutuallyExclusiveArgsException) {
			return "Two options were given of which only one can be.";
		}
		if (failure instanceof OverwrittenOptionException twice) {
			return "%s was given twice.".formatted(name(twice.getOverwritten()));
		}
		if (failure instanceof MissingParameterException missing) {
			return "Missing: %s."
				.formatted(missing.getMissing().stream().map(UsageErrors::name).collect(Collectors.joining(", ")));
		}
		ArgSpec option = failure.getArgSpec();
		if (option != null) {
			return "%s cannot be read: %s".formatted(name(option), String.join(" ", option.description()));
		}
		return "The call cannot be read.";
	}

	private static String unmatched(CommandLine command, List<String> words) {
		String word = words.get(0);
		String option = word.replaceFirst("=.*", "");
		if (SECRETS.contains(option)) {
			return "%s is no option: a secret is no argument, which everybody on this machine could see. It comes by standard input or from a file."
				.formatted(option);
		}
		if (word.startsWith("-")) {
			return OPTION.matcher(option).matches() ? "There is no option %s.".formatted(option)
					: "There is an option that does not exist.";
		}
		return (command.getParent() == null) ? unknownCommand(command, word)
				: "There is an argument too many. Secrets come by standard input or from a file, never as an argument.";
	}

	/** Commands are in lower case; whoever writes one otherwise is told so. */
	static String unknownCommand(CommandLine above, String word) {
		String lower = word.toLowerCase(Locale.ROOT);
		if (!WORD.matcher(lower).matches()) {
			return "There is no such command.";
		}
		return "There is no %s%s".formatted(lower.equals(word) ? "command " + word : "such command",
				NearestName.to(lower, above.getSubcommands().keySet(), Math.min(FAR, lower.length() / 2))
					.map("; did you mean %s?"::formatted)
					.orElse("."));
	}

	private static String name(ArgSpec argument) {
		return (argument instanceof OptionSpec option) ? option.longestName() : argument.paramLabel();
	}

}
