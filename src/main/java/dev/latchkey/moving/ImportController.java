package dev.latchkey.moving;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.CurrentActor;
import dev.latchkey.scope.GivesRight;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.web.Takes;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes in the tokens of other systems, for superusers.
 */
@RestController
class ImportController {

	static final String SANCTUM = "/api/import/sanctum";

	static final String SHIELD = "/api/import/shield";

	static final String HASHES = "/api/import/hashes";

	static final String KEYS = "/api/import/keys";

	private static final String CSV = "text/csv";

	private final MovingIn moving;

	ImportController(MovingIn moving) {
		this.moving = moving;
	}

	@PostMapping(SANCTUM)
	@Takes(CSV)
	@GivesRight
	@RequiresScope("users:write")
	ImportReport sanctum(@CurrentActor Actor actor, @RequestParam @Nullable String scopes, @RequestBody byte[] csv) {
		return this.moving.take(actor, ImportSource.SANCTUM, csv, scopes);
	}

	@PostMapping(SHIELD)
	@Takes(CSV)
	@GivesRight
	@RequiresScope("users:write")
	ImportReport shield(@CurrentActor Actor actor, @RequestParam @Nullable String scopes, @RequestBody byte[] csv) {
		return this.moving.take(actor, ImportSource.SHIELD, csv, scopes);
	}

	@PostMapping(HASHES)
	@Takes(CSV)
	@GivesRight
	@RequiresScope("users:write")
	ImportReport hashes(@CurrentActor Actor actor, @RequestParam @Nullable String scopes, @RequestBody byte[] csv) {
		return this.moving.take(actor, ImportSource.HASHES, csv, scopes);
	}

	@PostMapping(KEYS)
	@Takes(CSV)
	@GivesRight
	@RequiresScope("users:write")
	ImportReport keys(@CurrentActor Actor actor, @RequestParam @Nullable String scopes, @RequestBody byte[] csv) {
		return this.moving.take(actor, ImportSource.KEYS, csv, scopes);
	}

}
