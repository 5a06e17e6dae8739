package dev.latchkey.embedded;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.RefusedRight;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Tells the audit of a 403 that a token got, whoever behind the filter has answered so:
 * Latchkey, or a rule or a route of the application's. Of whoever is signed in to the
 * application, it hears at Latchkey's own routes.
 */
final class RefusedRights {

	private static final String TOLD = RefusedRights.class.getName();

	private final @Nullable LatchkeyCore core;

	RefusedRights(@Nullable LatchkeyCore core) {
		this.core = core;
	}

	/** Tells of a request once, however often it was dispatched. */
	void tell(HttpServletRequest request, HttpServletResponse response) {
		LatchkeyCore known = this.core;
		if (response.getStatus() != HttpServletResponse.SC_FORBIDDEN || known == null || !known.isOn()
				|| Actor.of(request).accountId() == null || request.getAttribute(TOLD) != null) {
			return;
		}
		request.setAttribute(TOLD, true);
		known.tell(RefusedRight.of(request, response, known.catalogue()));
	}

}
