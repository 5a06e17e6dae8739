package dev.latchkey.cli;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import dev.latchkey.account.AccountLookup;
import dev.latchkey.token.InventoryFilter;
import dev.latchkey.token.InventoryToken;
import dev.latchkey.token.TokenDetails;
import dev.latchkey.token.TokenInventory;
import dev.latchkey.value.Times;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import org.springframework.context.ApplicationContext;

/**
 * Lists everybody's living personal access tokens, without their secrets.
 */
@Command(name = "list-tokens", description = "List everybody's living personal access tokens.",
		footer = { "", "A line each, with tabs between the columns; with --json an array." })
class ListTokensCommand extends DatabaseCommand {

	private static final int PAGE = 500;

	private static final String NONE = "-";

	@Option(names = "--email", paramLabel = "<address>", description = "Only those of this account.")
	private @Nullable String email;

	@Option(names = "--scope", paramLabel = "<scope>", description = "Only those that may do this.")
	private @Nullable String scope;

	@Option(names = "--resource", paramLabel = "<resource>", description = "Only those that are for this service.")
	private @Nullable String resource;

	@Option(names = "--unused-since", paramLabel = "<time>", description = "Only those that were not used since then.")
	private @Nullable String unusedSince;

	@Option(names = "--expires-before", paramLabel = "<time>", description = "Only those that end before then.")
	private @Nullable String expiresBefore;

	private @Nullable Instant unused;

	private @Nullable Instant ends;

	ListTokensCommand(Terminal terminal, CommandContext context) {
		super(terminal, context);
	}

	@Override
	void read() {
		this.unused = IssueTokenCommand.parse("--unused-since", this.unusedSince, Times::parse);
		this.ends = IssueTokenCommand.parse("--expires-before", this.expiresBefore, Times::parse);
	}

	@Override
	int run(ApplicationContext beans) {
		UUID owner = (this.email != null) ? Accounts.find(beans.getBean(AccountLookup.class), this.email).id() : null;
		InventoryFilter filter = new InventoryFilter(owner, this.scope, this.resource, this.unused, this.ends);
		TokenInventory inventory = beans.getBean(TokenInventory.class);
		List<InventoryToken> page = inventory.first(filter, PAGE);
		begin();
		boolean first = true;
		while (!page.isEmpty()) {
			for (InventoryToken token : page) {
				write(token, first);
				first = false;
			}
			page = (page.size() == PAGE) ? inventory.after(filter, page.get(PAGE - 1).details().id(), PAGE) : List.of();
		}
		end();
		return Commands.DONE;
	}

	private void begin() {
		if (json()) {
			terminal().out().print("[");
		}
		else {
			terminal()
				.print(String.join("\t", "ID", "OWNER", "NAME", "SCOPES", "STATE", "EXPIRES", "LAST USED", "HINT"));
		}
	}

	private void write(InventoryToken token, boolean first) {
		if (json()) {
			terminal().out().print((first ? "\n" : ",\n") + Terminal.json(json(token)));
		}
		else {
			terminal().print(line(token));
		}
	}

	private void end() {
		if (json()) {
			terminal().print("\n]");
		}
	}

	private static Map<String, @Nullable Object> json(InventoryToken token) {
		Map<String, @Nullable Object> json = TokenJson.of(token.details());
		json.put("owner",
				Map.of("id", token.owner().id(), "email", token.owner().email(), "name", token.owner().name()));
		return json;
	}

	/** Names have no tabs. */
	private static String line(InventoryToken token) {
		TokenDetails details = token.details();
		return String.join("\t", details.id().toString(), token.owner().email(), details.name(),
				details.terms().scopes().toString(), details.state().value(), text(details.terms().expiresAt()),
				text(details.history().lastUsedAt()), Objects.requireNonNullElse(details.hint(), NONE));
	}

	private static String text(@Nullable Instant moment) {
		return Objects.requireNonNullElse(TokenJson.text(moment), NONE);
	}

}
