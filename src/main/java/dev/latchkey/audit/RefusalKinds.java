package dev.latchkey.audit;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.net.IpAddress;
import dev.latchkey.net.IpNetwork;
import org.jspecify.annotations.Nullable;

/**
 * What was refused within a minute, by kind: the same thing, from the same network.
 * Whoever has a network has all of its addresses, so these are no kinds of their own.
 * There is room for so many kinds, and each account has a share of it, so that a flood
 * against one leaves the others their rows; what finds no room is counted under the
 * account alone, and in the end under nobody.
 */
final class RefusalKinds {

	/** Each makes two rows a minute at the most. */
	static final int ROOM = 500;

	static final int SHARE = 50;

	private static final int SHARE_OF_NOBODY = ROOM / 2;

	static final String MANY = "from many places";

	private final Map<AuditedAct, AggregatedRefusals> kinds = new ConcurrentHashMap<>();

	private final Map<@Nullable UUID, Integer> shares = new HashMap<>();

	void count(AuditedAct refusal, Instant now) {
		Actor actor = refusal.actor();
		AuditedAct kind = refusal.by(actor.from(network(actor.ip())).by(null));
		AggregatedRefusals known;
		do {
			known = this.kinds.get(kind);
			if (known == null) {
				known = place(kind, actor, now);
			}
		}
		while (!known.count(actor.ip()));
	}

	Map<AuditedAct, AggregatedRefusals> all() {
		return this.kinds;
	}

	/** Ends the minute of a kind. */
	synchronized void end(AuditedAct kind, AggregatedRefusals folded, Instant now) {
		AggregatedRefusals rest = folded.rest(now);
		if (rest != null) {
			this.kinds.put(kind, rest);
		}
		else {
			this.kinds.remove(kind);
			if (!isGeneral(kind)) {
				this.shares.computeIfPresent(kind.ownerId(), (owner, count) -> (count > 1) ? count - 1 : null);
			}
		}
	}

	private synchronized AggregatedRefusals place(AuditedAct kind, Actor first, Instant now) {
		AggregatedRefusals known = this.kinds.get(kind);
		if (known == null && hasRoom(kind.ownerId())) {
			this.shares.merge(kind.ownerId(), 1, Integer::sum);
			known = new AggregatedRefusals(now, first.ip(), first.requestId());
			this.kinds.put(kind, known);
		}
		if (known == null && (this.kinds.containsKey(general(kind, kind.ownerId())) || this.kinds.size() < 2 * ROOM)) {
			known = this.kinds.computeIfAbsent(general(kind, kind.ownerId()),
					(general) -> new AggregatedRefusals(now, null, null));
		}
		return (known != null) ? known
				: this.kinds.computeIfAbsent(general(kind, null), (general) -> new AggregatedRefusals(now, null, null));
	}

	private boolean hasRoom(@Nullable UUID owner) {
		int share = (owner != null) ? SHARE : SHARE_OF_NOBODY;
		return this.kinds.size() < ROOM && this.shares.getOrDefault(owner, 0) < share;
	}

	private static @Nullable String network(@Nullable String ip) {
		return IpAddress.parse(ip).map(IpNetwork::around).map(IpNetwork::toString).orElse(null);
	}

	private static AuditedAct general(AuditedAct act, @Nullable UUID owner) {
		return new AuditedAct(act.action(), Actor.GUEST, owner, null, List.of(), MANY);
	}

	private static boolean isGeneral(AuditedAct kind) {
		return MANY.equals(kind.detail());
	}

}
