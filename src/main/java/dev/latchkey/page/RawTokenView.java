package dev.latchkey.page;

import java.util.Map;

import dev.latchkey.token.IssuedToken;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * The page that shows a raw token, this once.
 */
@Component
class RawTokenView {

	private final TimeFormatter moments;

	private final String header;

	RawTokenView(TimeFormatter moments, @Value("${latchkey.security.header:Authorization}") String header) {
		this.moments = moments;
		this.header = header;
	}

	ModelAndView of(IssuedToken issued) {
		String raw = issued.raw().reveal();
		String route = ServletUriComponentsBuilder.fromCurrentContextPath().path("/api/tokens/current").toUriString();
		return new ModelAndView("token-created", Map.of("token", TokenRow.of(issued.details(), this.moments), "raw",
				raw, "curl", "curl -H '%s: Bearer %s' '%s'".formatted(this.header, raw, route)));
	}

}
