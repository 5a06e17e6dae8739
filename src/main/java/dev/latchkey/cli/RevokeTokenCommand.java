package dev.latchkey.cli;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.token.RawToken;
import dev.latchkey.token.RevocationCause;
import dev.latchkey.token.TokenNames;
import dev.latchkey.token.TokenReader;
import dev.latchkey.token.TokenRevocation;
import dev.latchkey.token.TokenRevocation.HeldToken;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import org.springframework.context.ApplicationContext;

/**
 * Revokes tokens that somebody holds in hand, with all that were made with them.
 */
@Command(name = "revoke-token",
		description = "Revoke tokens, and all that were made with them. They come by standard input, one a line.")
class RevokeTokenCommand extends DatabaseCommand {

	private static final int MOST = 1000;

	@Option(names = "--file", paramLabel = "<file>", description = "Read them from a file.")
	private @Nullable Path file;

	private List<String> given = List.of();

	RevokeTokenCommand(Terminal terminal, CommandContext context) {
		super(terminal, context);
	}

	@Override
	void read() {
		this.given = terminal().readText(this.file).lines().toList();
		long tokens = this.given.stream().filter((line) -> !line.isBlank()).count();
		if (tokens == 0) {
			throw new UsageException("No token was given. It comes by standard input, or by --file.");
		}
		if (tokens > MOST) {
			throw new UsageException("More than %d tokens were given.".formatted(MOST));
		}
	}

	/** A leak disables clients, too, whose accounts are looked for. */
	@Override
	boolean needsEntities() {
		return true;
	}

	@Override
	int run(ApplicationContext beans) {
		Collection<RawToken> tokens = parse(beans.getBean(TokenReader.class));
		List<HeldToken> held = beans.getBean(TokenRevocation.class)
			.revokeByPossession(Actor.COMMAND_LINE, tokens, RevocationCause.LEAKED);
		Map<UUID, String> names = beans.getBean(TokenNames.class).of(held.stream().map(HeldToken::id).toList());
		int unknown = tokens.size() - held.size();
		if (json()) {
			terminal()
				.printJson(Map.of("revoked", ids(held, true), "already_ended", ids(held, false), "unknown", unknown));
		}
		else {
			held.forEach((one) -> terminal().print(
					(one.ended() ? "Revoked %s (%s)" : "%s (%s) had ended already; a successor, if it has one, goes on")
						.formatted(names.getOrDefault(one.id(), one.ended() ? "a token" : "A token"), one.id())));
		}
		if (unknown > 0) {
			terminal().say("%d of %d are not known here.".formatted(unknown, tokens.size()));
		}
		return (unknown > 0) ? Commands.FAILED : Commands.DONE;
	}

	private static List<String> ids(List<HeldToken> held, boolean ended) {
		return held.stream().filter((one) -> one.ended() == ended).map((one) -> one.id().toString()).toList();
	}

	/**
	 * All or none: whoever mistyped one looks at them again. One that was given twice is
	 * one.
	 */
	private Collection<RawToken> parse(TokenReader reader) {
		Map<String, RawToken> tokens = new LinkedHashMap<>();
		for (int i = 0; i < this.given.size(); i++) {
			String line = this.given.get(i);
			if (!line.isBlank()) {
				int number = i + 1;
				RawToken token = reader.parseCopied(line)
					.orElseThrow(() -> new CommandFailure(
							"Line %d is no token of this server; none was revoked.".formatted(number)));
				tokens.putIfAbsent(token.number() + "|" + token.reveal(), token);
			}
		}
		return tokens.values();
	}

}
