package dev.latchkey.security;

import java.io.IOException;

import dev.latchkey.caller.RefusedRight;
import dev.latchkey.scope.ScopeCatalogue;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;

/**
 * Tells the audit of every 403, whoever behind it has answered so: a filter, a route, a
 * proxy's question, an endpoint of OAuth, or who refuses other origins before all others.
 */
class RefusedRightsFilter implements Filter {

	private final ScopeCatalogue catalogue;

	private final ApplicationEventPublisher events;

	RefusedRightsFilter(ScopeCatalogue catalogue, ApplicationEventPublisher events) {
		this.catalogue = catalogue;
		this.events = events;
	}

	@Override
	public void doFilter(ServletRequest given, ServletResponse answer, FilterChain chain)
			throws ServletException, IOException {
		chain.doFilter(given, answer);
		HttpServletRequest request = (HttpServletRequest) given;
		HttpServletResponse response = (HttpServletResponse) answer;
		if (response.getStatus() == HttpStatus.FORBIDDEN.value()) {
			this.events.publishEvent(RefusedRight.of(request, response, this.catalogue));
		}
	}

}
