package com.example.billing;

import java.math.BigDecimal;
import java.security.Principal;
import java.util.List;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/invoices")
class InvoiceController {

	private final InvoiceRepository invoices;

	InvoiceController(InvoiceRepository invoices) {
		this.invoices = invoices;
	}

	@GetMapping
	List<Invoice> list(Principal user) {
		return this.invoices.findByOwnerOrderById(user.getName());
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	Invoice make(@RequestBody NewInvoice wanted, Principal user) {
		return this.invoices.save(new Invoice(user.getName(), wanted.customer(), wanted.amount()));
	}

	record NewInvoice(String customer, BigDecimal amount) {

	}

}
