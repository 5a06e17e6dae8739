package dev.latchkey.api;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Caller;
import dev.latchkey.caller.CurrentActor;
import dev.latchkey.problem.ProblemException;
import dev.latchkey.scope.GivesNoRight;
import dev.latchkey.scope.GivesRight;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.token.TokenSuspension;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes tokens out of use for a time: one's own, and for administrators anybody's.
 */
@RestController
@RequestMapping("/api/tokens/{id}")
class SuspensionController {

	private final TokenSuspension suspension;

	private final TokenReach reach;

	SuspensionController(TokenSuspension suspension, TokenReach reach) {
		this.suspension = suspension;
		this.reach = reach;
	}

	@PostMapping("/suspend")
	@GivesNoRight
	@RequiresScope(anyOf = { "tokens:write", "users:write" })
	ResponseEntity<Void> suspend(@AuthenticationPrincipal Caller caller, @CurrentActor Actor actor,
			@PathVariable String id, @RequestBody(required = false) @Nullable Nothing body) {
		return answer(this.suspension.suspend(actor, this.reach.of(caller), TokenResponses.id(id)));
	}

	@PostMapping("/resume")
	@GivesRight
	@RequiresScope(anyOf = { "tokens:write", "users:write" })
	ResponseEntity<Void> resume(@AuthenticationPrincipal Caller caller, @CurrentActor Actor actor,
			@PathVariable String id, @RequestBody(required = false) @Nullable Nothing body) {
		return answer(this.suspension.resume(actor, this.reach.of(caller), TokenResponses.id(id)));
	}

	private static ResponseEntity<Void> answer(boolean found) {
		if (!found) {
			throw ProblemException.notFound();
		}
		return ResponseEntity.noContent().build();
	}

	/** A body without a field. */
	record Nothing() {

	}

}
