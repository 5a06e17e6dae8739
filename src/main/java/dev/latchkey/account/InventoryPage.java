package dev.latchkey.account;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.latchkey.language.Words;
import dev.latchkey.page.FormErrors;
import dev.latchkey.page.ListPlace;
import dev.latchkey.page.Paging;
import dev.latchkey.page.TimeFormatter;
import dev.latchkey.page.TokenRow;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.token.InventoryFilter;
import dev.latchkey.token.InventoryToken;
import dev.latchkey.token.TokenInventory;
import dev.latchkey.value.FieldFaults;
import dev.latchkey.value.InvalidFieldsException;
import dev.latchkey.value.InvalidValueException;
import dev.latchkey.value.Texts;
import dev.latchkey.value.Times;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Everybody's tokens, for administrators to look through and to take along.
 */
@Controller
@RequiresScope("users:read")
class InventoryPage {

	private final TokenSearch search;

	private final TokenInventory tokens;

	private final InventoryExport export;

	private final TimeFormatter moments;

	private final Clock clock;

	InventoryPage(TokenSearch search, TokenInventory tokens, InventoryExport export, TimeFormatter moments,
			Clock clock) {
		this.search = search;
		this.tokens = tokens;
		this.export = export;
		this.moments = moments;
		this.clock = clock;
	}

	@GetMapping("/admin/tokens")
	String list(@RequestParam(defaultValue = "") String owner, @RequestParam(defaultValue = "") String scope,
			@RequestParam(defaultValue = "") String resource,
			@RequestParam(name = "unused_since", defaultValue = "") String unusedSince,
			@RequestParam(name = "expires_before", defaultValue = "") String expiresBefore,
			@RequestParam(defaultValue = "0") String page, Model model) {
		Typed typed = new Typed(owner, scope, resource, unusedSince, expiresBefore);
		int number = Paging.read(page);
		Map<String, String> faults = Map.of();
		List<Row> rows = List.of();
		long total = 0;
		try {
			InventoryFilter filter = filter(typed);
			rows = this.tokens.find(filter, number * Paging.SIZE, Paging.SIZE).stream().map(this::row).toList();
			total = this.tokens.count(filter);
		}
		catch (InvalidFieldsException refusal) {
			faults = FormErrors.of(refusal);
		}
		model.addAttribute("rows", rows);
		model.addAttribute("typed", typed);
		model.addAttribute("place", ListPlace.of("owner", owner, "scope", scope, "resource", resource, "unused_since",
				unusedSince, "expires_before", expiresBefore, "page", (number > 0) ? String.valueOf(number) : ""));
		model.addAttribute("faults", faults);
		model.addAttribute("paging", Paging.of(number, rows.size(), total));
		return "inventory";
	}

	/**
	 * Gives everything that the filter of the page admits as a file; a filter that cannot
	 * be read leads back to the page, which says so.
	 */
	@GetMapping("/admin/tokens/export")
	Object export(@RequestParam(defaultValue = "") String owner, @RequestParam(defaultValue = "") String scope,
			@RequestParam(defaultValue = "") String resource,
			@RequestParam(name = "unused_since", defaultValue = "") String unusedSince,
			@RequestParam(name = "expires_before", defaultValue = "") String expiresBefore,
			@RequestParam(defaultValue = "csv") String form, RedirectAttributes again) {
		Typed typed = new Typed(owner, scope, resource, unusedSince, expiresBefore);
		try {
			InventoryFilter filter = filter(typed);
			boolean lines = form.equals("ndjson");
			String name = "tokens-%s.%s".formatted(LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC),
					lines ? "ndjson" : "csv");
			return ResponseEntity.ok()
				.contentType(lines ? MediaType.APPLICATION_NDJSON : MediaType.parseMediaType("text/csv;charset=UTF-8"))
				.header(HttpHeaders.CONTENT_DISPOSITION,
						ContentDisposition.attachment().filename(name).build().toString())
				.body(lines ? this.export.lines(filter) : this.export.table(filter));
		}
		catch (InvalidFieldsException refusal) {
			again.addAllAttributes(Map.of("owner", owner, "scope", scope, "resource", resource, "unused_since",
					unusedSince, "expires_before", expiresBefore));
			return "redirect:/admin/tokens";
		}
	}

	private InventoryFilter filter(Typed typed) {
		FieldFaults faults = new FieldFaults();
		InventoryFilter filter = this.search.read(orNull(typed.owner()), orNull(typed.scope()),
				orNull(typed.resource()), startOf("unused_since", typed.unusedSince(), faults),
				startOf("expires_before", typed.expiresBefore(), faults), faults);
		faults.throwIfAny();
		return filter;
	}

	private Row row(InventoryToken token) {
		return new Row(TokenRow.of(token.details(), this.moments), token.owner(),
				Words.of("inventory.used", token.used().names().size(), token.used().held()));
	}

	/** A day is meant from its beginning, in UTC. */
	private static @Nullable String startOf(String field, String day, FieldFaults faults) {
		try {
			return Optional.ofNullable(orNull(day))
				.map((given) -> Times.startOf(Times.parseDay(given)).toString())
				.orElse(null);
		}
		catch (InvalidValueException ex) {
			faults.add(field, ex.rule());
			return null;
		}
	}

	private static @Nullable String orNull(String given) {
		String text = Texts.strip(given);
		return text.isEmpty() ? null : text;
	}

	/**
	 * A line of the page.
	 *
	 * @param token the token
	 * @param owner whose it is
	 * @param used how many of its scopes it has used lately
	 */
	record Row(TokenRow token, InventoryToken.Owner owner, String used) {

	}

	/**
	 * The filter as it was typed.
	 *
	 * @param owner an address or an id
	 * @param scope a scope
	 * @param resource the name of a resource
	 * @param unusedSince a day
	 * @param expiresBefore a day
	 */
	record Typed(String owner, String scope, String resource, String unusedSince, String expiresBefore) {

	}

}
