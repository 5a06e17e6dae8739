package dev.latchkey.account;

import java.util.Map;
import java.util.UUID;

import dev.latchkey.api.TokenBody;
import dev.latchkey.api.TokenResponses;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.CurrentActor;
import dev.latchkey.problem.ProblemException;
import dev.latchkey.scope.GivesNoRight;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.token.RevocationCause;
import dev.latchkey.token.TokenQueries;
import dev.latchkey.token.TokenRevocation;
import dev.latchkey.web.ItemPage;
import dev.latchkey.web.PageQuery;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Anybody's tokens, for administrators.
 */
@RestController
@RequestMapping("/api/users/{userId}/tokens")
class UserTokensController {

	private final TokenHolders holders;

	private final TokenQueries queries;

	private final TokenRevocation revocation;

	UserTokensController(TokenHolders holders, TokenQueries queries, TokenRevocation revocation) {
		this.holders = holders;
		this.queries = queries;
		this.revocation = revocation;
	}

	@GetMapping
	@RequiresScope("users:read")
	ItemPage<TokenBody> list(@PathVariable String userId, @RequestParam @Nullable String state,
			@RequestParam @Nullable String q, @RequestParam @Nullable String sort, PageQuery page) {
		return TokenResponses.page(
				this.queries.list(existing(userId), TokenResponses.filter(state, q, sort), page.page(), page.size()),
				page);
	}

	@DeleteMapping
	@GivesNoRight
	@RequiresScope("users:write")
	Map<String, Integer> revokeAll(@CurrentActor Actor actor, @PathVariable String userId) {
		return Map.of("revoked", this.revocation.revokeAll(actor, existing(userId), RevocationCause.REQUESTED));
	}

	@DeleteMapping("/{id}")
	@GivesNoRight
	@RequiresScope("users:write")
	ResponseEntity<Void> revoke(@CurrentActor Actor actor, @PathVariable String userId, @PathVariable String id,
			@RequestParam @Nullable String descendants, @RequestParam @Nullable String reason) {
		if (!this.revocation.revoke(actor, existing(userId), TokenResponses.id(id),
				TokenResponses.flag("descendants", descendants), TokenResponses.reason(reason))) {
			throw ProblemException.notFound();
		}
		return ResponseEntity.noContent().build();
	}

	private UUID existing(String userId) {
		return this.holders.byId(userId).orElseThrow(ProblemException::notFound);
	}

}
