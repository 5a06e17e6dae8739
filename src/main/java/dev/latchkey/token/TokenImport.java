package dev.latchkey.token;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import dev.latchkey.caller.Actor;
import dev.latchkey.persistence.RetriedTransaction;
import dev.latchkey.scope.ScopeAdmission;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.ImportStatements.NewRow;
import dev.latchkey.token.ImportStatements.Owner;
import dev.latchkey.value.OrderedIds;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Takes in tokens that another system gave out: all that can be taken, in one
 * transaction. What is here already stays as it is, so that doing it again changes
 * nothing and a token that was revoked since stays revoked. Imports come one after
 * another.
 */
@Service
public class TokenImport {

	private static final int BATCH = 1000;

	private final ImportStatements statements;

	private final TokenQuota quota;

	private final ScopeAdmission admission;

	private final OutlivedTokens outlived;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	TokenImport(ImportStatements statements, TokenQuota quota, ScopeAdmission admission, OutlivedTokens outlived,
			ApplicationEventPublisher events, Clock clock) {
		this.statements = statements;
		this.quota = quota;
		this.admission = admission;
		this.outlived = outlived;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Takes tokens in.
	 * @param by who brings them
	 * @param from what they were read from
	 * @param unreadable how many stood there besides that could not be read
	 * @throws TokenNotActiveException if the token that acts was revoked meanwhile
	 */
	@RetriedTransaction
	public Taken take(Actor by, String from, List<ForeignToken> tokens, int unreadable) {
		UUID with = by.tokenId();
		if (with != null) {
			this.outlived.mark(with);
		}
		this.statements.takeTurns();
		Map<String, Owner> owners = this.statements.lockOwners(tokens);
		Set<@Nullable String> names = new HashSet<>();
		tokens.forEach((token) -> names.addAll(token.scopes().names()));
		Batch batch = new Batch(by, from, this.clock.instant(), owners, this.admission.of(names),
				this.admission.withoutRetired(names));
		for (int start = 0; start < tokens.size(); start += BATCH) {
			batch.take(tokens.subList(start, Math.min(start + BATCH, tokens.size())));
		}
		Taken taken = new Taken(batch.imported, batch.unchanged, batch.refused);
		this.events.publishEvent(TokenActs.importFinished(by, from, taken, unreadable));
		this.events.publishEvent(new TokensImported());
		return taken;
	}

	/**
	 * What became of tokens that were to be taken in.
	 *
	 * @param imported how many are new here
	 * @param unchanged how many were here before
	 * @param refused which ones were not taken, and why
	 */
	public record Taken(int imported, int unchanged, List<Refusal> refused) {

	}

	/**
	 * A token that was not taken.
	 *
	 * @param line where it stands in what was read
	 * @param reason why, in words for people
	 */
	public record Refusal(long line, String reason) {

	}

	/** One import: what it has done so far. */
	private final class Batch {

		private final Actor by;

		private final String from;

		private final Instant now;

		private final Map<String, Owner> owners;

		/** What was read of them may have been removed or retired since. */
		private final Predicate<String> admitted;

		private final UnaryOperator<Scopes> given;

		private final Map<UUID, Integer> rooms = new HashMap<>();

		private final List<Refusal> refused = new ArrayList<>();

		private int imported;

		private int unchanged;

		private Batch(Actor by, String from, Instant now, Map<String, Owner> owners, Predicate<String> admitted,
				UnaryOperator<Scopes> given) {
			this.by = by;
			this.from = from;
			this.now = now;
			this.owners = owners;
			this.admitted = admitted;
			this.given = given;
		}

		private void take(List<ForeignToken> tokens) {
			Map<TokenDigest, UUID> known = TokenImport.this.statements.findOwners(tokens);
			List<NewRow> rows = new ArrayList<>();
			for (ForeignToken token : tokens) {
				Owner owner = this.owners.get(token.owner().key());
				String fault = (owner != null) ? fault(token, owner, known) : "no account has the address of its owner";
				if (fault != null || owner == null) {
					this.refused.add(new Refusal(token.line(), String.valueOf(fault)));
				}
				else if (known.putIfAbsent(token.digest(), owner.id()) != null) {
					this.unchanged++;
				}
				else {
					UUID id = OrderedIds.next(this.now);
					ForeignToken taken = token.doing(this.given.apply(token.scopes()));
					TokenImport.this.events.publishEvent(TokenActs.imported(this.by, id, owner.id(), taken, this.from));
					rows.add(new NewRow(id, owner.id(), taken));
				}
			}
			TokenImport.this.statements.insert(rows, this.from, this.by.tokenId(), this.now);
			this.imported += rows.size();
		}

		private @Nullable String fault(ForeignToken token, Owner owner, Map<TokenDigest, UUID> known) {
			UUID knownOwner = known.get(token.digest());
			if (knownOwner != null) {
				return knownOwner.equals(owner.id()) ? null : "it is here already, and another account's";
			}
			if (!token.scopes().names().stream().allMatch(this.admitted)) {
				return "it has a scope that does not exist here";
			}
			if (!owner.enabled()) {
				return "the account of its owner is disabled";
			}
			if (token.expiresAt() != null && !token.expiresAt().isAfter(this.now)) {
				return "it expired at " + token.expiresAt();
			}
			int room = this.rooms.computeIfAbsent(owner.id(), (id) -> TokenImport.this.quota.room(id, this.now));
			if (room <= 0) {
				return "its owner has as many tokens as an account may have";
			}
			this.rooms.put(owner.id(), room - 1);
			return null;
		}

	}

}
