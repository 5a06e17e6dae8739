package dev.latchkey.client;

import java.net.URI;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.CurrentActor;
import dev.latchkey.problem.ProblemException;
import dev.latchkey.scope.GivesNoRight;
import dev.latchkey.scope.GivesRight;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.value.Ids;
import dev.latchkey.web.ItemPage;
import dev.latchkey.web.PageQuery;

import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The applications that get tokens, for administrators.
 */
@RestController
@RequestMapping("/api/clients")
class ClientController {

	private final ClientRegistrations registrations;

	private final SecretReplacement secrets;

	private final ClientRemoval removal;

	ClientController(ClientRegistrations registrations, SecretReplacement secrets, ClientRemoval removal) {
		this.registrations = registrations;
		this.secrets = secrets;
		this.removal = removal;
	}

	@GetMapping
	@RequiresScope("users:read")
	ItemPage<ClientBody> list(PageQuery query) {
		return ItemPage.of(this.registrations.list(query.offset(), query.size()).stream().map(ClientBody::of).toList(),
				query, this.registrations.count());
	}

	@PostMapping
	@RequiresScope({ "users:read", "users:write" })
	@GivesRight
	ResponseEntity<ClientBody> register(@CurrentActor Actor actor, @RequestBody NewClient body) {
		RegisteredSecret made = this.registrations.register(actor, body.toWanted());
		return ResponseEntity.created(URI.create("/api/clients/" + made.client().id()))
			.cacheControl(CacheControl.noStore())
			.body(ClientBody.of(made));
	}

	@GetMapping("/{id}")
	@RequiresScope("users:read")
	ClientBody one(@PathVariable String id) {
		return this.registrations.find(parse(id)).map(ClientBody::of).orElseThrow(ProblemException::notFound);
	}

	@PostMapping("/{id}/secret")
	@RequiresScope({ "users:read", "users:write" })
	@GivesRight
	ResponseEntity<ClientBody> replaceSecret(@CurrentActor Actor actor, @PathVariable String id) {
		RegisteredSecret replaced = this.secrets.replace(actor, parse(id)).orElseThrow(ProblemException::notFound);
		return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(ClientBody.of(replaced));
	}

	@DeleteMapping("/{id}")
	@RequiresScope({ "users:read", "users:write" })
	@GivesNoRight
	ResponseEntity<Void> remove(@CurrentActor Actor actor, @PathVariable String id) {
		if (!this.removal.remove(actor, parse(id))) {
			throw ProblemException.notFound();
		}
		return ResponseEntity.noContent().build();
	}

	private static UUID parse(String given) {
		return Ids.parse(given).orElseThrow(ProblemException::notFound);
	}

}
