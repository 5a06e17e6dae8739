package dev.latchkey.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the words of a call mean, before any database is asked.
 */
class CommandLineTests {

	/** A token by its form. */
	private static final String TOKEN = "lkp_" + "x".repeat(49);

	private static final Set<String> SPEAKING_OF_SECRETS = Set.of("--password-stdin", "--password-file",
			"--keep-tokens");

	static Stream<String> commands() {
		return line().getSubcommands().keySet().stream();
	}

	private static CommandLine line() {
		PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
		return Commands.commandLine(new Terminal(InputStream.nullInputStream(), nowhere, nowhere),
				new CommandContext(List.of(), List.of()));
	}

	@Test
	void withoutACommandItIsTheServer() {
		assertThat(Commands.settingsOfServer(new String[0])).hasValueSatisfying((all) -> assertThat(all).isEmpty());
		assertThat(Commands.settingsOfServer(new String[] { "--server.port=0" }))
			.hasValueSatisfying((all) -> assertThat(all).containsExactly("--server.port=0"));
		assertThat(Commands.settingsOfServer(new String[] { "server", "--server.port=0" }))
			.hasValueSatisfying((all) -> assertThat(all).containsExactly("--server.port=0"));
	}

	@Test
	void aFirstWordThatIsNoOptionIsACommand() {
		for (String word : List.of("check", "nonsense", "--help", "-h", "--version", "")) {
			assertThat(Commands.settingsOfServer(new String[] { word })).as(word).isEmpty();
		}
		assertThat(Commands.settingsOfServer(new String[] { "server", "--help" })).isEmpty();
		assertThat(Commands.settingsOfServer(new String[] { "server", "twice" })).isEmpty();
		assertThat(CommandRun.without("server", "twice").exit()).isEqualTo(2);
	}

	@Test
	void aCommandAfterASettingStartsNoSecondServer() {
		String[] words = { "--server.port=0", "revoke-token" };
		assertThat(Commands.settingsOfServer(words)).isEmpty();
		CommandRun run = CommandRun.without(words);
		assertThat(run.exit()).isEqualTo(2);
		assertThat(run.err()).startsWith("The command comes first").hasLineCount(1);
		assertThat(run.out()).isEmpty();
	}

	@Test
	void aResultThatCannotBeWrittenIsAFailure() {
		OutputStream full = new OutputStream() {

			@Override
			public void write(int one) throws IOException {
				throw new IOException("No space left on device");
			}

		};
		StringWriter err = new StringWriter();
		int exit = Commands.run(new String[] { "help" }, InputStream.nullInputStream(), new PrintWriter(full),
				new PrintWriter(err), List.of());
		assertThat(exit).isEqualTo(1);
		assertThat(err.toString()).startsWith("The result could not be written.").hasLineCount(1);
	}

	@Test
	void aStandardInputThatCannotBeReadIsSaidSo() {
		InputStream broken = new InputStream() {

			@Override
			public int read() throws IOException {
				throw new IOException("Input/output error");
			}

		};
		StringWriter err = new StringWriter();
		int exit = Commands.run(new String[] { "revoke-token" }, broken, new PrintWriter(Writer.nullWriter()),
				new PrintWriter(err), List.of());
		assertThat(exit).isEqualTo(2);
		assertThat(err.toString()).isEqualTo("The standard input cannot be read.\n");
	}

