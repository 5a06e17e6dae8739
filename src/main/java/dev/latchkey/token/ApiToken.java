package dev.latchkey.token;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import dev.latchkey.net.IpAddress;
import dev.latchkey.net.Networks;
import dev.latchkey.scope.Resources;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scopes;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * A token at rest: its digest and what it may do. It owns the transitions of its life;
 * {@link TokenInsert} begins it.
 */
@Entity
@DynamicUpdate
@Table(name = "api_token")
@NullUnmarked
class ApiToken {

	@Id
	private UUID id;

	/** For queries. */
	@SuppressWarnings("UnusedVariable")
	@Column(nullable = false)
	private byte[] digest;

	@Column(nullable = false)
	private String kind;

	@Column(nullable = false)
	private UUID ownerId;

	private UUID familyId;

	/** For queries. */
	@SuppressWarnings("UnusedVariable")
	private UUID predecessorId;

	private UUID parentId;

	/** Of every refresh token; the database sees to it. */
	private Instant familyBeganAt;

	private String clientId;

	@Column(nullable = false)
	private String name;

	@Convert(converter = ScopesConverter.class)
	@Column(nullable = false)
	private Scopes scopes;

	/** Null where the token was made elsewhere. */
	private String hint;

	private String description;

	private Instant expiresAt;

	private Instant notBefore;

	private String allowedIps;

	private Integer rateLimit;

	@Enumerated(EnumType.STRING)
	private Role maxRole;

	private boolean rotatesItself;

	private String resources;

	@Column(insertable = false, updatable = false)
	private Long importedNumber;

	@Column(nullable = false)
	private Instant createdAt;

	@Column(insertable = false, updatable = false)
	private Instant lastUsedAt;

	@Column(insertable = false, updatable = false)
	private String lastUsedIp;

	/** When a successor was made, or its grace period was cut short. */
	private Instant rotatedAt;

	private Instant revokedAt;

	@Column(insertable = false, updatable = false)
	private String revocationReason;

	private Instant suspendedAt;

	@Column(insertable = false, updatable = false)
	private Boolean endChosen;

	protected ApiToken() {
	}

	/**
	 * Reads a token that nobody is going to change, from a row with all columns: a walk
	 * through many of them needs no Hibernate, which would keep each.
	 */
	static ApiToken read(ResultSet row) throws SQLException {
		ApiToken token = new ApiToken();
		token.id = row.getObject("id", UUID.class);
		token.digest = row.getBytes("digest");
		token.kind = row.getString("kind");
		token.ownerId = row.getObject("owner_id", UUID.class);
		token.familyId = row.getObject("family_id", UUID.class);
		token.predecessorId = row.getObject("predecessor_id", UUID.class);
		token.parentId = row.getObject("parent_id", UUID.class);
		token.familyBeganAt = TokenColumns.time(row, "family_began_at");
		token.clientId = row.getString("client_id");
		token.name = row.getString("name");
		token.scopes = Scopes.parse(row.getString("scopes"));
		token.hint = row.getString("hint");
		token.description = row.getString("description");
		token.expiresAt = TokenColumns.time(row, "expires_at");
		token.notBefore = TokenColumns.time(row, "not_before");
		token.allowedIps = row.getString("allowed_ips");
		token.rateLimit = row.getObject("rate_limit", Integer.class);
		String maxRole = row.getString("max_role");
		token.maxRole = (maxRole != null) ? Role.valueOf(maxRole) : null;
		token.rotatesItself = row.getBoolean("rotates_itself");
		token.resources = row.getString("resources");
		token.importedNumber = row.getObject("imported_number", Long.class);
		token.createdAt = TokenColumns.time(row, "created_at");
		token.lastUsedAt = TokenColumns.time(row, "last_used_at");
		token.lastUsedIp = row.getString("last_used_ip");
		token.rotatedAt = TokenColumns.time(row, "rotated_at");
		token.revokedAt = TokenColumns.time(row, "revoked_at");
		token.revocationReason = row.getString("revocation_reason");
		token.suspendedAt = TokenColumns.time(row, "suspended_at");
		token.endChosen = row.getObject("end_chosen", Boolean.class);
		return token;
	}

	/**
	 * Leaves this token its grace period, never more than its own life, and returns what
	 * its successor is: the same, with a new secret.
	 * @param madeWith the token with which the successor is made, as its holder knows it
	 * from then on
	 * @param kept its scopes without those that nobody is given any more
	 * @throws AlreadyRotatedException if there is a successor already
	 * @throws TokenNotActiveException if this token has ended
	 */
	TokenGrant rotate(@Nullable UUID madeWith, Scopes kept, Expiry newExpiry, Duration grace, TokenLives lives,
			Instant now) {
		requireRotatable(lives, now);
		this.familyId = familyId();
		this.rotatedAt = now;
		this.revokedAt = TokenTimes.earlier(TokenTimes.earlier(now.plus(grace), this.expiresAt), this.revokedAt);
		return new TokenGrant(kind(), this.ownerId, this.clientId, this.name, this.description,
				terms().doing(kept).until(newExpiry.at()), new Lineage(madeWith, this.familyId, this.id, null),
				newExpiry.isDate());
	}

