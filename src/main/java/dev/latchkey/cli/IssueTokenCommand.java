package dev.latchkey.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.latchkey.account.AccountLookup;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.User;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.token.Expiry;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.NewToken;
import dev.latchkey.token.TokenIssuer;
import dev.latchkey.value.InvalidFieldsException;
import dev.latchkey.value.InvalidValueException;
import dev.latchkey.value.Times;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import org.springframework.context.ApplicationContext;

/**
 * Makes a personal access token for an account, and shows it once.
 */
@Command(name = "issue-token", description = "Make a token for an account and print it, this once.")
class IssueTokenCommand extends DatabaseCommand {

	@Option(names = "--email", required = true, paramLabel = "<address>", description = "Whose token it will be.")
	private String email = "";

	@Option(names = "--name", required = true, paramLabel = "<name>", description = "What it is called.")
	private String name = "";

	@Option(names = "--scope", required = true, split = "[, ]+", paramLabel = "<scope>",
			description = "What it may do; several with commas or by giving the option again.")
	private List<String> scopes = new ArrayList<>();

	@Option(names = "--expires-in-days", paramLabel = "<days>", description = "After how many days it ends.")
	private @Nullable Integer expiresInDays;

	@Option(names = "--expires-at", paramLabel = "<time>",
			description = "When it ends, such as 2027-01-31T12:00:00Z, or never.")
	private @Nullable String expiresAt;

	@Option(names = "--not-before", paramLabel = "<time>", description = "Before when it may not be used.")
	private @Nullable String notBefore;

	@Option(names = "--allowed-ip", split = "[, ]+", paramLabel = "<network>",
			description = "From where it may be used, such as 192.0.2.0/24.")
	private @Nullable List<String> allowedIps;

	@Option(names = "--rate-limit", paramLabel = "<n>", description = "How many requests a minute it may make.")
	private @Nullable Integer rateLimit;

	@Option(names = "--description", paramLabel = "<text>", description = "What it is for.")
	private @Nullable String about;

	@Option(names = "--resource", split = "[, ]+", paramLabel = "<resource>",
			description = "At which services it is a token; those of its scopes where it is left out.")
	private @Nullable List<String> resources;

	private @Nullable Expiry expiry;

	private @Nullable Instant begin;

	IssueTokenCommand(Terminal terminal, CommandContext context) {
		super(terminal, context);
	}

	@Override
	void read() {
		this.expiry = parse("--expires-at", this.expiresAt, Expiry::of);
		this.begin = parse("--not-before", this.notBefore, Times::parse);
	}

	@Override
	int run(ApplicationContext beans) {
		NewToken wanted = new NewToken(this.name, List.copyOf(this.scopes), this.expiry, this.expiresInDays, this.begin,
				copy(this.allowedIps), this.rateLimit, this.about, copy(this.resources));
		User owner = Accounts.find(beans.getBean(AccountLookup.class), this.email);
		requireAllowed(owner, beans.getBean(ScopeCatalogue.class));
		IssuedToken issued = beans.getBean(TokenIssuer.class).issueFor(Actor.COMMAND_LINE, owner.id(), wanted);
		if (json()) {
			Map<String, @Nullable Object> result = TokenJson.of(issued.details());
			result.put("token", issued.raw().reveal());
			terminal().printJson(result);
		}
		else {
			terminal().print(issued.raw().reveal());
			Instant end = issued.details().terms().expiresAt();
			terminal().say((end != null) ? "It ends at %s. Nobody can show it again.".formatted(end)
					: "It has no end. Nobody can show it again.");
		}
		return Commands.DONE;
	}

	/** A token that may do nothing is not what anybody wants who types a scope. */
	private void requireAllowed(User owner, ScopeCatalogue catalogue) {
		for (String scope : this.scopes) {
			if (catalogue.find(scope) != null && !catalogue.allows(owner.roles(), scope)) {
				throw new InvalidFieldsException("scopes",
						"has %s, which the roles of this account do not allow".formatted(scope));
			}
		}
	}

	private static @Nullable List<@Nullable String> copy(@Nullable List<String> given) {
		return (given != null) ? new ArrayList<>(given) : null;
	}

	static <T> @Nullable T parse(String option, @Nullable String text, Function<String, T> parser) {
		try {
			return (text != null) ? parser.apply(text) : null;
		}
		catch (InvalidValueException ex) {
			throw new UsageException("%s %s.".formatted(option, ex.rule()));
		}
	}

}
