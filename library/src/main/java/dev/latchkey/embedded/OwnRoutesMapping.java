package dev.latchkey.embedded;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Leads what is for Latchkey's own routes to them, before the application's mappings: a
 * path that is none of theirs is answered by them, too.
 */
class OwnRoutesMapping extends AbstractHandlerMapping {

	private final OwnRoutes routes;

	OwnRoutesMapping(OwnRoutes routes) {
		this.routes = routes;
		setOrder(Ordered.HIGHEST_PRECEDENCE);
	}

	@Override
	protected @Nullable Object getHandlerInternal(HttpServletRequest request) {
		initLookupPath(request);
		return this.routes.paths().have(ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication())
				? new Door(this.routes) : null;
	}

	/**
	 * Who may use which of them, they decide by themselves.
	 *
	 * @param routes the routes
	 */
	record Door(OwnRoutes routes) implements HttpRequestHandler {

		@Override
		public void handleRequest(HttpServletRequest request, HttpServletResponse response)
				throws ServletException, IOException {
			this.routes.serve(request, response);
		}

	}

}
