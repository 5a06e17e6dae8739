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

	/**
	 * Reasons that the server notes itself: what somebody writes is for the owner alone.
	 */
	private static final Map<String, String> CAUSES = Map.of(RevocationCause.LEAKED.value(), "a leak",
			RevocationCause.REUSE.value(), "a reuse after rotation", RevocationCause.REPLACED.value(),
			"another token in its place");

	private final TokenOwners owners;

	private final ScopeCatalogue catalogue;

	private final TokenLives lives;

	TokenObstacles(TokenOwners owners, ScopeCatalogue catalogue, TokenLives lives) {
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
			case REVOKED -> reasons.add(end(token, details));
		}
		if (details.kind() == TokenKind.REFRESH) {
			reasons.add((details.state() == TokenState.ACTIVE)
					? "it is a refresh token: it opens no route, and is redeemed for a token that does"
					: "it is a refresh token, which opens no route");
		}
		Networks networks = details.terms().networks();
		if (!networks.admits(IpAddress.parse(ip).orElse(null))) {
			reasons.add("it may be used only from " + String.join(", ", networks.toStrings()));
		}
		addThoseOfOwner(token, now, reasons);
		return reasons;
	}

	/** What became of a successor is told to who holds that. */
	private static String end(ApiToken token, TokenDetails details) {
		String cause = CAUSES.get(Objects.requireNonNullElse(details.history().revocationReason(), ""));
		if (cause != null) {
			return "it was revoked at %s; the reason that is noted is %s".formatted(details.history().revokedAt(),
					cause);
		}
		return token.isRotated() ? "it was rotated: a successor was made in its place"
				: "it was revoked at %s".formatted(details.history().revokedAt());
	}

	private void addThoseOfOwner(ApiToken token, Instant now, List<String> reasons) {
		TokenOwner owner = this.owners.find(token.ownerId()).orElseThrow();
		if (!owner.enabled()) {
			reasons.add("its owner's account is disabled");
			return;
		}
		for (String scope : token.scopes().names()) {
			String resource = this.catalogue.resourceOf(scope);
			boolean there = resource != null && token.resources().includes(resource);
			// A refresh token remembers more than its next token is for.
			if (resource != null && !there && token.kind() != TokenKind.REFRESH) {
				reasons.add("it is not made for %s, to which its scope %s belongs".formatted(resource, scope));
			}
			else if (there && this.catalogue.effective(Scopes.of(scope), owner.roles(), token.resources().names(), now)
				.isEmpty()) {
				reasons.add(this.catalogue.wouldAllow(owner.roles(), scope, now)
						? "what its owner's roles allow of %s is retired".formatted(scope)
						: "its owner's roles do not allow %s".formatted(scope));
			}
		}
	}

}
