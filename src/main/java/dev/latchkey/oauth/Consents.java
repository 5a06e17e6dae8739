package dev.latchkey.oauth;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.caller.Change;
import dev.latchkey.scope.Scopes;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsent;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationConsentAuthenticationContext;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Remembers to what an account has agreed.
 */
@Component
class Consents implements OAuth2AuthorizationConsentService {

	private final JdbcClient jdbc;

	private final ClientStore clients;

	private final ConsentParties parties;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Consents(JdbcClient jdbc, ClientStore clients, ConsentParties parties, Clock clock,
			ApplicationEventPublisher events) {
		this.jdbc = jdbc;
		this.clients = clients;
		this.parties = parties;
		this.clock = clock;
		this.events = events;
	}

	/** The answer to the question is an act each time, also if it is the same. */
	@Override
	@Transactional
	public void save(OAuth2AuthorizationConsent consent) {
		UUID owner = UUID.fromString(consent.getPrincipalName());
		UUID client = UUID.fromString(consent.getRegisteredClientId());
		this.parties.hold(client);
		Scopes given = Scopes.of(consent.getScopes());
		OAuth2AuthorizationConsent before = findById(consent.getRegisteredClientId(), consent.getPrincipalName());
		List<Change> changes = Change.collect()
			.add("scopes", (before != null) ? before.getScopes() : null, given.names())
			.toList();
		this.jdbc.sql("""
				insert into oauth_consent (owner_id, client_id, given_at, scopes) values (?, ?, ?, ?)
				on conflict (owner_id, client_id)
				do update set given_at = excluded.given_at, scopes = excluded.scopes
				""").params(owner, client, Timestamp.from(this.clock.instant()), given.toString()).update();
		String name = this.clients.find(client).map(Client::clientId).orElseThrow();
		this.events.publishEvent(AuditedAct.of(AuditAction.CONSENT_GIVEN, owner, null, name).changing(changes));
	}

	@Override
	public void remove(OAuth2AuthorizationConsent consent) {
		remove(UUID.fromString(consent.getPrincipalName()), UUID.fromString(consent.getRegisteredClientId()));
	}

	@Override
	public @Nullable OAuth2AuthorizationConsent findById(String clientId, String ownerId) {
		return this.jdbc.sql("select scopes from oauth_consent where owner_id = ? and client_id = ?")
			.params(UUID.fromString(ownerId), UUID.fromString(clientId))
			.query(String.class)
			.optional()
			.map((scopes) -> show(clientId, ownerId, scopes))
			.orElse(null);
	}

	/** What was agreed to before and is not asked about now stays agreed to. */
	void keepWhatWasNotAsked(OAuth2AuthorizationConsentAuthenticationContext context) {
		OAuth2AuthorizationConsent before = findById(context.getRegisteredClient().getId(),
				context.getAuthorization().getPrincipalName());
		OAuth2AuthorizationRequest request = context.getAuthorizationRequest();
		if (before == null || request == null) {
			return;
		}
		Set<String> asked = request.getScopes();
		context.getAuthorizationConsent().authorities((given) -> {
			if (!given.isEmpty()) {
				before.getScopes()
					.stream()
					.filter((scope) -> !asked.contains(scope))
					.forEach((scope) -> given.add(new SimpleGrantedAuthority("SCOPE_" + scope)));
			}
		});
	}

	boolean remove(UUID ownerId, UUID clientId) {
		return this.jdbc.sql("delete from oauth_consent where owner_id = ? and client_id = ?")
			.params(ownerId, clientId)
			.update() == 1;
	}

	/** Takes back all that an account has agreed to, and tells of each. */
	void removeAll(UUID ownerId) {
		this.jdbc.sql("""
				delete from oauth_consent o using oauth_client c where c.id = o.client_id and o.owner_id = ?
				returning c.client_id, o.scopes
				""")
			.param(ownerId)
			.query((row, number) -> ClientActs.withdrawn(ownerId, row.getString("client_id"),
					Scopes.parse(row.getString("scopes"))))
			.list()
			.forEach(this.events::publishEvent);
	}

	private static OAuth2AuthorizationConsent show(String clientId, String ownerId, String scopes) {
		OAuth2AuthorizationConsent.Builder consent = OAuth2AuthorizationConsent.withId(clientId, ownerId);
		Scopes.parse(scopes).names().forEach(consent::scope);
		return consent.build();
	}

	/**
	 * The consent as the page is answered: what was ticked before and is not ticked any
	 * more is not agreed to.
	 */
	static class Afresh implements OAuth2AuthorizationConsentService {

		private final Consents consents;

		Afresh(Consents consents) {
			this.consents = consents;
		}

		@Override
		public void save(OAuth2AuthorizationConsent consent) {
			this.consents.save(consent);
		}

		@Override
		public void remove(OAuth2AuthorizationConsent consent) {
			this.consents.remove(consent);
		}

		@Override
		public @Nullable OAuth2AuthorizationConsent findById(String clientId, String ownerId) {
			return null;
		}

	}

}
