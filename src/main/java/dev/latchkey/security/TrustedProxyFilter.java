package dev.latchkey.security;

import java.io.IOException;
import java.util.List;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.stereotype.Component;

/**
 * Lets a named proxy, and nobody else, say where a request comes from.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class TrustedProxyFilter implements Filter {

	private final List<IpAddressMatcher> proxies;

	TrustedProxyFilter(SecurityProperties properties) {
		this.proxies = properties.trustedProxies().stream().map(IpAddressMatcher::new).toList();
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		chain.doFilter(isTrusted(request.getRemoteAddr())
				? new ForwardedRequest((HttpServletRequest) request, this::isTrusted) : request, response);
	}

	private boolean isTrusted(String address) {
		for (IpAddressMatcher proxy : this.proxies) {
			if (proxy.matches(address)) {
				return true;
			}
		}
		return false;
	}

}
