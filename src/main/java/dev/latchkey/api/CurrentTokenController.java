package dev.latchkey.api;

import java.util.Optional;
import java.util.UUID;

import dev.latchkey.api.TokenController.RotationBody;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.CurrentActor;
import dev.latchkey.problem.ProblemException;
import dev.latchkey.scope.AnyToken;
import dev.latchkey.scope.GivesNoRight;
import dev.latchkey.scope.GivesRight;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.token.TokenRevocation;
import dev.latchkey.token.TokenRotation;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.CurrentSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The presented token itself: every token may look at and end itself, and rotate itself
 * where a scope says so.
 */
@RestController
@AnyToken
@RequestMapping("/api/tokens/current")
class CurrentTokenController {

	private final TokenRotation rotation;

	private final TokenRevocation revocation;

	CurrentTokenController(TokenRotation rotation, TokenRevocation revocation) {
		this.rotation = rotation;
		this.revocation = revocation;
	}

	@GetMapping
	TokenBody current(@CurrentSecurityContext SecurityContext context) {
		TokenBody token = TokenBody.of(context);
		if (token == null) {
			throw ProblemException.notFound();
		}
		return token;
	}

	@PostMapping("/rotate")
	@RequiresScope(anyOf = { "tokens:rotate", "tokens:write" })
	@GivesRight
	ResponseEntity<TokenBody> rotate(@CurrentActor Actor actor,
			@RequestBody(required = false) @Nullable RotationBody wanted) {
		UUID token = token(actor);
		RotationBody body = RotationBody.orEmpty(wanted);
		return this.rotation.rotate(actor, token, body.gracePeriod(), body.expiresAt())
			.map(TokenResponses::created)
			.orElseThrow(ProblemException::notFound);
	}

	@DeleteMapping
	@GivesNoRight
	ResponseEntity<Void> revoke(@CurrentActor Actor actor, @RequestParam @Nullable String descendants,
			@RequestParam @Nullable String reason) {
		this.revocation.revoke(actor, actor.userId(), token(actor), TokenResponses.flag("descendants", descendants),
				TokenResponses.reason(reason));
		return ResponseEntity.noContent().build();
	}

	/** A web session has no token: to it, these routes do not exist. */
	private static UUID token(Actor actor) {
		return Optional.ofNullable(actor.tokenId()).orElseThrow(ProblemException::notFound);
	}

}
