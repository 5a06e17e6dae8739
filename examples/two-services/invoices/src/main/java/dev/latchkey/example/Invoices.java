package dev.latchkey.example;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * A service on Spring that knows no token. nginx has let the request pass, and says whose
 * it is; so it listens where nginx alone reaches it.
 */
@SpringBootApplication
@RestController
public class Invoices {

	private final Map<String, List<Invoice>> invoices = new ConcurrentHashMap<>();

	public static void main(String[] args) {
		SpringApplication.run(Invoices.class, args);
	}

	@GetMapping("/invoices")
	Map<String, Object> list(@RequestHeader("X-Auth-User-Id") String owner, @RequestHeader("X-Auth-User") String email) {
		return Map.of("owner", email, "items", this.invoices.getOrDefault(owner, List.of()));
	}

	@PostMapping("/invoices")
	@ResponseStatus(HttpStatus.CREATED)
	Invoice write(@RequestHeader("X-Auth-User-Id") String owner, @RequestBody Invoice invoice) {
		this.invoices.computeIfAbsent(owner, (any) -> new CopyOnWriteArrayList<>()).add(invoice);
		return invoice;
	}

	/** What the request looks like from here, for try.sh. */
	@GetMapping("/invoices/headers")
	Map<String, String> headers(@RequestHeader Map<String, String> headers) {
		return headers;
	}

	record Invoice(long cents) {
	}

}
