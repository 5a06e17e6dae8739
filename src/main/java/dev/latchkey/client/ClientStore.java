package dev.latchkey.client;

import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.persistence.PrimaryAnswer;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.TokenDigest;
import dev.latchkey.value.Totals;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The clients at rest.
 */
@Component
class ClientStore {

	private final JdbcClient jdbc;

	ClientStore(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Makes the client unless there is, or was, one of that name. */
	boolean insert(Client client, @Nullable TokenDigest secret) {
		boolean unheard = this.jdbc.sql("insert into oauth_client_name (client_id) values (?) on conflict do nothing")
			.param(client.clientId())
			.update() == 1;
		return unheard && this.jdbc
			.sql("""
					insert into oauth_client (id, client_id, name, secret_digest, grant_types, scopes, redirect_uris,
					    audiences, serves_role, account_id, max_role, made_with, created_at, resource)
					values (:id, :clientId, :name, :secret, :grantTypes, :scopes, :redirectUris, :audiences, :role, :account, :maxRole,
					    :madeWith, :now, :resource)
					on conflict (client_id) do nothing
					""")
			.param("id", client.id())
			.param("clientId", client.clientId())
			.param("name", client.name())
			.param("secret", (secret != null) ? secret.bytes() : null)
			.param("grantTypes", GrantType.write(client.grantTypes()))
			.param("scopes", client.scopes().toString())
			.param("redirectUris", String.join(" ", client.redirectUris()))
			.param("audiences", String.join(" ", client.audiences()))
			.param("role", (client.servesRole() != null) ? client.servesRole().name() : null)
			.param("account", client.accountId())
			.param("maxRole", (client.maxRole() != null) ? client.maxRole().name() : null)
			.param("madeWith", client.madeWith())
			.param("resource", client.resource())
			.param("now", Timestamp.from(client.createdAt()))
			.update() == 1;
	}

	/**
	 * Makes a client that describes itself, unless somebody has just done so, or has just
	 * removed it.
	 */
	boolean insertDocumented(Client client, Instant until) {
		return this.jdbc
			.sql("""
					insert into oauth_client (id, client_id, name, grant_types, scopes, redirect_uris, created_at, document_until)
					select :id, :clientId, :name, :grantTypes, :scopes, :redirectUris, :now, :until
					where not exists (select from oauth_client_removed where client_id = :clientId)
					on conflict (client_id) do nothing
					""")
			.param("id", client.id())
			.param("clientId", client.clientId())
			.param("name", client.name())
			.param("grantTypes", GrantType.write(client.grantTypes()))
			.param("scopes", client.scopes().toString())
			.param("redirectUris", String.join(" ", client.redirectUris()))
			.param("now", Timestamp.from(client.createdAt()))
			.param("until", Timestamp.from(until))
			.update() == 1;
	}

	/**
	 * Puts what a client says of itself now in place of what it said.
	 * @param another whether nobody has agreed to it yet
	 */
	void updateDocumented(UUID id, Client said, boolean another, Instant until) {
		this.jdbc.sql("""
				update oauth_client set name = :name, grant_types = :grantTypes, scopes = :scopes,
				    redirect_uris = :redirectUris, document_until = :until,
				    document_version = document_version + :another
				where id = :id and document_until is not null
				""")
			.param("id", id)
			.param("name", said.name())
			.param("grantTypes", GrantType.write(said.grantTypes()))
			.param("scopes", said.scopes().toString())
			.param("redirectUris", String.join(" ", said.redirectUris()))
			.param("another", another ? 1 : 0)
			.param("until", Timestamp.from(until))
			.update();
	}

	/**
	 * Until when what a client says of itself is believed, or null where nobody asked.
	 */
	@Nullable Instant documentUntil(String clientId) {
		return this.jdbc.sql("select document_until from oauth_client where client_id = ?")
			.param(clientId)
			.query((row, number) -> Optional.ofNullable(row.getTimestamp("document_until")))
			.optional()
			.flatMap((until) -> until)
			.map(Timestamp::toInstant)
			.orElse(null);
	}

	/** Finds a client by its name, whether it may act or not. */
	Optional<Client> findByName(String clientId) {
		return this.jdbc.sql("select * from oauth_client where client_id = ?")
			.param(clientId)
			.query((row, number) -> read(row))
			.optional();
	}

	/** One that is disabled is to every flow as if it was not there. */
	Optional<KnownClient> find(String clientId) {
		ResultSetExtractor<Optional<KnownClient>> known = ClientStore::known;
		return this.jdbc.sql("""
				select c.*, standby from pg_is_in_recovery() as standby
				    left join oauth_client c on c.client_id = ? and c.disabled_at is null
				""").param(clientId).query(known);
	}

	private static Optional<KnownClient> known(ResultSet row) throws SQLException {
		row.next();
		PrimaryAnswer.require(row);
		return (row.getObject("id") != null) ? Optional.of(new KnownClient(read(row), secret(row))) : Optional.empty();
	}

	/**
	 * Whether the client is there, which it stays until the transaction ends. Its row is
	 * locked as little as that takes: a client that is registered while its account is
	 * being deleted loses the account, which whoever makes tokens may be waiting for.
	 */
	boolean lockForShare(UUID id) {
		return this.jdbc.sql("""
				with held as materialized (select hold_client(:id))
				select 1 from held, oauth_client c where c.id = :id and c.disabled_at is null for key share of c
				""").param("id", id).query(Integer.class).optional().isPresent();
	}

	/**
	 * Takes the client alone until the transaction ends, after everybody who makes tokens
	 * for it and before everybody who comes later. Its row is locked by what changes it.
	 */
	void take(UUID id) {
		this.jdbc.sql("select 1 from take_client(?)").param(id).query(Integer.class).single();
	}

	/** Likewise all clients that act for an account. */
	void takeAllOf(UUID accountId) {
		this.jdbc.sql("""
				select count(take_client(id)) from (select id from oauth_client where account_id = ? order by id) client
				""").param(accountId).query(Long.class).single();
	}

	Optional<Client> find(UUID id) {
		return this.jdbc.sql("select * from oauth_client where id = ?")
			.param(id)
			.query((row, number) -> read(row))
			.optional();
	}

	List<Client> list(int offset, int limit) {
		return this.jdbc.sql("select * from oauth_client order by created_at desc, id offset ? limit ?")
			.params(offset, limit)
			.query((row, number) -> read(row))
			.list();
	}

	/** The names of the clients that belong to a resource. */
	List<String> findOfResource(String resource) {
		return this.jdbc.sql("select client_id from oauth_client where resource = ? order by client_id")
			.param(resource)
			.query(String.class)
			.list();
	}

	/** The clients that have one of these scopes by this very name. */
	List<Client> findWith(Collection<String> scopes) {
		return this.jdbc.sql("""
				select * from oauth_client where string_to_array(scopes, ' ') && cast(:scopes as text[])
				order by id for no key update
				""").param("scopes", scopes.toArray(String[]::new)).query((row, number) -> read(row)).list();
	}

	void updateScopes(UUID id, Scopes scopes) {
		this.jdbc.sql("update oauth_client set scopes = ? where id = ?").params(scopes.toString(), id).update();
	}

	/** Counts up to {@link Totals#COUNTED}. */
	long count() {
		return this.jdbc.sql("select count(*) from (select from oauth_client limit ?) counted")
			.param(Totals.COUNTED)
			.query(Long.class)
			.single();
	}

	boolean replaceSecret(UUID id, TokenDigest secret, @Nullable Role maxRole) {
		return this.jdbc.sql("""
				update oauth_client set secret_digest = :secret, max_role = :maxRole
				where id = :id and secret_digest is not null and disabled_at is null
				""")
			.param("secret", secret.bytes())
			.param("maxRole", (maxRole != null) ? maxRole.name() : null)
			.param("id", id)
			.update() == 1;
	}

	void noteSecretMaker(UUID id, UUID tokenId) {
		this.jdbc
			.sql("insert into oauth_client_secret_maker (client_id, token_id) values (?, ?) on conflict do nothing")
			.params(id, tokenId)
			.update();
	}

	/**
	 * Finds the clients that were registered with one of these tokens, or given another
	 * secret.
	 */
	List<UUID> findMadeWith(Collection<UUID> tokenIds) {
		return this.jdbc.sql("""
				select id from oauth_client where made_with = any(:tokens)
				    or id in (select client_id from oauth_client_secret_maker where token_id = any(:tokens))
				order by id
				""").param("tokens", tokenIds.toArray(UUID[]::new)).query(UUID.class).list();
	}

	/** Whether the client was there and not disabled before. */
	boolean disable(UUID id, Instant now) {
		return this.jdbc.sql("update oauth_client set disabled_at = ? where id = ? and disabled_at is null")
			.params(Timestamp.from(now), id)
			.update() == 1;
	}

	void delete(UUID id) {
		this.jdbc.sql("delete from oauth_client where id = ?").param(id).update();
	}

	private static Client read(ResultSet row) throws SQLException {
		String role = row.getString("serves_role");
		String maxRole = row.getString("max_role");
		Timestamp disabledAt = row.getTimestamp("disabled_at");
		ClientTerms terms = new ClientTerms(GrantType.read(row.getString("grant_types")),
				Scopes.parse(row.getString("scopes")), list(row.getString("redirect_uris")),
				list(row.getString("audiences")), (role != null) ? Role.valueOf(role) : null,
				row.getString("resource"));
		return new Client(row.getObject("id", UUID.class), row.getString("client_id"), row.getString("name"),
				row.getBytes("secret_digest") != null, terms,
				new ClientAccount(row.getObject("account_id", UUID.class),
						(maxRole != null) ? Role.valueOf(maxRole) : null),
				new ClientHistory(row.getTimestamp("created_at").toInstant(), row.getObject("made_with", UUID.class),
						(disabledAt != null) ? disabledAt.toInstant() : null));
	}

	private static List<String> list(String stored) {
		return Arrays.stream(stored.split(" ")).filter((entry) -> !entry.isEmpty()).toList();
	}

	private static @Nullable TokenDigest secret(ResultSet row) throws SQLException {
		byte[] digest = row.getBytes("secret_digest");
		return (digest != null) ? TokenDigest.ofBytes(digest) : null;
	}

	/** A client with what its secret is compared with. */
	record KnownClient(Client client, @Nullable TokenDigest secret) {

		/**
		 * Whether it is enough to say this, or nothing. A secret of 256 random bits is
		 * safe behind a fast digest, and comparing takes the same time wherever it
		 * differs.
		 */
		boolean admits(@Nullable ClientSecret presented) {
			if (this.secret == null || presented == null) {
				return this.secret == null && presented == null;
			}
			return MessageDigest.isEqual(this.secret.bytes(), presented.digest().bytes());
		}

	}

}
