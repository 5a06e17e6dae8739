package dev.latchkey.grant;

import java.io.IOException;
import java.util.List;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Caller;
import dev.latchkey.caller.CurrentActor;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientCache;
import dev.latchkey.language.Words;
import dev.latchkey.problem.Problems;
import dev.latchkey.problem.TooManyException;
import dev.latchkey.scope.AnyToken;
import dev.latchkey.scope.GivesNoRight;
import dev.latchkey.scope.GivesRight;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Where a person types the code that a device shows, sees who asks for what, and answers.
 * Nothing is agreed to by a link alone: whoever sends one could have the code on a device
 * of his own (RFC 8628 section 5.4).
 */
@Controller
@RequestMapping("/oauth2/device")
class DevicePage {

	private final DeviceConsents devices;

	private final ClientCache clients;

	private final ConsentQuestion question;

	DevicePage(DeviceConsents devices, ClientCache clients, ConsentQuestion question) {
		this.devices = devices;
		this.clients = clients;
		this.question = question;
	}

	@AnyToken
	@GivesRight
	@GetMapping({ "", "/deny" })
	String form(@RequestParam(name = "user_code", required = false) @Nullable String code, Model model) {
		model.addAttribute("code", code);
		return "device";
	}

	@AnyToken
	@GivesNoRight
	@PostMapping
	String look(@AuthenticationPrincipal Caller caller,
			@RequestParam(name = "user_code", required = false) @Nullable String code, Model model,
			HttpServletResponse response) {
		DeviceRow asked = (code != null) ? this.devices.find(caller.userId(), code).orElse(null) : null;
		return (asked != null && code != null) ? question(caller, asked, code, null, model)
				: unknown(code, model, response);
	}

	@AnyToken
	@GivesRight(page = "/oauth2/device")
	@PostMapping("/allow")
	String allow(@AuthenticationPrincipal Caller caller, @CurrentActor Actor actor,
			@RequestParam(name = "user_code", required = false) @Nullable String code,
			@RequestParam(name = "scope", required = false) @Nullable List<String> scope, Model model,
			HttpServletResponse response) {
		DeviceRow asked = (code != null) ? this.devices.find(caller.userId(), code).orElse(null) : null;
		if (asked == null || code == null) {
			return unknown(code, model, response);
		}
		List<String> ticked = (scope != null) ? scope : List.of();
		return switch (this.devices.agree(actor, asked, code, ticked)) {
			case AGREED -> answered(true, model);
			case GONE -> unknown(code, model, response);
			case NOTHING_GIVEN -> {
				response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
				model.addAttribute("fault", Words.of("device.nothing-given"));
				yield question(caller, asked, code, ticked, model);
			}
		};
	}

	@AnyToken
	@GivesNoRight
	@PostMapping("/deny")
	String deny(@AuthenticationPrincipal Caller caller,
			@RequestParam(name = "user_code", required = false) @Nullable String code, Model model,
			HttpServletResponse response) {
		if (code == null || this.devices.find(caller.userId(), code).isEmpty()) {
			return unknown(code, model, response);
		}
		this.devices.deny(code);
		return answered(false, model);
	}

	@ExceptionHandler(TooManyException.class)
	void tooMany(TooManyException refusal, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(refusal.retryAfter()));
		request.setAttribute(Problems.DETAIL, refusal.getMessage());
		response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
	}

	private String question(Caller caller, DeviceRow asked, String code, @Nullable List<String> ticked, Model model) {
		Client client = this.clients.find(asked.clientId()).orElseThrow();
		this.question.show(caller, client, asked.rights().wanted(), ticked, model);
		model.addAttribute("code", UserCode.parse(code).orElseThrow().shown());
		return "device-consent";
	}

	private static String unknown(@Nullable String code, Model model, HttpServletResponse response) {
		response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
		model.addAttribute("code", code);
		model.addAttribute("fault", Words.of("device.unknown"));
		return "device";
	}

	private static String answered(boolean allowed, Model model) {
		model.addAttribute("allowed", allowed);
		return "device-answered";
	}

}
