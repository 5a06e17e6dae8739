package dev.latchkey.account;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.caller.User;
import dev.latchkey.scope.Role;
import dev.latchkey.value.EmailAddress;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.UuidGenerator;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * An account at rest. Only what was changed is written, so that of two changes at once
 * neither undoes the other.
 */
@Entity
@DynamicUpdate
@Table(name = "app_user")
@NullUnmarked
class AppUser {

	@Id
	@UuidGenerator(style = UuidGenerator.Style.VERSION_7)
	private UUID id;

	@Column(nullable = false)
	private String email;

	/** For queries. */
	@SuppressWarnings("UnusedVariable")
	private String emailKey;

	@Column(nullable = false)
	private String name;

	@Column(nullable = false)
	private String passwordHash;

	@Convert(converter = RoleSetConverter.class)
	@Column(nullable = false)
	private Set<Role> roles;

	/**
	 * How often the password was changed. A hash made anew of the same one is no change.
	 */
	private int passwordVersion;

	private boolean enabled;

	@Column(nullable = false)
	private Instant createdAt;

	/** The token with which it was made, or null; for those who look for it. */
	@SuppressWarnings("UnusedVariable")
	@Column(updatable = false)
	private UUID madeWith;

	protected AppUser() {
	}

	AppUser(EmailAddress email, String name, String passwordHash, Set<Role> roles, @Nullable UUID madeWith,
			Instant now) {
		this.email = email.value();
		this.emailKey = email.key();
		this.name = name;
		this.passwordHash = passwordHash;
		this.roles = roles;
		this.enabled = true;
		this.madeWith = madeWith;
		this.createdAt = now;
	}

	String passwordHash() {
		return this.passwordHash;
	}

	int passwordVersion() {
		return this.passwordVersion;
	}

	void rename(String newName) {
		this.name = newName;
	}

	void give(Set<Role> newRoles) {
		this.roles = newRoles;
	}

	void enable() {
		this.enabled = true;
	}

	void disable() {
		this.enabled = false;
	}

	void changePassword(String newHash) {
		this.passwordHash = newHash;
		this.passwordVersion++;
	}

	User toUser() {
		return new User(this.id, this.email, this.name, this.roles, this.enabled, this.createdAt);
	}

}
