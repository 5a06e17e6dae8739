package dev.latchkey.net;

import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A request without one of its headers: neither its value nor its name is there for
 * whoever looks.
 */
public class WithoutHeader extends HttpServletRequestWrapper {

	private final String hidden;

	/**
	 * Hides a header.
	 * @param hidden its name, in any case
	 */
	public WithoutHeader(HttpServletRequest request, String hidden) {
		super(request);
		this.hidden = hidden;
	}

	@Override
	public @Nullable String getHeader(String name) {
		return isHidden(name) ? null : super.getHeader(name);
	}

	@Override
	public Enumeration<String> getHeaders(String name) {
		return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
	}

	@Override
	public Enumeration<String> getHeaderNames() {
		List<String> names = Collections.list(super.getHeaderNames());
		names.removeIf(this::isHidden);
		return Collections.enumeration(names);
	}

	private boolean isHidden(String name) {
		return this.hidden.equalsIgnoreCase(name);
	}

}
