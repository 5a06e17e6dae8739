package dev.latchkey.grant;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Notes when a request comes in, before it waits for anything: its body, the proof of its
 * client, a connection to the database.
 */
class RedemptionAttemptFilter extends OncePerRequestFilter {

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		RedemptionAttempt.begin(request);
		chain.doFilter(request, response);
	}

}
