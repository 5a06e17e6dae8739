package com.example.billing;

import java.security.Principal;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class PageController {

	private final InvoiceRepository invoices;

	private final AppUserService users;

	PageController(InvoiceRepository invoices, AppUserService users) {
		this.invoices = invoices;
		this.users = users;
	}

	@GetMapping("/")
	String invoices(Principal user, Model model) {
		model.addAttribute("email", user.getName());
		model.addAttribute("invoices", this.invoices.findByOwnerOrderById(user.getName()));
		return "invoices";
	}

	@GetMapping("/users")
	String users(Model model) {
		model.addAttribute("users", this.users.all());
		return "users";
	}

	@PostMapping("/users/{id}")
	String enable(@PathVariable long id, @RequestParam boolean enabled) {
		this.users.enable(id, enabled);
		return "redirect:/users";
	}

}
