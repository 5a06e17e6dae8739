package dev.latchkey.account;

import java.net.URI;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.api.TokenResponses;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.CurrentActor;
import dev.latchkey.caller.User;
import dev.latchkey.problem.ProblemException;
import dev.latchkey.scope.GivesNoRight;
import dev.latchkey.scope.GivesRight;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.scope.Role;
import dev.latchkey.web.ItemPage;
import dev.latchkey.web.PageQuery;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Page;
import org.springframework.http.ResponseEntity;
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
 * Everybody's accounts, for administrators.
 */
@RestController
@RequestMapping("/api/users")
class UsersController {

	private final UserService users;

	UsersController(UserService users) {
		this.users = users;
	}

	@GetMapping
	@RequiresScope("users:read")
	ItemPage<UserBody> list(@RequestParam @Nullable String q, PageQuery query) {
		Page<User> page = this.users.search((q != null) ? q : "", query.page(), query.size());
		return ItemPage.of(page.map(UserBody::of).getContent(), query, page.getTotalElements());
	}

	@PostMapping
	@GivesRight
	@RequiresScope("users:write")
	ResponseEntity<UserBody> create(@CurrentActor Actor actor, @RequestBody NewUser wanted) {
		User made = this.users.create(actor, wanted);
		return ResponseEntity.created(URI.create("/api/users/" + made.id())).body(UserBody.of(made));
	}

	@GetMapping("/{id}")
	@RequiresScope("users:read")
	UserBody one(@PathVariable String id) {
		return this.users.find(TokenResponses.id(id)).map(UserBody::of).orElseThrow(ProblemException::notFound);
	}

	@PatchMapping("/{id}")
	@GivesRight(always = false)
	@RequiresScope("users:write")
	UserBody change(@CurrentActor Actor actor, @PathVariable String id, @RequestBody UserChange change) {
		return this.users.change(actor, TokenResponses.id(id), change)
			.map(UserBody::of)
			.orElseThrow(ProblemException::notFound);
	}

	@DeleteMapping("/{id}")
	@GivesNoRight
	@RequiresScope("users:write")
	ResponseEntity<Void> delete(@CurrentActor Actor actor, @PathVariable String id) {
		if (!this.users.delete(actor, TokenResponses.id(id))) {
			throw ProblemException.notFound();
		}
		return ResponseEntity.noContent().build();
	}

	/** An account as administrators see it. */
	record UserBody(UUID id, String email, String name, Set<Role> roles, boolean enabled, @Nullable Instant createdAt) {

		static UserBody of(User user) {
			return new UserBody(user.id(), user.email(), user.name(), user.roles(), user.enabled(), user.createdAt());
		}

	}

}
