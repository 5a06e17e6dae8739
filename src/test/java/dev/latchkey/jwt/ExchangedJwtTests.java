package dev.latchkey.jwt;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.caller.User;
import dev.latchkey.client.ClientRegistrations;
import dev.latchkey.client.ClientRemoval;
import dev.latchkey.client.RegisteredSecret;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.ClientRequest;
import dev.latchkey.testing.Forms;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.TokenRequest;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.TokenIssuer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The JWT that a token is exchanged for: what it is, for whom, and what is said of it
 * (contract 5.5).
 */
@LatchkeyTest
class ExchangedJwtTests {

	private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

	private static final String TYPE = "urn:ietf:params:oauth:token-type:";

	private static final String ACCESS_TOKEN = TYPE + "access_token";

	private static final String RS = "https://rs.example";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	@Autowired
	private TokenIssuer issuer;

	@Autowired
	private Apps apps;

	@Autowired
	private ClientRegistrations registrations;

	@Autowired
	private ClientRemoval removal;

	@Autowired
	private SigningKeys keys;

	@Autowired
	private Jwts jwts;

	@Autowired
	private KeySeal seal;

	@Autowired
	private JwtProperties properties;

	@Autowired
	private TransactionTemplate transactions;

	private User admin;

	private User user;

	private RegisteredSecret service;

	@BeforeEach
	void registerClient() {
		this.admin = this.people.admin();
		this.user = this.people.user();
		this.service = register(EXCHANGE);
	}

