package dev.latchkey.api;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Caller;
import dev.latchkey.caller.CurrentActor;
import dev.latchkey.problem.ProblemException;
import dev.latchkey.scope.GivesNoRight;
import dev.latchkey.scope.GivesRight;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.token.Expiry;
import dev.latchkey.token.NewToken;
import dev.latchkey.token.RevocationCause;
import dev.latchkey.token.ScopeUsage;
import dev.latchkey.token.TokenChange;
import dev.latchkey.token.TokenEditor;
import dev.latchkey.token.TokenIssuer;
import dev.latchkey.token.TokenQueries;
import dev.latchkey.token.TokenRevocation;
import dev.latchkey.token.TokenRotation;
import dev.latchkey.web.ItemPage;
import dev.latchkey.web.PageQuery;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The caller's own tokens.
 */
@RestController
@RequestMapping("/api/tokens")
class TokenController {

	private final TokenQueries queries;

	private final TokenIssuer issuer;

	private final TokenEditor editor;

	private final TokenRotation rotation;

	private final TokenRevocation revocation;

	private final ScopeUsage usage;

	TokenController(TokenQueries queries, TokenIssuer issuer, TokenEditor editor, TokenRotation rotation,
			TokenRevocation revocation, ScopeUsage usage) {
		this.queries = queries;
		this.issuer = issuer;
		this.editor = editor;
		this.rotation = rotation;
		this.revocation = revocation;
		this.usage = usage;
	}

	@GetMapping
	@RequiresScope("tokens:read")
	ItemPage<TokenBody> list(@AuthenticationPrincipal Caller caller, @RequestParam @Nullable String state,
			@RequestParam @Nullable String q, @RequestParam @Nullable String sort, PageQuery page) {
		return TokenResponses.page(
				this.queries.list(caller.userId(), TokenResponses.filter(state, q, sort), page.page(), page.size()),
				page);
	}

	@PostMapping
	@RequiresScope("tokens:write")
	@GivesRight
	ResponseEntity<TokenBody> create(@CurrentActor Actor actor, @RequestBody NewToken wanted) {
		return TokenResponses.created(this.issuer.issue(actor, wanted));
	}

	@DeleteMapping
	@GivesNoRight
	@RequiresScope("tokens:write")
	Map<String, Integer> revokeAll(@CurrentActor Actor actor,
			@RequestParam(name = "except_current") @Nullable String exceptCurrent) {
		UUID except = TokenResponses.flag("except_current", exceptCurrent) ? actor.tokenId() : null;
		return Map.of("revoked", this.revocation.revokePersonal(actor, except, RevocationCause.REQUESTED));
	}

	@GetMapping("/{id}")
	@RequiresScope("tokens:read")
	TokenBody one(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		return this.queries.find(caller.userId(), TokenResponses.id(id))
			.map((token) -> TokenBody.of(token, this.usage.of(token)))
			.orElseThrow(ProblemException::notFound);
	}

	@PatchMapping("/{id}")
	@GivesRight(always = false)
	@RequiresScope("tokens:write")
	TokenBody change(@CurrentActor Actor actor, @PathVariable String id, @RequestBody TokenChange change) {
		return this.editor.change(actor, TokenResponses.id(id), change)
			.map(TokenBody::of)
			.orElseThrow(ProblemException::notFound);
	}

	@PostMapping("/{id}/rotate")
	@RequiresScope("tokens:write")
	@GivesRight
	ResponseEntity<TokenBody> rotate(@CurrentActor Actor actor, @PathVariable String id,
			@RequestBody(required = false) @Nullable RotationBody wanted) {
		RotationBody body = RotationBody.orEmpty(wanted);
		return this.rotation.rotate(actor, TokenResponses.id(id), body.gracePeriod(), body.expiresAt())
			.map(TokenResponses::created)
			.orElseThrow(ProblemException::notFound);
	}

	@DeleteMapping("/{id}")
	@GivesNoRight
	@RequiresScope("tokens:write")
	ResponseEntity<Void> revoke(@CurrentActor Actor actor, @PathVariable String id,
			@RequestParam @Nullable String descendants, @RequestParam @Nullable String reason) {
		if (!this.revocation.revoke(actor, actor.userId(), TokenResponses.id(id),
				TokenResponses.flag("descendants", descendants), TokenResponses.reason(reason))) {
			throw ProblemException.notFound();
		}
		return ResponseEntity.noContent().build();
	}

	/** How to rotate: how long the old token lives on, and when the new one ends. */
	record RotationBody(@Nullable Duration gracePeriod, @Nullable Expiry expiresAt) {

		static RotationBody orEmpty(@Nullable RotationBody body) {
			return (body != null) ? body : new RotationBody(null, null);
		}

	}

}