	/**
	 * Notes that this refresh token was redeemed, and leaves it the time in which a
	 * client may redeem it again that lost the answer.
	 */
	void markRedeemed(Duration window, Instant now) {
		this.rotatedAt = now;
		this.revokedAt = TokenTimes.earlier(now.plus(window), this.revokedAt);
	}

	/**
	 * Returns when this token ends, if somebody chose the date, or null.
	 */
	@Nullable Instant chosenEnd() {
		return Boolean.TRUE.equals(this.endChosen) ? this.expiresAt : null;
	}

	void suspend(Instant now) {
		this.suspendedAt = now;
	}

	void resume() {
		this.suspendedAt = null;
	}

	boolean isSuspended() {
		return this.suspendedAt != null;
	}

	boolean hasEnded(TokenLives lives, Instant now) {
		return times(lives).stateAt(now, lives.idle()).isEnded();
	}

	void rename(String newName) {
		this.name = newName;
	}

	void describe(@Nullable String newDescription) {
		this.description = newDescription;
	}

	void narrowTo(Scopes fewer) {
		this.scopes = fewer;
	}

	void restrictTo(Networks networks) {
		this.allowedIps = networks.toText();
	}

	void requireRotatable(TokenLives lives, Instant now) {
		if (isRotated()) {
			throw new AlreadyRotatedException();
		}
		requireUsable(lives, now);
	}

	void requireUsable(TokenLives lives, Instant now) {
		requireNotTooLong(lives, now);
		times(lives).requireUsable(lives.idle(), now);
	}

	/** One that has not ended, and that nothing but the settings brings back. */
	void requireNotTooLong(TokenLives lives, Instant now) {
		requireUnended(lives, now);
		if (isTooLong(lives)) {
			throw TokenNotActiveException.tooLong();
		}
	}

	void requireUnended(TokenLives lives, Instant now) {
		times(lives).requireUnended(lives.idle(), now);
	}

	boolean isRotated() {
		return this.rotatedAt != null;
	}

	/**
	 * Whether the number that stands before the raw token, if any does, is this one's.
	 */
	boolean isPresentedAs(RawToken raw) {
		return raw.number() == null || raw.number().equals(this.importedNumber);
	}

	UUID id() {
		return this.id;
	}

	UUID ownerId() {
		return this.ownerId;
	}

	UUID familyId() {
		return (this.familyId != null) ? this.familyId : this.id;
	}

	@Nullable UUID parentId() {
		return this.parentId;
	}

	TokenKind kind() {
		return TokenKind.of(this.kind.charAt(0));
	}

	Scopes scopes() {
		return this.scopes;
	}

	Networks networks() {
		return Networks.parse(this.allowedIps);
	}

	Resources resources() {
		return Resources.parse(this.resources);
	}

	TokenTerms terms() {
		return new TokenTerms(this.scopes, resources(), this.maxRole, this.rotatesItself, networks(), this.rateLimit,
				this.notBefore, this.expiresAt);
	}

	TokenTimes times(TokenLives lives) {
		return TokenTimes.atRest(this.createdAt, this.notBefore, lives.end(kind(), this.familyBeganAt, this.expiresAt),
				this.lastUsedAt, this.rotatedAt, this.revokedAt,
				lives.suspension(kind(), this.createdAt, this.expiresAt, this.suspendedAt));
	}

	boolean isTooLong(TokenLives lives) {
		return lives.isTooLong(kind(), this.createdAt, this.expiresAt);
	}

	RefreshToken asRefreshToken(TokenLives lives, Instant now) {
		TokenTimes times = times(lives);
		return new RefreshToken(this.id, this.ownerId, this.clientId,
				new RefreshToken.Grant(familyId(), this.familyBeganAt, this.scopes, resources()),
				times.stateAt(now, lives.idle()), times.isExpired(now), this.rotatedAt);
	}

	TokenDetails details(TokenLives lives, Instant now) {
		TokenTimes times = times(lives);
		TokenState state = times.stateAt(now, lives.idle());
		boolean revoked = state == TokenState.REVOKED;
		return new TokenDetails(this.id, this.ownerId, kind(), this.name, this.description, this.hint,
				terms().until(revoked ? times.expiresAt() : times.end()),
				new TokenHistory(this.createdAt, this.lastUsedAt, IpAddress.rewritten(this.lastUsedIp), isRotated(),
						revoked ? this.revokedAt : null, revoked ? this.revocationReason : null),
				state, isTooLong(lives));
	}

}