	@Test
	void whoAsksForAnAccessTokenGetsOneByRfc9068() {
		Answer answer = exchange("requested_token_type", ACCESS_TOKEN, "scope", "notes:read");
		assertThat(answer.<String>json("issued_token_type")).isEqualTo(ACCESS_TOKEN);
		SignedJWT jwt = jwt(answer);
		assertThat(jwt.getHeader().getType().getType()).isEqualTo("at+jwt");
		assertThat(claims(jwt).getClaims()).containsOnlyKeys("iss", "exp", "aud", "sub", "client_id", "iat", "jti",
				"scope", "token_id");
		Jwt read = atJwtDecoder(this.http.base()).decode(answer.json("access_token"));
		assertThat(read.getSubject()).isEqualTo(this.user.id().toString());
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "", TYPE + "jwt" })
	void whoAsksForAJwtOrForNothingGetsAPlainOne(String requested) {
		Answer answer = "none".equals(requested) ? exchange() : exchange("requested_token_type", requested);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.<String>json("issued_token_type")).isEqualTo(TYPE + "jwt");
		assertThat(jwt(answer).getHeader().getType()).isEqualTo(JOSEObjectType.JWT);
	}

	@ParameterizedTest
	@ValueSource(strings = { TYPE + "refresh_token", TYPE + "id_token", TYPE + "saml2", "jwt", "JWT", " " })
	void noOtherTypeIsGiven(String requested) {
		assertRefused(exchange("requested_token_type", requested), "invalid_request");
	}

	@Test
	void springsResourceServerTakesWhatIsGivenToWhoAsksForNothing() {
		JwtDecoder stock = JwtDecoders.fromIssuerLocation(this.http.base());
		Jwt read = stock.decode(exchange("scope", "notes:read").json("access_token"));
		assertThat(read.getClaimAsString("iss")).isEqualTo(this.http.base());
		assertThat(read.getAudience()).containsExactly(this.http.base());
		String access = exchange("requested_token_type", ACCESS_TOKEN).json("access_token");
		assertThatExceptionOfType(BadJwtException.class).isThrownBy(() -> stock.decode(access));
		assertThat(atJwtDecoder(this.http.base()).decode(access).getId()).isNotBlank();
	}

	@Test
	void aClockThatIsBehindTakesItAtOnce() {
		assertThat(claims(jwt(exchange())).getNotBeforeTime()).isNull();
	}

	@Test
	void itIsMeantForThisServerUnlessTheClientSaysOtherwise() {
		assertThat(audience(exchange())).containsExactly(this.http.base());
		assertThat(audience(exchange("audience", ""))).containsExactly(this.http.base());
		assertThat(audience(exchange("audience", RS))).containsExactly(RS);
		assertThat(audience(exchange("audience", RS, "audience", "parcels", "audience", RS)))
			.containsExactlyInAnyOrder(RS, "parcels");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "https://rs.example/", "HTTPS://rs.example", "other", " ", "*", "https://rs.example parcels" })
	void itIsMeantForNobodyThatTheClientIsNotRegisteredFor(String audience) {
		assertRefused(exchange("audience", audience), "invalid_target");
		assertRefused(exchange("audience", RS, "audience", audience), "invalid_target");
		assertRefused(exchange("resource", audience), "invalid_target");
	}

	@Test
	void notEvenForTheClientItself() {
		assertRefused(exchange("audience", this.service.client().clientId()), "invalid_target");
	}

	@Test
	void aResourceIsAnAudienceByItsAddress() {
		assertThat(audience(exchange("resource", RS))).containsExactly(RS);
		assertRefused(exchange("audience", RS, "resource", "https://other.example"), "invalid_target");
	}

	@Test
	void onlyAGoodAccessTokenIsExchanged() {
		String revoked = token();
		this.http.delete("/api/tokens/current", revoked);
		assertRefused(exchangeOf(revoked), "invalid_request");
		assertRefused(exchangeOf(exchange().json("access_token")), "invalid_request");
		assertRefused(exchangeOf("lkr_" + "0".repeat(49)), "invalid_request");
		assertRefused(exchangeOf(refreshToken()), "invalid_request");
		for (String type : List.of("refresh_token", "jwt", "id_token")) {
			assertRefused(send("/oauth2/token", "grant_type", EXCHANGE, "subject_token", token(), "subject_token_type",
					TYPE + type), "invalid_request");
		}
		assertRefused(exchange("subject_token", token()), "invalid_request");
		assertRefused(exchange("actor_token", token(), "actor_token_type", ACCESS_TOKEN), "invalid_request");
		assertRefused(exchange("actor_token_type", ACCESS_TOKEN), "invalid_request");
	}

	@Test
	void aTokenIsExchangedOnlyFromWhereItMayBeUsed() {
		assertThat(exchangeOf(bound("127.0.0.1/32").raw().reveal()).status()).isEqualTo(200);
		assertRefused(exchangeOf(bound("203.0.113.0/24").raw().reveal()), "invalid_request");
	}

	@Test
	void itMayDoNoMoreThanTheToken() {
		assertRefused(exchange("scope", "notes:read notes:write"), "invalid_scope");
		assertRefused(exchange("scope", "notes:*"), "invalid_scope");
		assertRefused(exchange("scope", "notes:read", "scope", "notes:read"), "invalid_request");
	}

	@Test
	void aClientWithoutTheGrantExchangesNothing() {
		this.service = register("client_credentials");
		assertRefused(exchange(), "unauthorized_client");
	}

	@Test
	void introspectionDescribesIt() {
		IssuedToken token = this.people.token(this.user, "notes:read", "user:read");
		SignedJWT jwt = jwt(exchangeOf(token.raw().reveal(), "audience", RS));
		assertThat(claims(jwt).getClaim("token_id")).isEqualTo(token.details().id().toString());
		Answer answer = introspect(jwt.serialize());
		int issuedAt = (int) claims(jwt).getIssueTime().toInstant().getEpochSecond();
		assertThat(JsonPath.<Map<String, Object>>read(answer.body(), "$"))
			.containsExactlyInAnyOrderEntriesOf(Map.ofEntries(Map.entry("active", true),
					Map.entry("scope", "notes:read"), Map.entry("client_id", this.service.client().clientId()),
					Map.entry("username", this.user.email()), Map.entry("sub", this.user.id().toString()),
					Map.entry("token_type", "Bearer"), Map.entry("exp", issuedAt + 300), Map.entry("iat", issuedAt),
					Map.entry("nbf", issuedAt), Map.entry("jti", claims(jwt).getJWTID()),
					Map.entry("iss", this.http.base()), Map.entry("aud", RS)));
		assertThat(introspect(exchange("audience", RS, "audience", "parcels").json("access_token"))
			.<List<String>>json("aud")).containsExactlyInAnyOrder(RS, "parcels");
	}

	@Test
	void springsIntrospectorTakesIt() {
		OAuth2AuthenticatedPrincipal caller = SpringOpaqueTokenIntrospector
			.withIntrospectionUri(this.http.base() + "/oauth2/introspect")
			.clientId(this.service.client().clientId())
			.clientSecret(this.service.secret().value())
			.build()
			.introspect(exchange("audience", RS).json("access_token"));
		assertThat(caller.<List<String>>getAttribute("aud")).containsExactly(RS);
	}

	@Test
	void itEndsForWhoAsksWithTheTokenThatItWasExchangedFor() {
		String revoked = token();
		String jwt = exchangeOf(revoked).json("access_token");
		assertActive(jwt);
		send("/oauth2/revoke", "token", revoked);
		assertInactive(jwt);
		String rotated = this.people.raw(this.user, "notes:read", "tokens:rotate");
		String before = exchangeOf(rotated).json("access_token");
		this.http.post("/api/tokens/current/rotate", rotated, null);
		assertInactive(before);
	}

	@Test
	void itEndsForWhoAsksWithItsOwner() {
		String jwt = exchange().json("access_token");
		this.people.disable(this.user);
		assertInactive(jwt);
	}

	@Test
	void itEndsForWhoAsksWithItsClient() {
		String jwt = exchange().json("access_token");
		RegisteredSecret gone = this.service;
		this.service = register(EXCHANGE);
		assertActive(jwt);
		this.removal.remove(this.people.signedIn(this.admin).actor(), gone.client().id());
		assertInactive(jwt);
	}

	@Test
	void itEndsWithItsTime() {
		this.clock.stop();
		String jwt = exchange().json("access_token");
		this.clock.advance(Duration.ofMinutes(5).minusSeconds(1));
		assertActive(jwt);
		this.clock.advance(Duration.ofSeconds(1));
		assertInactive(jwt);
	}

	@Test
	void itIsGoodWhereItsTokenIs() {
		String jwt = exchangeOf(bound("127.0.0.1/32").raw().reveal()).json("access_token");
		assertActive(jwt);
		assertThat(send("/oauth2/introspect", "token", jwt, "client_ip", "203.0.113.9").body())
			.isEqualTo("{\"active\":false}");
	}

	@Test
	void itsScopesShrinkWithThoseOfItsTokenAndNeverGrow() {
		IssuedToken token = this.people.token(this.user, "notes:read", "notes:write");
		String jwt = exchangeOf(token.raw().reveal(), "scope", "notes:read notes:write").json("access_token");
		String narrow = exchangeOf(token.raw().reveal(), "scope", "notes:write").json("access_token");
		assertThat(introspect(jwt).<String>json("scope")).isEqualTo("notes:read notes:write");
		assertThat(introspect(narrow).<String>json("scope")).isEqualTo("notes:write");
		Answer narrowed = this.http.patch("/api/tokens/" + token.details().id(),
				this.people.raw(this.user, "tokens:write", "notes:read", "notes:write"),
				"{\"scopes\":[\"notes:read\"]}");
		assertThat(narrowed.status()).isEqualTo(200);
		assertThat(introspect(jwt).<String>json("scope")).isEqualTo("notes:read");
		assertThat(introspect(narrow).<String>json("scope")).isEmpty();
	}

	@Test
	void aKeyThatSignsNoMoreButIsPublishedStillSpeaksForIt() throws Exception {
		this.clock.stop();
		String token = this.people.raw(this.user,
				TokenRequest.of("notes:read").endingAt(this.clock.instant().plus(Duration.ofDays(60))));
		String jwt = exchangeOf(token).json("access_token");
		String kid = SignedJWT.parse(jwt).getHeader().getKeyID();
		for (int n = 0; n < 800 && kid.equals(this.keys.signing().getKeyID()); n++) {
			this.clock.advance(Duration.ofMinutes(4));
			this.keys.maintain();
			if (kid.equals(this.keys.signing().getKeyID())) {
				jwt = exchangeOf(token).json("access_token");
				kid = SignedJWT.parse(jwt).getHeader().getKeyID();
			}
		}
		assertThat(this.keys.signing().getKeyID()).isNotEqualTo(kid);
		assertThat(JWKSet.parse(this.http.get("/oauth2/jwks").body()).getKeyByKeyId(kid)).isNotNull();
		assertActive(jwt);
	}

	@ParameterizedTest
	@MethodSource("forgeries")
	void whatThisServerHasNotSignedIsUnknown(Forgery forgery) throws Exception {
		SignedJWT jwt = jwt(exchange());
		String forged = forgery.of(jwt, this.keys.signing().toPublicJWK());
		assertInactive(forged);
		assertThat(send("/oauth2/revoke", "token", forged).status()).isEqualTo(200);
		assertActive(jwt.serialize());
	}

	static Stream<Forgery> forgeries() {
		return Stream.of((jwt, key) -> new PlainJWT(claims(jwt)).serialize(),
				(jwt, key) -> "eyJhbGciOiJub25lIn0." + jwt.getPayload().toBase64URL() + ".", (jwt, key) -> {
					SignedJWT hmac = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT)
						.keyID(key.getKeyID())
						.build(), claims(jwt));
					hmac.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
					return hmac.serialize();
				}, (jwt, key) -> signed(jwt, "no-such-key"), (jwt, key) -> signed(jwt, key.getKeyID()), (jwt, key) -> {
					RSAKey own = new RSAKeyGenerator(2048).keyID("embedded").generate();
					SignedJWT embedded = new SignedJWT(
							new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("embedded").jwk(own.toPublicJWK()).build(),
							claims(jwt));
					embedded.sign(new RSASSASigner(own));
					return embedded.serialize();
				}, (jwt, key) -> {
					String[] parts = jwt.serialize().split("\\.");
					String claims = new JWTClaimsSet.Builder(claims(jwt)).claim("scope", "notes:read users:write")
						.build()
						.toString();
					return parts[0] + "."
							+ Base64.getUrlEncoder()
								.withoutPadding()
								.encodeToString(claims.getBytes(StandardCharsets.UTF_8))
							+ "." + parts[2];
				}, (jwt, key) -> jwt.serialize() + "x", (jwt, key) -> "a.b.c", (jwt, key) -> "..",
				(jwt, key) -> header("{\"alg\":\"RS256\"}") + ".e30.AA",
				(jwt, key) -> header("{\"alg\":5}") + ".e30.AA",
				(jwt, key) -> header("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"crit\":[\"b64\"],\"b64\":false}")
						+ ".e30.AA",
				(jwt, key) -> header("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "..",
				(jwt, key) -> header("[".repeat(9000)) + ".e30.AA");
	}

	private static String header(String json) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void whetherItIsOursIsNotDecidedWithoutTheKeys() {
		SigningKeyStore nowhere = new SigningKeyStore(
				JdbcClient.create(new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/none")));
		Jwts blind = new Jwts(new SigningKeys(nowhere, this.seal, this.properties, this.transactions, this.clock));
		String jwt = exchange().json("access_token");
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> blind.read(jwt));
	}

	@Test
	void aJwtOfThisServerCannotBeRevoked() {
		this.clock.stop();
		String jwt = exchange().json("access_token");
		String access = exchange("requested_token_type", ACCESS_TOKEN).json("access_token");
		for (String one : List.of(jwt, access, jwt + "\n")) {
			assertRefused(send("/oauth2/revoke", "token", one), "unsupported_token_type");
		}
		this.clock.advance(Duration.ofMinutes(6));
		assertRefused(send("/oauth2/revoke", "token", jwt), "unsupported_token_type");
	}

	@Test
	void whatWasSignedWithoutANameOfItsTokenIsGoodForNothing() {
		Instant now = this.clock.instant();
		for (String tokenId : List.of("nonsense", UUID.randomUUID().toString())) {
			assertInactive(this.jwts.sign(JwtType.JWT,
					JwtClaimsSet.builder()
						.claim("client_id", this.service.client().clientId())
						.claim("token_id", tokenId)
						.issuedAt(now)
						.expiresAt(now.plusSeconds(60))
						.build()));
		}
	}

	private RegisteredSecret register(String grantType) {
		return this.registrations.register(this.people.signedIn(this.admin).actor(),
				ClientRequest.named("Exchanging")
					.allowed("notes:read", "notes:write")
					.by(grantType)
					.signingFor(RS, "parcels")
					.asked());
	}

	private String token() {
		return this.people.raw(this.user, "notes:read", "user:read");
	}

	private IssuedToken bound(String network) {
		return this.people.token(this.user, TokenRequest.of("notes:read").onlyAt(network));
	}

	private String refreshToken() {
		return this.apps.own(this.user).signIn(this.user).json("refresh_token");
	}

	private Answer exchange(String... more) {
		return exchangeOf(token(), more);
	}

	private Answer exchangeOf(String subject, String... more) {
		List<String> form = new ArrayList<>(
				List.of("grant_type", EXCHANGE, "subject_token", subject, "subject_token_type", ACCESS_TOKEN));
		Collections.addAll(form, more);
		return send("/oauth2/token", form.toArray(String[]::new));
	}

	private Answer introspect(String token) {
		return send("/oauth2/introspect", "token", token);
	}

	private Answer send(String path, String... form) {
		return this.http.postForm(path, Forms.basic(this.service.client().clientId(), this.service.secret().value()),
				form);
	}

	private JwtDecoder atJwtDecoder(String audience) {
		NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(this.http.base() + "/oauth2/jwks")
			.validateType(false)
			.build();
		decoder.setJwtValidator(JwtValidators.createAtJwtValidator()
			.issuer(this.http.base())
			.audience(audience)
			.clientId(this.service.client().clientId())
			.build());
		return decoder;
	}

	private void assertActive(String jwt) {
		assertThat(introspect(jwt).<Boolean>json("active")).isTrue();
	}

	private void assertInactive(String jwt) {
		Answer answer = introspect(jwt);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("{\"active\":false}");
	}

	private static void assertRefused(Answer answer, String error) {
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.<String>json("error")).isEqualTo(error);
		assertThat(answer.<String>json("error_description")).isNotBlank();
	}

	private static String signed(SignedJWT jwt, String kid) throws Exception {
		SignedJWT other = new SignedJWT(
				new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).keyID(kid).build(), claims(jwt));
		other.sign(new RSASSASigner(new RSAKeyGenerator(2048).generate()));
		return other.serialize();
	}

	private static List<String> audience(Answer answer) {
		return claims(jwt(answer)).getAudience();
	}

	private static SignedJWT jwt(Answer answer) {
		try {
			return SignedJWT.parse(answer.json("access_token"));
		}
		catch (ParseException ex) {
			throw new AssertionError(ex);
		}
	}

	private static JWTClaimsSet claims(SignedJWT jwt) {
		try {
			return jwt.getJWTClaimsSet();
		}
		catch (ParseException ex) {
			throw new AssertionError(ex);
		}
	}

	/** Makes something that looks like the JWT. */
	@FunctionalInterface
	interface Forgery {

		String of(SignedJWT jwt, RSAKey key) throws Exception;

	}

}
