package dev.latchkey.resource;

import java.net.URI;
import java.util.List;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.CurrentActor;
import dev.latchkey.problem.ProblemException;
import dev.latchkey.scope.GivesNoRight;
import dev.latchkey.scope.GivesRight;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.web.ItemPage;
import dev.latchkey.web.PageQuery;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The services behind this server, for administrators.
 */
@RestController
@RequestMapping("/api/resources")
class ResourceController {

	private final ResourceRegistry known;

	private final ResourceEditor editor;

	ResourceController(ResourceRegistry known, ResourceEditor editor) {
		this.known = known;
		this.editor = editor;
	}

	@GetMapping
	@RequiresScope("resources:read")
	ItemPage<ResourceBody> list(PageQuery query) {
		List<Resource> all = this.known.all();
		return ItemPage.of(all.stream().skip(query.offset()).limit(query.size()).map(ResourceBody::of).toList(), query,
				all.size());
	}

	@GetMapping("/{name}")
	@RequiresScope("resources:read")
	ResourceBody one(@PathVariable String name) {
		return this.known.find(name).map(ResourceBody::of).orElseThrow(ProblemException::notFound);
	}

	@PutMapping("/{name}")
	@RequiresScope("resources:write")
	@GivesRight
	ResponseEntity<ResourceBody> put(@CurrentActor Actor actor, @PathVariable String name,
			@RequestBody WantedResource wanted) {
		ResourceEditor.Put put = this.editor.put(actor, name, wanted, false);
		ResourceBody body = ResourceBody.of(put.resource());
		return put.isNew() ? ResponseEntity.created(URI.create("/api/resources/" + name)).body(body)
				: ResponseEntity.ok(body);
	}

	@DeleteMapping("/{name}")
	@RequiresScope("resources:write")
	@GivesNoRight
	ResponseEntity<Void> remove(@CurrentActor Actor actor, @PathVariable String name) {
		if (!this.editor.remove(actor, name)) {
			throw ProblemException.notFound();
		}
		return ResponseEntity.noContent().build();
	}

}
