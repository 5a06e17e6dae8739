package dev.latchkey.audit;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

import dev.latchkey.caller.AuditAction;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.value.InvalidValueException;
import dev.latchkey.value.Numbers;
import dev.latchkey.value.Texts;
import dev.latchkey.value.Times;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What everybody did, for administrators to read.
 */
@Controller
class AuditPage {

	private static final int SIZE = 50;

	private static final int LAST_PAGE = 1_000_000;

	private final AuditQueries events;

	AuditPage(AuditQueries events) {
		this.events = events;
	}

	@GetMapping("/audit")
	@RequiresScope("audit:read")
	String list(@RequestParam(defaultValue = "") String actor, @RequestParam(defaultValue = "") String action,
			@RequestParam(defaultValue = "") String from, @RequestParam(defaultValue = "") String to,
			@RequestParam(defaultValue = "0") String page, Model model) {
		Map<String, String> faults = new HashMap<>();
		LocalDate first = day("from", from, faults);
		LocalDate last = day("to", to, faults);
		AuditFilter filter = new AuditFilter(AuditFilter.actor(orNull(actor)), orNull(action),
				(first != null) ? Times.startOf(first) : null, (last != null) ? Times.endOf(last) : null);
		int number = number(page);
		long total = this.events.count(filter);
		model.addAttribute("events", this.events.find(filter, number * SIZE, SIZE).stream().map(AuditRow::of).toList());
		model.addAttribute("typed", Map.of("actor", actor, "action", action, "from", from, "to", to));
		model.addAttribute("actions", AuditAction.names());
		model.addAttribute("faults", faults);
		model.addAttribute("total", total);
		model.addAttribute("page", number);
		model.addAttribute("more", (number + 1L) * SIZE < total);
		return "audit/list";
	}

	private static @Nullable LocalDate day(String field, String given, Map<String, String> faults) {
		try {
			return given.isBlank() ? null : Times.parseDay(Texts.strip(given));
		}
		catch (InvalidValueException ex) {
			faults.put(field, "This is no day such as 2026-01-31.");
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
