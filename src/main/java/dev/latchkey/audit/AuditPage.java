package dev.latchkey.audit;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.latchkey.caller.AuditAction;
import dev.latchkey.language.Words;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.value.InvalidValueException;
import dev.latchkey.value.Numbers;
import dev.latchkey.value.Texts;
import dev.latchkey.value.Times;
import dev.latchkey.value.Totals;
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
 * What everybody did, for administrators to read.
 */
@Controller
class AuditPage {

	private static final int SIZE = 50;

	private static final int LAST_PAGE = Totals.BEFORE / SIZE;

	private final AuditQueries events;

	private final AuditRows rows;

	private final AuditExport export;

	private final Clock clock;

	AuditPage(AuditQueries events, AuditRows rows, AuditExport export, Clock clock) {
		this.events = events;
		this.rows = rows;
		this.export = export;
		this.clock = clock;
	}

	@GetMapping("/audit")
	@RequiresScope(AuditConfiguration.READ)
	String list(@RequestParam(defaultValue = "") String actor, @RequestParam(defaultValue = "") String action,
			@RequestParam(defaultValue = "") String from, @RequestParam(defaultValue = "") String to,
			@RequestParam(defaultValue = "") String request, @RequestParam(defaultValue = "0") String page,
			Model model) {
		Map<String, String> faults = new HashMap<>();
		AuditFilter filter = filter(actor, action, from, to, request, faults);
		int number = number(page);
		List<AuditRow> shown = faults.isEmpty() ? this.rows.of(this.events.find(filter, number * SIZE, SIZE), null)
				: List.of();
		long total = faults.isEmpty() ? Totals.of(this.events.count(filter), (long) number * SIZE, shown.size(), SIZE)
				: 0;
		model.addAttribute("events", shown);
		model.addAttribute("typed",
				Map.of("actor", actor, "action", action, "from", from, "to", to, "request", request));
		model.addAttribute("actions", actions());
		model.addAttribute("faults", faults);
		model.addAttribute("total", total);
		model.addAttribute("totalInWords", Words.total(total, Totals.EXACT));
		model.addAttribute("page", number);
		model.addAttribute("more", (number + 1L) * SIZE < total && number < LAST_PAGE);
		return "audit/list";
	}

	/**
	 * Gives everything that the filter of the page admits as a file; a filter that cannot
	 * be read leads back to the page, which says so.
	 */
	@GetMapping("/audit/export")
	@RequiresScope(AuditConfiguration.READ)
	Object export(@RequestParam(defaultValue = "") String actor, @RequestParam(defaultValue = "") String action,
			@RequestParam(defaultValue = "") String from, @RequestParam(defaultValue = "") String to,
			@RequestParam(defaultValue = "") String request, RedirectAttributes again) {
		Map<String, String> faults = new HashMap<>();
		AuditFilter filter = filter(actor, action, from, to, request, faults);
		if (!faults.isEmpty()) {
			again
				.addAllAttributes(Map.of("actor", actor, "action", action, "from", from, "to", to, "request", request));
			return "redirect:/audit";
		}
		String name = "audit-%s.ndjson".formatted(LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC));
		return ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_NDJSON)
			.header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename(name).build().toString())
			.body(this.export.of(filter));
	}

	/** What can be chosen, and what it is called. */
	private static Map<String, String> actions() {
		Map<String, String> actions = new LinkedHashMap<>();
		AuditAction.names().forEach((name) -> actions.put(name, AuditWords.action(name)));
		return actions;
	}

	/** With a fault in it the page finds nothing, and says why. */
	private static AuditFilter filter(String actor, String action, String from, String to, String request,
			Map<String, String> faults) {
		LocalDate first = day("from", from, faults);
		LocalDate last = day("to", to, faults);
		String sought = orNull(action);
		if (sought != null && AuditAction.find(sought).isEmpty()) {
			faults.put("action", Words.of("audit.no-action"));
		}
		return new AuditFilter(AuditFilter.actor(orNull(actor)), sought, (first != null) ? Times.startOf(first) : null,
				(last != null) ? Times.endOf(last) : null, orNull(request));
	}

	private static @Nullable LocalDate day(String field, String given, Map<String, String> faults) {
		try {
			return given.isBlank() ? null : Times.parseDay(Texts.strip(given));
		}
		catch (InvalidValueException ex) {
			faults.put(field, Words.of("audit.no-date"));
			return null;
		}
	}

	private static int number(String given) {
		return Math.min(Numbers.parse(given).orElse(0), LAST_PAGE);
	}

	private static @Nullable String orNull(String given) {
		return given.isBlank() ? null : given.strip();
	}

}
