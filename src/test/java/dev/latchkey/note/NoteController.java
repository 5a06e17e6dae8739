package dev.latchkey.note;

import java.net.URI;
import java.time.Clock;
import java.util.UUID;

import dev.latchkey.caller.Caller;
import dev.latchkey.problem.ProblemException;
import dev.latchkey.scope.RequiresScope;
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
import org.springframework.web.bind.annotation.RestController;

/**
 * The caller's own notes: a resource for tests, made as any feature is.
 */
@RestController
@RequestMapping("/api/notes")
class NoteController {

	private final NoteRepository notes;

	private final Clock clock;

	NoteController(NoteRepository notes, Clock clock) {
		this.notes = notes;
		this.clock = clock;
	}

	@GetMapping
	@RequiresScope("notes:read")
	ItemPage<Note> list(@AuthenticationPrincipal Caller caller, PageQuery page) {
		return ItemPage.of(this.notes.list(caller.userId(), page.offset(), page.size()), page,
				this.notes.count(caller.userId()));
	}

	@GetMapping({ "/{id}", "/{id}/read" })
	@RequiresScope("notes:read")
	Note one(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		return this.notes.find(caller.userId(), id(id)).orElseThrow(ProblemException::notFound);
	}

	@PostMapping
	@RequiresScope("notes:write")
	ResponseEntity<Note> create(@AuthenticationPrincipal Caller caller, @RequestBody NoteBody body) {
		Note made = this.notes.insert(caller.userId(), body.checkedText(null), body.checkedCopies(null),
				this.clock.instant());
		return ResponseEntity.created(URI.create("/api/notes/" + made.id())).body(made);
	}

	@PatchMapping("/{id}")
	@RequiresScope("notes:write")
	Note change(@AuthenticationPrincipal Caller caller, @PathVariable String id, @RequestBody NoteBody body) {
		Note old = one(caller, id);
		return this.notes
			.update(caller.userId(),
					new Note(old.id(), body.checkedText(old.text()), body.checkedCopies(old.copies()), old.createdAt()))
			.orElseThrow(ProblemException::notFound);
	}

	@DeleteMapping("/{id}")
	@RequiresScope("notes:write")
	ResponseEntity<Void> delete(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		if (!this.notes.delete(caller.userId(), id(id))) {
			throw ProblemException.notFound();
		}
		return ResponseEntity.noContent().build();
	}

	private static UUID id(String given) {
		try {
			return UUID.fromString(given);
		}
		catch (IllegalArgumentException ex) {
			throw ProblemException.notFound();
		}
	}

	/** What to write down; on a change, what is left out stays as it is. */
	record NoteBody(@Nullable String text, @Nullable Integer copies) {

		String checkedText(@Nullable String otherwise) {
			String wanted = (this.text != null) ? this.text.strip() : otherwise;
			if (wanted == null || wanted.isEmpty() || wanted.length() > 200 || wanted.indexOf('\0') >= 0) {
				throw ProblemException.invalid("text", "must have 1 to 200 characters");
			}
			return wanted;
		}

		int checkedCopies(@Nullable Integer otherwise) {
			Integer wanted = (this.copies != null) ? this.copies : otherwise;
			if (wanted == null || wanted < 1) {
				throw ProblemException.invalid("copies", "must be at least 1");
			}
			return wanted;
		}

	}

}