	@Test
	void badTimesAreFoundBeforeAnyDatabaseIsAsked() {
		for (String[] words : List.of(new String[] { "list-tokens", "--unused-since=soon" },
				new String[] { "list-tokens", "--expires-before=soon" },
				new String[] { "issue-token", "--email=a@b.example", "--name=r", "--scope=a:b", "--expires-at=soon" },
				new String[] { "issue-token", "--email=a@b.example", "--name=r", "--scope=a:b",
						"--not-before=soon" })) {
			CommandRun run = CommandRun.without(words);
			assertThat(run.exit()).as("%s", List.of(words)).isEqualTo(2);
			assertThat(run.err()).startsWith(words[words.length - 1].replace("=soon", " ")).hasLineCount(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.datasource.pass-word", "spring.datasource.PASS_WORD", "latchkey.tokens.pep-per",
			"spring.ssl.bundle.pem.web.keystore.private-key", "spring.ssl.bundle.pem.web.keystore.privatekey",
			"server.ssl.pass-phrase", "latchkey.oauth.key-encryption-key", "latchkey.oauth.keyencryption_key" })
	void aSecretIsNoArgumentHoweverItsNameIsWritten(String name) {
		CommandRun run = CommandRun.without("list-tokens", "--" + name + "=hunter2");
		assertThat(run.exit()).isEqualTo(2);
		assertThat(run.err()).startsWith("A setting that is a secret is no argument").hasLineCount(1);
	}

	@Test
	void anUnknownCommandIsToldItsNearestName() {
		CommandRun run = CommandRun.without("create-usr");
		assertThat(run.exit()).isEqualTo(2);
		assertThat(run.out()).isEmpty();
		assertThat(run.err()).contains("There is no command create-usr; did you mean create-user?").hasLineCount(1);
		assertThat(CommandRun.without("fly").err()).contains("There is no command fly.").doesNotContain("mean");
	}

	/**
	 * What is written otherwise than commands are may be a password, and is not repeated.
	 */
	@Test
	void aCommandInUpperCaseIsToldItsName() {
		for (String word : List.of("Server", "SERVER", "Servr")) {
			CommandRun run = CommandRun.without(word);
			assertThat(run.exit()).isEqualTo(2);
			assertThat(run.err()).contains("There is no such command; did you mean server?").hasLineCount(1);
		}
		assertThat(CommandRun.without("Hunter").err()).contains("There is no such command.").doesNotContain("unter");
	}

	@ParameterizedTest
	@MethodSource("commands")
	void everyCommandHasHelp(String command) {
		for (CommandRun run : List.of(CommandRun.without(command, "--help"), CommandRun.without("help", command))) {
			assertThat(run.exit()).isZero();
			assertThat(run.out()).contains("latchkey " + command);
			assertThat(run.err()).isEmpty();
		}
	}

	@Test
	void helpListsEveryCommand() {
		for (String[] words : List.of(new String[] { "help" }, new String[] { "--help" }, new String[] { "-h" })) {
			CommandRun run = CommandRun.without(words);
			assertThat(run.exit()).isZero();
			assertThat(run.out()).contains(commands().toList());
		}
		assertThat(CommandRun.without("--version").out()).startsWith("latchkey ");
	}

	@ParameterizedTest
	@MethodSource("commands")
	void everyCommandRefusesAnOptionThatThereIsNot(String command) {
		CommandRun run = CommandRun.without(command, "--nonsense=" + "hunter2");
		assertThat(run.exit()).isEqualTo(2);
		assertThat(run.out()).isEmpty();
		assertThat(run.err()).doesNotContain("hunter2").hasLineCount(1);
	}

	@ParameterizedTest
	@MethodSource("commands")
	void noCommandTakesASecretAsAnArgument(String command) {
		CommandSpec spec = line().getSubcommands().get(command).getCommandSpec();
		if (!command.equals("help")) {
			assertThat(spec.positionalParameters()).isEmpty();
		}
		assertThat(spec.options().stream().map(OptionSpec::longestName).filter(CommandLineTests::speaksOfSecrets))
			.isSubsetOf(SPEAKING_OF_SECRETS);
		for (String[] words : List.of(new String[] { command, "hunter2-hunter2" },
				new String[] { command, "--password=hunter2-hunter2" },
				new String[] { command, "--token", "hunter2-hunter2" },
				new String[] { command, "--password-stdin=hunter2-hunter2" },
				new String[] { command, "-phunter2-hunter2" }, new String[] { command, "--name", TOKEN },
				new String[] { command, "--name=" + TOKEN }, new String[] { command, "x" + TOKEN.substring(1) },
				new String[] { TOKEN, command },
				new String[] { command, "--spring.datasource.password=hunter2-hunter2" },
				new String[] { command, "--latchkey.tokens.pepper=hunter2-hunter2" },
				new String[] { command, "--spring.datasource.url=jdbc:postgresql://h/d?password=hunter2-hunter2" })) {
			CommandRun run = CommandRun.without(words);
			assertThat(run.exit()).as("%s", List.of(words)).isEqualTo(2);
			assertThat(run.out() + run.err()).doesNotContain("hunter2").doesNotContain("xxxx");
			assertThat(run.err()).hasLineCount(1);
		}
	}

	private static boolean speaksOfSecrets(String option) {
		return option.matches(".*(password|token|secret|pepper|key).*");
	}

	@Test
	void whatIsMissingIsNamed() {
		CommandRun run = CommandRun.without("create-user", "--email", "ada@example.com", "--password-stdin");
		assertThat(run.exit()).isEqualTo(2);
		assertThat(run.err()).isEqualTo("Missing: --name. See 'latchkey create-user --help'.\n");
		assertThat(CommandRun.without("create-user", "--email", "a@example.com", "--name", "Ada").err())
			.startsWith("Missing: --password-stdin, --password-file.");
		assertThat(CommandRun.without("create-user", "--email").err()).startsWith("Missing: --email");
	}

	@ParameterizedTest
	@MethodSource("commands")
	void numbersAreAsciiDigits(String command) {
		for (OptionSpec option : line().getSubcommands().get(command).getCommandSpec().options()) {
			for (String number : (option.type() == Integer.class) ? List.of("\u0661", "+1", "1e3", " 1")
					: List.<String>of()) {
				CommandRun run = CommandRun.without(command, option.longestName() + "=" + number);
				assertThat(run.err()).as(command + " " + number).startsWith(option.longestName() + " cannot be read");
				assertThat(run.exit()).isEqualTo(2);
			}
		}
	}

	@Test
	void whatCannotBeReadIsNamedAndNotRepeated() {
		assertThat(CommandRun.without("prune-expired", "--hours=hunter2").err())
			.startsWith("--hours cannot be read: How many hours ago")
			.doesNotContain("hunter2");
		assertThat(CommandRun.without("prune-expired", "--hours=-1").exit()).isEqualTo(2);
		assertThat(CommandRun.without("prune-expired", "--hours=1", "--hours=2").err())
			.startsWith("--hours was given twice.");
		assertThat(CommandRun.of(List.of(), "", "revoke-token").err()).startsWith("No token was given.");
		assertThat(CommandRun
			.of(List.of(), "one\ntwo\n", "create-user", "--email=a@b.example", "--name=A", "--password-stdin")
			.err()).startsWith("The secret has to be one line.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "check", "list-tokens", "prune-expired", "rotate-pepper" })
	void withoutADatabaseItSaysTheServersOneLine(String command) {
		CommandRun run = CommandRun.without(command);
		assertThat(run.exit()).isEqualTo(1);
		assertThat(run.out() + run.err()).containsOnlyOnce("No database is configured. Set SPRING_DATASOURCE_URL");
		assertThat(run.err()).hasLineCount(1);
	}

	@Test
	void settingsAreGivenAndCheckedAsTheServers() {
		CommandRun run = CommandRun.without("list-tokens", "--latchkey.tokens.prefx=acme",
				"--latchkey.limits.token=many");
		assertThat(run.exit()).isEqualTo(1);
		assertThat(run.err()).contains("latchkey.tokens.prefx").contains("latchkey.limits.token").hasLineCount(2);
	}

	@Test
	void theCheckSaysWhatIsWrongWithSettingsAndDatabaseAtOnce() {
		CommandRun run = CommandRun.without("check", "--json", "--latchkey.limits.token=many");
		assertThat(run.exit()).isEqualTo(1);
		assertThat(run.json().path("ok").asBoolean(true)).isFalse();
		assertThat(run.json().findValuesAsString("check")).containsExactly("settings", "database");
		assertThat(run.json().findValuesAsString("result")).containsExactly("failure", "failure");
	}

	@Test
	void aClockThatIsFarOffIsAFailure() {
		assertThat(ServerChecks.clock(Duration.ofMillis(-40)).result()).isEqualTo(Finding.Result.OK);
		assertThat(ServerChecks.clock(Duration.ofMillis(-1040)).result()).isEqualTo(Finding.Result.WARNING);
		assertThat(ServerChecks.clock(Duration.ofMinutes(-2)).text()).contains("120.000 s behind the database's");
		assertThat(ServerChecks.clock(Duration.ofMinutes(2)).isFailure()).isTrue();
	}

	@Test
	void theShellIsToldWhatThereIs() {
		CommandRun run = CommandRun.without("generate-completion");
		assertThat(run.exit()).isZero();
		assertThat(run.out()).contains("_complete_latchkey", "--password-stdin");
	}

}
