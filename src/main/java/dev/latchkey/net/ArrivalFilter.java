package dev.latchkey.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Shows everything behind it a request as the client sent it, error pages too.
 */
class ArrivalFilter implements Filter {

	private final ArrivalReader reader;

	ArrivalFilter(ArrivalReader reader) {
		this.reader = reader;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		HttpServletRequest http = (HttpServletRequest) request;
		// Forms are of UTF-8, whatever their sender calls them.
		http.setCharacterEncoding(StandardCharsets.UTF_8);
		Arrival arrival = Arrival.find(http);
		if (arrival == null) {
			arrival = this.reader.read(http);
			arrival.keepIn(http);
		}
		chain.doFilter(
				"TRACE".equals(http.getMethod()) ? new Untraced(http, arrival) : new ArrivedRequest(http, arrival),
				new RelativeRedirects((HttpServletResponse) response, arrival));
	}

	/**
	 * A request to be repeated, with its cookies and its token, to whoever sent it. To
	 * everything behind it has a method like any other that no route takes: the refusal
	 * then says those that the route has, which the container does not know.
	 */
	private static final class Untraced extends ArrivedRequest {

		private Untraced(HttpServletRequest request, Arrival arrival) {
			super(request, arrival);
		}

		@Override
		public String getMethod() {
			return "trace";
		}

	}

}
