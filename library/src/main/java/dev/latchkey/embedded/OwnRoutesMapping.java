package dev.latchkey.embedded;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Objects;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Controller;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Leads what is for Latchkey's own routes to them, before the application's mappings: a
 * path that is none of theirs is answered by them, too. A page goes the way of the
 * application's own, so that its layout gets what it gives to each.
 */
class OwnRoutesMapping extends AbstractHandlerMapping {

	private static final Method SHOW = Objects.requireNonNull(
			ReflectionUtils.findMethod(PageDoor.class, "show", HttpServletRequest.class, HttpServletResponse.class));

	private final OwnRoutes routes;

	private final HandlerMethod pages;

	OwnRoutesMapping(OwnRoutes routes) {
		this.routes = routes;
		this.pages = new HandlerMethod(new PageDoor(routes), SHOW);
		setOrder(Ordered.HIGHEST_PRECEDENCE);
	}

	@Override
	protected @Nullable Object getHandlerInternal(HttpServletRequest request) {
		initLookupPath(request);
		PathContainer path = ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication();
		if (!this.routes.paths().have(path)) {
			return null;
		}
		return this.routes.paths().haveAsPage(path) ? this.pages : new Door(this.routes);
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

	/**
	 * As a controller of the application's would: advices for all that are marked so are
	 * for this, too.
	 *
	 * @param routes the routes
	 */
	@Controller
	record PageDoor(OwnRoutes routes) {

		/**
		 * Returns what the application's layout is to show, or null if all is written.
		 */
		@Nullable ModelAndView show(HttpServletRequest request, HttpServletResponse response)
				throws ServletException, IOException {
			return this.routes.show(request, response);
		}

	}

}
