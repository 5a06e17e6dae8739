package dev.latchkey.openapi;

import dev.latchkey.scope.Public;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * The page that shows the document and sends requests from the browser. It stands alone,
 * without a session: a token is typed in, and kept nowhere.
 */
@Controller
class ApiPage {

	@Public
	@GetMapping("/swagger-ui.html")
	String page() {
		return "swagger-ui";
	}

}
