package dev.latchkey.openapi;

import java.time.Duration;

import dev.latchkey.scope.Public;
import io.swagger.v3.oas.annotations.Hidden;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Hands out the document about the API, to everybody.
 */
@Hidden
@RestController
class ApiDocumentController {

	private static final Duration FRESH = Duration.ofMinutes(5);

	private final ApiDocument document;

	ApiDocumentController(ApiDocument document) {
		this.document = document;
	}

	@Public
	@GetMapping(path = "/v3/api-docs", produces = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<String> document() {
		return ResponseEntity.ok()
			.cacheControl(CacheControl.maxAge(FRESH).cachePublic())
			.eTag(this.document.tag())
			.body(this.document.json());
	}

}
