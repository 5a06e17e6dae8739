package dev.latchkey.account;

import dev.latchkey.scope.RequiresScope;
import dev.latchkey.token.InventoryFilter;
import dev.latchkey.token.TokenInventory;
import dev.latchkey.value.FieldFaults;
import dev.latchkey.web.ItemPage;
import dev.latchkey.web.OffersCsv;
import dev.latchkey.web.PageQuery;
import dev.latchkey.web.ResponseFormat;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Everybody's tokens in one list, for administrators.
 */
@RestController
class InventoryController {

	private final TokenSearch search;

	private final TokenInventory tokens;

	private final InventoryExport export;

	InventoryController(TokenSearch search, TokenInventory tokens, InventoryExport export) {
		this.search = search;
		this.tokens = tokens;
		this.export = export;
	}

	@GetMapping("/api/admin/tokens")
	@RequiresScope("users:read")
	Object list(@RequestParam @Nullable String owner, @RequestParam @Nullable String scope,
			@RequestParam @Nullable String resource, @RequestParam("unused_since") @Nullable String unusedSince,
			@RequestParam("expires_before") @Nullable String expiresBefore, PageQuery page,
			@OffersCsv ResponseFormat form) {
		FieldFaults faults = new FieldFaults();
		InventoryFilter filter = this.search.read(owner, scope, resource, unusedSince, expiresBefore, faults);
		faults.throwIfAny();
		return switch (form) {
			case JSON -> ItemPage.of(
					this.tokens.find(filter, page.offset(), page.size()).stream().map(OwnedTokenBody::of).toList(),
					page, this.tokens.count(filter));
			case JSON_LINES -> this.export.lines(filter);
			case CSV -> this.export.table(filter);
		};
	}

}
