package dev.latchkey.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.latchkey.account.LoginTokens;
import dev.latchkey.account.PasswordLogin;
import dev.latchkey.account.ProvenPassword;
import dev.latchkey.account.RawPassword;
import dev.latchkey.api.TokenBody;
import dev.latchkey.api.TokenResponses;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.caller.Caller;
import dev.latchkey.caller.CurrentActor;
import dev.latchkey.caller.CurrentToken;
import dev.latchkey.problem.ProblemException;
import dev.latchkey.scope.AnyToken;
import dev.latchkey.scope.GivesNoRight;
import dev.latchkey.scope.GivesRight;
import dev.latchkey.scope.Public;
import dev.latchkey.scope.ScopeDeniedException;
import dev.latchkey.token.Expiry;
import dev.latchkey.token.NewToken;
import dev.latchkey.token.RevocationCause;
import dev.latchkey.token.TokenRevocation;
import dev.latchkey.value.FieldFault;
import dev.latchkey.value.InvalidFieldsException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * A token for a password, and the end of it.
 */
@RestController
class LoginController {

	private static final String WRITE = "tokens:write";

	private final PasswordLogin login;

	private final LoginTokens tokens;

	private final TokenRevocation revocation;

	private final ApplicationEventPublisher events;

	LoginController(PasswordLogin login, LoginTokens tokens, TokenRevocation revocation,
			ApplicationEventPublisher events) {
		this.login = login;
		this.tokens = tokens;
		this.revocation = revocation;
		this.events = events;
	}

	@Public
	@PostMapping("/api/login")
	@GivesRight
	ResponseEntity<TokenBody> login(@CurrentActor Actor actor, @RequestBody LoginBody body) {
		String email = body.email();
		RawPassword password = body.password();
		if (email == null || password == null) {
			throw new InvalidFieldsException(body.missing());
		}
		ProvenPassword proven = this.login.authenticate(actor, email, password)
			.orElseThrow(LoginController::badCredentials);
		NewToken wanted = NewToken.until(body.expiresAt(), body.tokenName(), body.scopes());
		try {
			return TokenResponses.created(this.tokens.issue(actor, proven, wanted));
		}
		catch (InvalidFieldsException ex) {
			this.events.publishEvent(proven.refused(actor, "such a token is not made"));
			throw ex.withField("name", "token_name");
		}
		catch (AccessDeniedException ex) {
			this.events.publishEvent(proven.refused(actor, "changed meanwhile"));
			throw badCredentials();
		}
	}

	private static ProblemException badCredentials() {
		return ProblemException.invalid("email", "The provided credentials are incorrect.");
	}

	@AnyToken
	@PostMapping("/api/logout")
	@GivesNoRight
	Map<String, String> logout(@AuthenticationPrincipal Caller caller, @CurrentActor Actor actor,
			@RequestBody(required = false) @Nullable LogoutBody body, HttpServletRequest request) {
		if (body != null && Objects.equals(body.all(), true)) {
			if (caller.token() != null && caller.cannot(WRITE)) {
				throw new ScopeDeniedException(List.of(WRITE));
			}
			this.revocation.revokeAll(actor, caller.userId(), RevocationCause.LOGOUT);
		}
		caller.currentToken()
			.ifPresentOrElse((token) -> this.revocation.revoke(actor, caller.userId(), token.id(), false,
					RevocationCause.LOGOUT), () -> end(request.getSession(false)));
		this.events.publishEvent(AuditedAct
			.ofToken(AuditAction.LOGOUT, actor, caller.userId(),
					caller.currentToken().map(CurrentToken::id).orElse(null))
			.saying((body != null && Objects.equals(body.all(), true)) ? "everywhere" : null));
		return Map.of("message", "Logged out");
	}

	private static void end(@Nullable HttpSession session) {
		if (session != null) {
			session.invalidate();
		}
	}

	record LoginBody(@Nullable String email, @Nullable RawPassword password, @Nullable String tokenName,
			@Nullable List<@Nullable String> scopes, @Nullable Expiry expiresAt) {

		/** All that has to be there and is not, whatever of it was asked for first. */
		List<FieldFault> missing() {
			Map<String, @Nullable Object> given = new LinkedHashMap<>();
			given.put("email", this.email);
			given.put("password", this.password);
			given.put("token_name", this.tokenName);
			given.put("scopes", this.scopes);
			return given.entrySet()
				.stream()
				.filter((field) -> field.getValue() == null)
				.map((field) -> new FieldFault(field.getKey(), "must be there"))
				.toList();
		}

	}

	record LogoutBody(@Nullable Boolean all) {

	}

}
