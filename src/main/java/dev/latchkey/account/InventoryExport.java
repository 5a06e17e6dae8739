package dev.latchkey.account;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

import dev.latchkey.api.TokenBody;
import dev.latchkey.token.InventoryFilter;
import dev.latchkey.token.InventoryToken;
import dev.latchkey.token.TokenInventory;
import dev.latchkey.web.CsvTable;
import dev.latchkey.web.JsonLines;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Gives out all tokens that a filter admits, as the audit gives out its events: each
 * batch is a short statement of its own that goes on where the one before ended.
 */
@Component
class InventoryExport {

	private static final int BATCH = 1000;

	private static final List<String> HEADER = List.of("id", "owner_id", "owner_email", "owner_name", "name",
			"description", "hint", "state", "scopes", "resources", "created_at", "not_before", "expires_at",
			"last_used_at", "last_used_ip", "allowed_ips", "rate_limit", "scopes_used");

	/** However many read at once, most of the pool stays with everybody else. */
	private final Semaphore turns = new Semaphore(2);

	private final TokenInventory tokens;

	InventoryExport(TokenInventory tokens) {
		this.tokens = tokens;
	}

	JsonLines lines(InventoryFilter filter) {
		Supplier<List<InventoryToken>> batches = batches(filter);
		return new JsonLines(() -> batches.get().stream().map(OwnedTokenBody::of).toList());
	}

	CsvTable table(InventoryFilter filter) {
		Supplier<List<InventoryToken>> batches = batches(filter);
		return new CsvTable(HEADER, () -> rows(batches.get()));
	}

	private static List<List<@Nullable Object>> rows(List<InventoryToken> tokens) {
		List<List<@Nullable Object>> rows = new ArrayList<>();
		tokens.forEach((token) -> rows.add(row(OwnedTokenBody.of(token))));
		return rows;
	}

	private static List<@Nullable Object> row(OwnedTokenBody token) {
		TokenBody body = token.body();
		return Arrays.<@Nullable Object>asList(body.id(), token.owner().id(), token.owner().email(),
				token.owner().name(), body.name(), body.description(), body.hint(), body.state().value(),
				String.join(" ", body.scopes()), String.join(" ", body.resources()), body.createdAt(), body.notBefore(),
				body.expiresAt(), body.lastUsedAt(), body.lastUsedIp(), String.join(" ", body.allowedIps()),
				body.rateLimit(), String.join(" ", Objects.requireNonNullElse(body.scopesUsed(), List.of())));
	}

	private Supplier<List<InventoryToken>> batches(InventoryFilter filter) {
		return new Supplier<>() {

			private @Nullable UUID latest;

			private boolean over;

			@Override
			public List<InventoryToken> get() {
				if (this.over) {
					return List.of();
				}
				List<InventoryToken> batch = read(filter, this.latest);
				this.over = batch.size() < BATCH;
				if (!this.over) {
					this.latest = batch.get(BATCH - 1).details().id();
				}
				return batch;
			}

		};
	}

	private List<InventoryToken> read(InventoryFilter filter, @Nullable UUID latest) {
		this.turns.acquireUninterruptibly();
		try {
			return (latest != null) ? this.tokens.after(filter, latest, BATCH) : this.tokens.first(filter, BATCH);
		}
		finally {
			this.turns.release();
		}
	}

}
