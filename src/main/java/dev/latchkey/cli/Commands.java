package dev.latchkey.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.latchkey.value.Numbers;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * The way into the command line: whether the words of a call ask for the server or for
 * something else, and what comes of that.
 */
public final class Commands {

	static final int DONE = 0;

	static final int FAILED = 1;

	static final int BAD_USAGE = 2;

	private static final String SERVER = "server";

	/** Options of the command line itself; any other is a setting of the server. */
	private static final Set<String> OWN = Set.of("-h", "--help", "-V", "--version");

	private Commands() {
	}

	/**
	 * Returns the settings with which the server is to start, or empty if it is not the
	 * server that is asked for. A first word that is no option is a command.
	 */
	public static Optional<String[]> settingsOfServer(String[] args) {
		if (args.length == 0) {
			return Optional.of(args);
		}
		String first = args[0];
		String[] settings = first.equals(SERVER) ? Arrays.copyOfRange(args, 1, args.length) : args;
		boolean asked = first.equals(SERVER)
				|| (first.startsWith("-") && !OWN.contains(first) && !isCommandAfterSettings(args));
		boolean plain = !first.equals(SERVER)
				|| Arrays.stream(settings).allMatch((setting) -> setting.startsWith("--") && !OWN.contains(setting));
		return (asked && plain) ? Optional.of(settings) : Optional.empty();
	}

	/**
	 * Whoever writes so means a command, and no second server beside the one that runs.
	 */
	private static boolean isCommandAfterSettings(String[] args) {
		return args.length > 0 && args[0].startsWith("-") && !OWN.contains(args[0])
				&& Arrays.stream(args).anyMatch((word) -> !word.startsWith("-"));
	}

	/**
	 * Runs a command with the streams of this process.
	 * @return the code with which to exit
	 */
	public static int run(String[] args) {
		// Read by logback-spring.xml: what is logged is no result.
		System.setProperty("CONSOLE_TARGET", "System.err");
		return run(args, System.in, writer(System.out), writer(System.err), List.of());
	}

	/**
	 * Runs a command.
	 * @param fixed settings that go before all others, as {@code --name=value}
	 */
	static int run(String[] args, InputStream in, PrintWriter out, PrintWriter err, List<String> fixed) {
		Terminal terminal = new Terminal(in, out, err);
		try {
			GivenSettings given = GivenSettings.of(args);
			if (isCommandAfterSettings(args)) {
				throw new UsageException("The command comes first, its options and all settings after it.");
			}
			CommandLine line = commandLine(terminal, new CommandContext(given.settings(), fixed));
			int exit = line.execute(given.others().toArray(String[]::new));
			if (out.checkError()) {
				terminal.say("The result could not be written. What was done stays done.");
				return FAILED;
			}
			return exit;
		}
		catch (UsageException ex) {
			terminal.say(ex.line());
			return BAD_USAGE;
		}
		finally {
			out.flush();
			err.flush();
		}
	}

	static CommandLine commandLine(Terminal terminal, CommandContext context) {
		CommandLine line = new CommandLine(new LatchkeyCommand());
		line.getCommandSpec()
			.addOption(
					OptionSpec.builder("-V", "--version").versionHelp(true).description("Show the version.").build());
		List.of(new ServerCommand(), new CheckCommand(terminal, context), new CreateUserCommand(terminal, context),
				new ResetPasswordCommand(terminal, context), new IssueTokenCommand(terminal, context),
				new RevokeTokenCommand(terminal, context), new ListTokensCommand(terminal, context),
				new PruneExpiredCommand(terminal, context), new ImportTokensCommand(terminal, context),
				new RotatePepperCommand(terminal, context))
			.forEach(line::addSubcommand);
		line.addSubcommand(new HelpCommand(terminal, line));
		line.addSubcommand(new CompletionCommand(terminal, line));
		line.getSubcommands().values().forEach(Commands::addHelp);
		addHelp(line);
		return line.setOut(terminal.out())
			.setErr(terminal.err())
			.setExpandAtFiles(false)
			.setPosixClusteredShortOptionsAllowed(false)
			.setCaseInsensitiveEnumValuesAllowed(true)
			.registerConverter(Integer.class,
					(text) -> Numbers.parse(text).orElseThrow(() -> new TypeConversionException("no number")))
			.setParameterExceptionHandler(new UsageErrors(terminal))
			.setExecutionExceptionHandler((failure, command, result) -> {
				terminal.say(Failures.lines(failure));
				return (failure instanceof UsageException) ? BAD_USAGE : FAILED;
			});
	}

	private static void addHelp(CommandLine command) {
		command.getCommandSpec()
			.addOption(OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this help.").build());
	}

	private static PrintWriter writer(PrintStream stream) {
		return new PrintWriter(stream, true, StandardCharsets.UTF_8);
	}

}
