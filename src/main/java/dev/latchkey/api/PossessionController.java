package dev.latchkey.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Caller;
import dev.latchkey.caller.CurrentActor;
import dev.latchkey.limit.NetworkLimits;
import dev.latchkey.limit.NetworkLimits.Door;
import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemException;
import dev.latchkey.problem.Problems;
import dev.latchkey.scope.GivesNoRight;
import dev.latchkey.scope.Public;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.token.RawToken;
import dev.latchkey.token.RevocationCause;
import dev.latchkey.token.TokenDiagnosis;
import dev.latchkey.token.TokenDiagnosis.Diagnosis;
import dev.latchkey.token.TokenDigest;
import dev.latchkey.token.TokenReader;
import dev.latchkey.token.TokenRevocation;
import dev.latchkey.value.FieldFault;
import dev.latchkey.value.Secret;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the holder of a token may do because of holding it, and what its finder may do who
 * knows its hash.
 */
@RestController
@RequestMapping("/api/tokens")
class PossessionController {

	private static final int MAX_TOKENS = 1000;

	private final TokenReader reader;

	private final TokenRevocation revocation;

	private final TokenDiagnosis diagnosis;

	private final NetworkLimits limits;

	private final TokenReach reach;

	PossessionController(TokenReader reader, TokenRevocation revocation, TokenDiagnosis diagnosis, NetworkLimits limits,
			TokenReach reach) {
		this.reader = reader;
		this.revocation = revocation;
		this.diagnosis = diagnosis;
		this.limits = limits;
		this.reach = reach;
	}

	@Public
	@PostMapping("/revoke")
	@GivesNoRight
	ResponseEntity<Void> revoke(@CurrentActor Actor actor, @RequestBody HeldTokens held) {
		this.limits.count(Door.REPORT, "");
		List<@Nullable Secret> tokens = held.tokens();
		if (tokens == null || tokens.isEmpty() || tokens.size() > MAX_TOKENS) {
			throw ProblemException.invalid("tokens", "must have 1 to %d entries".formatted(MAX_TOKENS));
		}
		this.revocation.revokeByPossession(actor, read(tokens), RevocationCause.LEAKED);
		return ResponseEntity.accepted().build();
	}

	/** A report that names no token does nothing, and must not look as if it did. */
	private List<RawToken> read(List<@Nullable Secret> tokens) {
		List<RawToken> read = new ArrayList<>();
		List<FieldFault> faults = new ArrayList<>();
		for (int i = 0; i < tokens.size(); i++) {
			Secret token = tokens.get(i);
			String field = "tokens[%d]".formatted(i);
			Optional.ofNullable(token)
				.flatMap((given) -> this.reader.parseCopied(given.value()))
				.ifPresentOrElse(read::add, () -> faults.add(new FieldFault(field, "must be a token of this server")));
		}
		if (!faults.isEmpty()) {
			throw new ProblemException(ProblemCode.VALIDATION_FAILED, Problems.INVALID_FIELDS, faults);
		}
		return read;
	}

	/**
	 * Of whoever reports with a good token, nobody else of his network uses up the room.
	 */
	@PostMapping("/revoke-by-hash")
	@GivesNoRight
	@RequiresScope("tokens:write")
	ResponseEntity<Void> revokeByHash(@AuthenticationPrincipal Caller caller, @CurrentActor Actor actor,
			@RequestBody FoundHash found) {
		this.limits.count(Door.REPORT, caller.userId().toString());
		TokenDigest digest = TokenDigest.parse((found.tokenHash() != null) ? found.tokenHash() : "")
			.orElseThrow(
					() -> ProblemException.invalid("token_hash", "must be the 64 hexadecimal digits of a SHA-256"));
		if (!this.revocation.revokeByDigest(actor, digest, this.reach.of(caller))) {
			throw new ProblemException(ProblemCode.NOT_FOUND,
					"There is no token with this hash that is yours to revoke.");
		}
		return ResponseEntity.noContent().build();
	}

	/** Whoever holds a token learns about it, however many others guess beside him. */
	@Public
	@PostMapping("/diagnose")
	@GivesNoRight
	Diagnosis diagnose(@CurrentActor Actor actor, @RequestBody HeldToken held) {
		Secret token = held.token();
		if (token == null) {
			throw ProblemException.invalid("token", "must be there");
		}
		Diagnosis diagnosed = this.diagnosis.diagnose(actor, token.value());
		if (!diagnosed.isOfToken()) {
			this.limits.count(Door.DIAGNOSE, "");
		}
		return diagnosed;
	}

	/** An entry that is null is one that is no token. */
	record HeldTokens(@JsonSetter(contentNulls = Nulls.SET) @Nullable List<@Nullable Secret> tokens) {

	}

	record HeldToken(@Nullable Secret token) {

	}

	record FoundHash(@Nullable String tokenHash) {

		@Override
		public String toString() {
			return "FoundHash[****]";
		}

	}

}
