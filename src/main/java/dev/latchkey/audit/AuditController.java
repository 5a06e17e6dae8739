package dev.latchkey.audit;

import java.util.UUID;

import dev.latchkey.caller.Caller;
import dev.latchkey.problem.ProblemException;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.token.TokenQueries;
import dev.latchkey.value.Ids;
import dev.latchkey.web.ItemPage;
import dev.latchkey.web.PageQuery;
import dev.latchkey.web.ResponseFormat;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What happened: everything for administrators, to a token for its owner.
 */
@RestController
class AuditController {

	private final AuditQueries events;

	private final AuditExport export;

	private final TokenQueries tokens;

	AuditController(AuditQueries events, AuditExport export, TokenQueries tokens) {
		this.events = events;
		this.export = export;
		this.tokens = tokens;
	}

	@GetMapping("/api/audit-events")
	@RequiresScope(AuditConfiguration.READ)
	Object all(@RequestParam @Nullable String actor, @RequestParam @Nullable String action,
			@RequestParam @Nullable String from, @RequestParam @Nullable String to, PageQuery page,
			ResponseFormat form) {
		AuditFilter filter = AuditFilter.of(actor, action, from, to);
		if (form == ResponseFormat.JSON_LINES) {
			return this.export.of(filter);
		}
		return ItemPage.of(this.events.find(filter, page.offset(), page.size()), page, this.events.count(filter));
	}

	@GetMapping("/api/tokens/{id}/events")
	@RequiresScope("tokens:read")
	ItemPage<AuditEvent> ofToken(@AuthenticationPrincipal Caller caller, @PathVariable String id, PageQuery page) {
		UUID token = owned(caller.userId(), id);
		return ItemPage.of(this.events.ofToken(token, caller.userId(), page.offset(), page.size()), page,
				this.events.countOfToken(token, caller.userId()));
	}

	private UUID owned(UUID owner, String id) {
		return Ids.parse(id)
			.filter((token) -> this.tokens.find(owner, token).isPresent())
			.orElseThrow(ProblemException::notFound);
	}

}
