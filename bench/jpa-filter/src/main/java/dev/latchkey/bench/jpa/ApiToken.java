package dev.latchkey.bench.jpa;

import java.time.Instant;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

@Entity
@Table(name = "personal_token")
class ApiToken {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private Long id;

	private String tokenHash;

	@ManyToOne(fetch = FetchType.LAZY)
	private Account owner;

	private String name;

	private String scopes;

	private Instant createdAt;

	private Instant expiresAt;

	private Instant revokedAt;

	protected ApiToken() {
	}

	ApiToken(String tokenHash, Account owner, String name, String scopes, Instant createdAt, Instant expiresAt) {
		this.tokenHash = tokenHash;
		this.owner = owner;
		this.name = name;
		this.scopes = scopes;
		this.createdAt = createdAt;
		this.expiresAt = expiresAt;
	}

	boolean isUsableAt(Instant now) {
		return this.revokedAt == null && this.owner.isEnabled()
				&& (this.expiresAt == null || now.isBefore(this.expiresAt));
	}

	Long getId() {
		return this.id;
	}

	Account getOwner() {
		return this.owner;
	}

	String getName() {
		return this.name;
	}

	String getScopes() {
		return this.scopes;
	}

	Instant getCreatedAt() {
		return this.createdAt;
	}

	Instant getExpiresAt() {
		return this.expiresAt;
	}

}
