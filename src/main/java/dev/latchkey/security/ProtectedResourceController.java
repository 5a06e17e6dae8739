package dev.latchkey.security;

import dev.latchkey.net.ResourceMetadata;
import dev.latchkey.problem.ProblemException;
import dev.latchkey.scope.Public;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells clients who gives tokens for this server and for the services behind it (RFC
 * 9728).
 */
@RestController
class ProtectedResourceController {

	private final ProtectedResource resource;

	ProtectedResourceController(ProtectedResource resource) {
		this.resource = resource;
	}

	@Public
	@GetMapping(ResourceMetadata.PATH)
	ProtectedResource.Document document(HttpServletRequest request) {
		return this.resource.document(request);
	}

	@Public
	@GetMapping(ResourceMetadata.PATH + "/{name}")
	ProtectedResource.Document document(@PathVariable String name, HttpServletRequest request) {
		return this.resource.document(name, request).orElseThrow(ProblemException::notFound);
	}

}
