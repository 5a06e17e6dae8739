package dev.latchkey.grant;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.latchkey.account.RawPassword;
import dev.latchkey.caller.Actor;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientAuthenticator;
import dev.latchkey.client.ClientAuthenticator.Presented;
import dev.latchkey.client.ClientSecret;
import dev.latchkey.client.GrantType;
import dev.latchkey.scope.GivesRight;
import dev.latchkey.scope.Public;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.QuotaExceededException;
import dev.latchkey.token.RawToken;
import dev.latchkey.value.Secret;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Access and refresh tokens for credentials in a JSON body.
 */
@Public
@GivesRight
@RestController
@RequestMapping("/security")
class CredentialFlowController {

	private final ClientAuthenticator gate;

	private final PasswordFlow passwords;

	private final RefreshFlow refreshes;

	private final FlowScopes scopes;

	CredentialFlowController(ClientAuthenticator gate, PasswordFlow passwords, RefreshFlow refreshes,
			FlowScopes scopes) {
		this.gate = gate;
		this.passwords = passwords;
		this.refreshes = refreshes;
		this.scopes = scopes;
	}

	@PostMapping("/generate-token")
	ResponseEntity<Object> generate(@RequestBody PasswordBody body, HttpServletRequest request) {
		return this.scopes.read(body.scope())
			.filter((wanted) -> GrantType.PASSWORD.value().equals(body.grantType()))
			.flatMap((wanted) -> client(request, body.clientId(), body.clientSecret())
				.flatMap((client) -> this.passwords.signIn(Actor.of(request), client, orEmpty(body.username()),
						(body.password() != null) ? body.password() : new RawPassword(""), wanted)))
			.map(this::answer)
			.orElseGet(() -> CredentialRefusal.credentials());
	}

	@PostMapping("/refresh-token")
	ResponseEntity<Object> refresh(@RequestBody RefreshBody body, HttpServletRequest request) {
		Secret token = body.refreshToken();
		RedemptionAttempt attempt = RedemptionAttempt.of(request,
				token != null && this.refreshes.isUnspent(token.value()));
		if (token == null || !GrantType.REFRESH_TOKEN.value().equals(body.grantType())
				|| (body.scope() != null && this.scopes.read(body.scope()).isEmpty())) {
			return CredentialRefusal.refreshToken();
		}
		return client(request, body.clientId(), body.clientSecret())
			.flatMap((client) -> this.refreshes.redeem(Actor.of(request), client, token.value(),
					this.scopes.read(body.scope()).filter((wanted) -> !wanted.covers(Scopes.ALL)).orElse(null), null,
					attempt))
			.map(this::answer)
			.orElseGet(() -> CredentialRefusal.refreshToken());
	}

	@ExceptionHandler(QuotaExceededException.class)
	ResponseEntity<Object> tooMany(QuotaExceededException refusal) {
		return CredentialRefusal.quota(String.valueOf(refusal.getMessage()));
	}

	private Optional<Client> client(HttpServletRequest request, @Nullable String id, @Nullable ClientSecret secret) {
		return this.gate.prove(request, new Presented(orEmpty(id), secret));
	}

	private ResponseEntity<Object> answer(TokenPair pair) {
		IssuedToken refresh = pair.refresh();
		Instant end = pair.access().details().terms().expiresAt();
		Duration life = Duration.between(pair.access().details().history().createdAt(),
				(end != null) ? end : Instant.MAX);
		return ResponseEntity.ok()
			.cacheControl(CacheControl.noStore())
			.body(new TokensBody("Bearer", life.toSeconds(), pair.access().raw(),
					(refresh != null) ? refresh.raw() : null));
	}

	private static String orEmpty(@Nullable String text) {
		return (text != null) ? text : "";
	}

	/** An empty text is as if left out, as in a form (RFC 6749 section 3.2). */
	private static @Nullable String given(@Nullable String text) {
		return (text != null && !text.isEmpty()) ? text : null;
	}

	private static @Nullable ClientSecret given(@Nullable ClientSecret secret) {
		return (secret != null && !secret.value().isEmpty()) ? secret : null;
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record PasswordBody(@Nullable String grantType, @Nullable String clientId, @Nullable ClientSecret clientSecret,
			@Nullable String scope, @Nullable String username, @Nullable RawPassword password) {

		PasswordBody {
			clientId = given(clientId);
			clientSecret = given(clientSecret);
			scope = given(scope);
		}

	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record RefreshBody(@Nullable String grantType, @Nullable String clientId, @Nullable ClientSecret clientSecret,
			@Nullable String scope, @Nullable Secret refreshToken) {

		RefreshBody {
			clientId = given(clientId);
			clientSecret = given(clientSecret);
			scope = given(scope);
		}

	}

	record TokensBody(String tokenType, long expiresIn, RawToken accessToken, @Nullable RawToken refreshToken) {

	}

}
