package dev.latchkey.net;

import java.io.IOException;

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
		Arrival arrival = Arrival.find(http);
		if (arrival == null) {
			arrival = this.reader.read(http);
			arrival.keepIn(http);
		}
		boolean old = "HTTP/1.0".equals(http.getProtocol());
		chain.doFilter(new ArrivedRequest(http, arrival),
				old ? new RelativeRedirects((HttpServletResponse) response) : response);
	}

}
