package dev.latchkey.client;

import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.CurrentActor;
import dev.latchkey.problem.ProblemException;
import dev.latchkey.scope.GivesNoRight;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.value.Ids;
import dev.latchkey.web.ItemPage;
import dev.latchkey.web.PageQuery;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The clients that stay away, for administrators.
 */
@RestController
@RequestMapping("/api/removed-clients")
class RemovedClientController {

	private final RemovedClients removed;

	RemovedClientController(RemovedClients removed) {
		this.removed = removed;
	}

	@GetMapping
	@RequiresScope("users:read")
	ItemPage<RemovedClient> list(PageQuery query) {
		return ItemPage.of(this.removed.list(query.offset(), query.size()), query, this.removed.count());
	}

	@DeleteMapping("/{id}")
	@RequiresScope({ "users:read", "users:write" })
	@GivesNoRight
	ResponseEntity<Void> readmit(@CurrentActor Actor actor, @PathVariable String id) {
		UUID parsed = Ids.parse(id).orElseThrow(ProblemException::notFound);
		if (!this.removed.readmit(actor, parsed)) {
			throw ProblemException.notFound();
		}
		return ResponseEntity.noContent().build();
	}

}
