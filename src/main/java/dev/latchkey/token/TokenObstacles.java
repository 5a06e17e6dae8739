package dev.latchkey.token;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.latchkey.net.IpAddress;
import dev.latchkey.net.Networks;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.TokenOwners.TokenOwner;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * What keeps a token of this server from working, in words for its holder.
 */
@Component
class TokenObstacles {

	/** What led to an end, where that says more than that somebody wanted it. */
	private static final Map<String, String> CAUSES = Map.of(RevocationCause.LEAKED.value(),
			"somebody reported that it had leaked", RevocationCause.REUSE.value(),
			"a token of its family was used after its rotation, which ended all of them",
			RevocationCause.REPLACED.value(), "another one was given in its place");

	private final ApiTokenRepository tokens;

	private final TokenOwners owners;

	private final ScopeCatalogue catalogue;

	private final TokenLives lives;

	TokenObstacles(ApiTokenRepository tokens, TokenOwners owners, ScopeCatalogue catalogue, TokenLives lives) {
		this.tokens = tokens;
		this.owners = owners;
		this.catalogue = catalogue;
		this.lives = lives;
	}

	/**
	 * Returns all of them, none where it works.
	 * @param details the token as it is now
	 * @param ip from where it would be used, or null where that is not known
	 */
	List<String> of(ApiToken token, TokenDetails details, @Nullable String ip, Instant now) {
		List<String> reasons = new ArrayList<>();
		switch (details.state()) {
			case ACTIVE -> {
			}
			case NOT_YET_ACTIVE -> reasons.add("it may be used from %s on".formatted(details.terms().notBefore()));
			case EXPIRED -> reasons.add("it expired at %s".formatted(details.terms().expiresAt()));
			case IDLE_EXPIRED -> reasons.add("it was not used for too long");
			case SUSPENDED -> reasons.add(token.isTooLong(this.lives)
					? "it was made for a longer life than this server allows now; make a new one in its place"
					: "it is suspended; it works again once somebody resumes it");
			case REVOKED -> reasons.add(token.isRotated() ? afterRotation(token, now) : afterRevocation(details));
		}
		if (details.kind() == TokenKind.REFRESH) {
			reasons.add("it is a refresh token: it opens no route, and is redeemed for a token that does");
		}
		Networks networks = details.terms().networks();
		if (!networks.admits(IpAddress.parse(ip).orElse(null))) {
			reasons.add("it may be used only from " + String.join(", ", networks.toStrings()));
		}
		addThoseOfOwner(token, now, reasons);
		return reasons;
	}

	/** A successor may be rotated, revoked or deleted in its turn. */
	private String afterRotation(ApiToken token, Instant now) {
		return this.tokens.findSuccessor(token.id(), token.ownerId())
			.map((successor) -> successor.details(this.lives, now))
			.map((successor) -> switch (successor.state()) {
				case REVOKED -> successor.history().rotated() ? "it was rotated, and so was its successor"
						: "it was rotated; its successor does not work any more: %s"
							.formatted(afterRevocation(successor));
				case EXPIRED, IDLE_EXPIRED -> "it was rotated, and its successor has ended, too";
				case SUSPENDED -> "it was rotated, and its successor is suspended";
				case ACTIVE, NOT_YET_ACTIVE -> "it was rotated; its successor works in its place";
			})
			.orElse("it was rotated");
	}

	/** What somebody wrote as the reason is for the owner and not for every holder. */
	private static String afterRevocation(TokenDetails details) {
		String cause = CAUSES.get(Objects.requireNonNullElse(details.history().revocationReason(), ""));
		String ended = "it was revoked at %s".formatted(details.history().revokedAt());
		return (cause != null) ? "%s, because %s".formatted(ended, cause) : ended;
	}

	private void addThoseOfOwner(ApiToken token, Instant now, List<String> reasons) {
		TokenOwner owner = this.owners.find(token.ownerId()).orElseThrow();
		if (!owner.enabled()) {
			reasons.add("its owner's account is disabled");
			return;
		}
		Scopes scopes = token.scopes();
		for (String scope : scopes.names()) {
			if (this.catalogue.admits(scope)
					&& this.catalogue.effective(Scopes.of(scope), owner.roles(), token.resources().names(), now)
						.isEmpty()) {
				reasons.add("its owner's roles do not allow %s".formatted(scope));
			}
		}
	}

}
