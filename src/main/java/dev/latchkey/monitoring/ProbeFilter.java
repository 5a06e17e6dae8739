package dev.latchkey.monitoring;

import java.io.IOException;

import dev.latchkey.net.WithoutHeader;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers a probe whatever form it asks for: it looks at the status alone, and a balancer
 * that says {@code Accept: text/plain} is not to take 406 for a server that is down.
 */
class ProbeFilter extends OncePerRequestFilter {

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		chain.doFilter(new WithoutHeader(request, HttpHeaders.ACCEPT), response);
	}

}
